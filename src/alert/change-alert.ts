import { NOT_KNOWN } from "../token/expiry.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reason, Reply } from "./alert.ts";
import { matterOf } from "./matter.ts";
import type { WatchSnapshot } from "./watch-snapshot.ts";

/** A changed alert with its new replies. `commit` raises its revision. */
export interface Draft {
  readonly alert: Alert;
  readonly replies: readonly Reply[];
}

/** Changes the message without a reply. */
export function edit(alert: Alert, fields: Partial<Alert>): Draft {
  return { alert: { ...alert, ...fields }, replies: [] };
}

/** Changes the message and adds a reply. With `notice`, the reply notifies people. */
export function speak(alert: Alert, fields: Partial<Alert>, reason: Reason, now: Date, notice: boolean): Draft {
  const reopened = alert.reopened === null ? null : { ...alert.reopened, told: true };
  const changed = { ...alert, reopened, ...fields, spokeAt: now };
  return { alert: changed, replies: [{ reason, at: now, notice, verdict: changed.verdict, by: null }] };
}

/** Raises the revision by one if anything changed. */
export function commit(before: Alert | null, alert: Alert): Alert {
  return alert === before ? alert : { ...alert, revision: alert.revision + 1 };
}

/** The token's data when the problem began, for "before → after" in the message about the fix. */
export function beforeOf(verdict: Verdict | null): Alert["before"] {
  return {
    fingerprint: verdict?.token?.fingerprint ?? null,
    expiry: verdict?.token?.expiry ?? NOT_KNOWN,
  };
}

/** Opens an alert. Its first post says everything, so its thread gets no reply. */
export function openAlert(
  fields: Pick<Alert, "id" | "kind" | "severity" | "verdict" | "failing">,
  card: WatchSnapshot,
  now: Date,
): Alert {
  return {
    ...fields,
    card,
    openedAt: now,
    resolvedAt: null,
    resolution: null,
    before: beforeOf(fields.verdict),
    acknowledged: null,
    snoozed: null,
    checked: null,
    spokeAt: now,
    criticalSince: fields.severity === "critical" ? now : null,
    escalatedAt: null,
    resolvedMatter: null,
    reopened: null,
    acceptedAt: null,
    revision: 0,
  };
}

/** Resolves an alert. The thread gets a reply, unless it still ends with an earlier fix. */
export function resolveAlert(alert: Alert, verdict: Verdict | null, reason: Reason, now: Date): Draft {
  const fields = {
    verdict,
    before: shownBefore(alert),
    failing: null,
    resolvedAt: now,
    resolution: reason,
    resolvedMatter: matterOf(alert),
  };
  return isUnheard(alert, reason) ? edit(alert, fields) : speak(alert, fields, reason, now, false);
}

/** The token's data that the message showed last. The token may have been replaced while the alert was open. */
function shownBefore({ verdict, before }: Alert): Alert["before"] {
  const shown = beforeOf(verdict);
  return shown.expiry.kind === "not_known" ? before : shown;
}

/** True when no reply announced the return of the problem. The thread then still ends with the earlier fix. */
function isUnheard({ reopened }: Alert, reason: Reason): boolean {
  return reason === "recovered" && reopened !== null && !reopened.told && reopened.endSaid;
}
