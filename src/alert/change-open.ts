import { isCritical } from "../token/findings/finding.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reason, WatchState } from "./alert.ts";
import type { AlertRules } from "./alert-rules.ts";
import { isBlocked } from "../token/known.ts";
import { beforeOf, edit, speak } from "./change-alert.ts";
import { compareVerdicts, newCriticals } from "./compare.ts";
import { hasBecomeLasting } from "./follow-unread.ts";
import { changed, type Step, unchanged } from "./speak-again.ts";
import { isLastDayDue, addReached, wasAnnounced } from "./thresholds.ts";

export function severityOf(verdict: Verdict): Alert["severity"] {
  return verdict.findings.some(isCritical) ? "critical" : "warning";
}

/**
 * The effect of a bad verdict on an open alert.
 * @param previous the last verdict before this one
 */
export function changeOpen(
  alert: Alert,
  state: WatchState,
  verdict: Verdict,
  previous: Verdict | null,
  rules: AlertRules,
  now: Date,
): Step {
  const severity = severityOf(verdict);
  // An alert that began as "could not check" may see its token only now.
  const before = alert.before.fingerprint === null ? beforeOf(verdict) : alert.before;
  // Alerts that older versions stored lack this time. Their wait counts from the last reply.
  const since = alert.criticalSince ?? (alert.severity === "critical" ? alert.spokeAt : now);
  const criticalSince = severity === "critical" ? since : null;
  const { card } = rules;
  const fields = { kind: "problem", severity, verdict, failing: null, card, before, criticalSince } as const;
  const told = addReached(state.told, verdict, rules.policy);
  // The acknowledgement of the old problem does not cover the new one.
  const worse = {
    acknowledged: null,
    snoozed: null,
    criticalSince: severity === "critical" ? now : null,
  };
  const next = { ...state, told };
  const tell = (reason: Reason, notice: boolean): Step => {
    const shown = ENDS_ANSWERS.includes(reason) ? { ...fields, ...worse } : fields;
    return changed(next, speak(alert, shown, reason, now, notice), { kind: "update", reason });
  };
  const silently = (): Step => changed(next, edit(alert, fields), { kind: "edit" });
  const shown = alert.verdict;
  // Each threshold is announced once per token, even if the clock, the expiry or the policy goes back and forth.
  const oldNews = wasAnnounced(state.told, verdict);
  if (alert.kind === "not_checked" && isBlocked(alert.failing)) {
    // The block ended. Only a warning or an announced threshold remains.
    if (severity === "warning" || (oldNews && verdict.state === "expiring")) return tell("better", false);
    // Meta answers the inspection again, but the reads report the same block, so this is no news.
    const isSameTrouble = verdict.findings.some(({ code }) => code === "app_blocked");
    return isSameTrouble ? silently() : tell("worse", true);
  }
  if (alert.kind === "not_checked" || shown === null)
    return oldNews && verdict.state === "expiring" ? silently() : tell("worse", severity === "critical");

  const order = rules.policy.warnAt.toSorted((a, b) => b.ms - a.ms).map(({ text }) => text);
  const compared = compareVerdicts(shown, verdict, order);
  if (compared === "worse") return tell("worse", severity === "critical");
  if (isLastDayDue(state.told, verdict, rules.policy)) return tell("last_day", true);
  switch (compared) {
    case "nearer":
      return oldNews ? silently() : tell("worse", newCriticals(shown, verdict).length > 0);
    case "better":
      return tell("better", false);
    case "edit":
    case "same":
      if (hasBecomeLasting(previous, verdict)) return tell("stale", false);
      // The first answer after failed checks changes the message, without a reply.
      return compared === "edit" || alert.failing !== null ? silently() : unchanged(state);
  }
}

/** These changes clear an acknowledgement and a snooze, because people must look again. */
const ENDS_ANSWERS: readonly Reason[] = ["worse", "last_day"];
