import { isDead } from "../../token/findings/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Way } from "../renewal.ts";
import type { Obstacle } from "../renewer.ts";

export interface Preparation {
  readonly way: Way;
  /** True when the app's ID and secret are configured. */
  readonly hasApp: boolean;
  /** The configured IDs of phone number and WhatsApp account. */
  readonly ids: readonly string[];
  /** True when the operator named a place for the new token. */
  readonly hasWrite: boolean;
}

/** What the configuration lacks for a way. Null: nothing. Needs no call to Meta. */
export function settingsObstacle({ way, hasApp, ids, hasWrite }: Preparation): Obstacle | null {
  if (!hasApp) return { kind: "no_app" };
  if (ids.length === 0) return { kind: "no_ids" };
  return way === "refresh" && !hasWrite ? { kind: "no_write" } : null;
}

/** Why Meta would not refresh this token. Null: a refresh may start. Unknown never counts as "may". */
export function refreshObstacle(verdict: Verdict): Obstacle | null {
  const { state, alive, token, failure } = verdict;
  if (isDead(state)) return { kind: "dead_token" };
  if (state === "unknown") return notKnown(failure?.message ?? "Meta did not answer the check of the token.");
  if (alive !== true || token === null) return notKnown("Meta did not say that the token is alive.");
  if (token.type === null) return notKnown("Meta did not say what type the token has.");
  if (token.type !== "SYSTEM_USER") return { kind: "not_system_user" };
  switch (token.expiry.kind) {
    case "never":
      return { kind: "never_token" };
    case "not_known":
      return notKnown("Meta did not say when the token ends.");
    case "at":
      return null;
  }
}

function notKnown(message: string): Obstacle {
  return { kind: "not_known", message };
}
