import { lastingUnread, unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, WatchState } from "./alert.ts";
import type { AlertRules } from "./alert-rules.ts";
import { isAboutIds } from "../token/known.ts";
import { edit } from "./change-alert.ts";
import { openOrReopen } from "./reopen.ts";
import { changed, type Step, unchanged } from "./speak-again.ts";

/** What a live token with nothing to alert about changes while no alert is open. */
export function openUnread(state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step {
  if (lastingUnread(verdict).length === 0) return unchanged(state);
  const fields = { kind: "not_checked", severity: "warning", verdict, failing: null } as const;
  return openOrReopen(state, fields, rules, now, "not_checked");
}

/** True while an alert that something was not checked is still right, though the token is alive. */
export function staysUnread(alert: Alert, verdict: Verdict): boolean {
  if (alert.kind !== "not_checked") return false;
  // One that opened because nothing was found out goes on only for ids that an alert would be opened for.
  return (isAboutIds(alert) ? unreadAssets(verdict) : lastingUnread(verdict)).length > 0;
}

/** Keeps the open alert to what was not read this time. */
export function followUnread(alert: Alert, state: WatchState, verdict: Verdict): Step {
  if (isAboutIds(alert) && alert.verdict !== null && keyOf(alert.verdict) === keyOf(verdict)) return unchanged(state);
  const fields = { severity: "warning", verdict, failing: null, criticalSince: null } as const;
  return changed(state, edit(alert, fields), { kind: "edit" });
}

/** True when ids have just been unread for so long that the readers of an open alert must know. */
export function hasBecomeLasting(before: Verdict | null, verdict: Verdict): boolean {
  const known = new Set(before === null ? [] : lastingUnread(before).map(({ id }) => id));
  return lastingUnread(verdict).some(({ id }) => !known.has(id));
}

/** Which ids were not read, and why, without what differs between two tries. */
function keyOf(verdict: Verdict): string {
  return unreadAssets(verdict)
    .map(({ kind, id, failure }) => [kind, id, failure.kind, failure.evidence?.code].join(" "))
    .join();
}
