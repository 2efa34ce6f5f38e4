import { lastingUnread, unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, WatchState } from "./alert.ts";
import type { AlertRules } from "./alert-rules.ts";
import { isAboutIds } from "../token/known.ts";
import { edit } from "./change-alert.ts";
import { openOrReopen } from "./reopen.ts";
import { changed, type Step, unchanged } from "./speak-again.ts";

/** Opens an alert when IDs of a living token stay unread. Used while no alert is open. */
export function openUnread(state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step {
  if (lastingUnread(verdict).length === 0) return unchanged(state);
  const fields = { kind: "not_checked", severity: "warning", verdict, failing: null } as const;
  return openOrReopen(state, fields, rules, now, "not_checked");
}

/** True while an alert about unread IDs still applies, though the token is alive. */
export function staysUnread(alert: Alert, verdict: Verdict): boolean {
  if (alert.kind !== "not_checked") return false;
  // An alert about a failed check stays open only for IDs that would open an alert themselves.
  return (isAboutIds(alert) ? unreadAssets(verdict) : lastingUnread(verdict)).length > 0;
}

/** Updates the open alert to the IDs that this check could not read. */
export function followUnread(alert: Alert, state: WatchState, verdict: Verdict): Step {
  if (isAboutIds(alert) && alert.verdict !== null && keyOf(alert.verdict) === keyOf(verdict)) return unchanged(state);
  const fields = { severity: "warning", verdict, failing: null, criticalSince: null } as const;
  return changed(state, edit(alert, fields), { kind: "edit" });
}

/** True when an ID has now been unread for so long that an open alert must say so. */
export function hasBecomeLasting(before: Verdict | null, verdict: Verdict): boolean {
  const known = new Set(before === null ? [] : lastingUnread(before).map(({ id }) => id));
  return lastingUnread(verdict).some(({ id }) => !known.has(id));
}

/** The unread IDs and reasons, without details that differ between two tries. */
function keyOf(verdict: Verdict): string {
  return unreadAssets(verdict)
    .map(({ kind, id, failure }) => [kind, id, failure.kind, failure.evidence?.code].join(" "))
    .join();
}
