import type { RenewalAction } from "../audit.ts";
import type { Actor } from "../renewal.ts";

/** Whether an actor may do something. `no_admins`: ADMIN_USERS is not set, so nobody may in Slack. */
export type Permission =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "no_admins" | "not_admin" | "not_unattended" };

/**
 * Who may do what. In Slack, only admins. A terminal already has the bot's own rights. The bot by itself starts a
 * refresh and does nothing else.
 * @param admins Slack user IDs of ADMIN_USERS at the time of the action
 */
export function whoMay(action: RenewalAction, by: Actor, admins: readonly string[]): Permission {
  switch (by.kind) {
    case "terminal":
      return { ok: true };
    case "bot":
      return action === "renew" ? { ok: true } : { ok: false, reason: "not_unattended" };
    case "slack":
      if (admins.length === 0) return { ok: false, reason: "no_admins" };
      return admins.includes(by.user) ? { ok: true } : { ok: false, reason: "not_admin" };
  }
}
