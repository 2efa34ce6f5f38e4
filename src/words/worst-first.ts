import { badness, type State } from "../token/findings/finding.ts";
import type { Alert } from "../alert/alert.ts";
import { isUnanswered } from "../token/known.ts";

export function alertsByName(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted(compareNames);
}

/** Open before over, critical before warning, worse state first, unacknowledged first, then by name. */
export function alertsWorstFirst(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted((a, b) => weight(b) - weight(a) || compareNames(a, b));
}

/**
 * The state that an alert shows. It is `unknown` when Meta never answered, and when the only problem is a missing
 * answer.
 */
function shownState(alert: Alert): State {
  return alert.verdict === null || alert.kind === "not_checked" || isUnanswered(alert)
    ? "unknown"
    : alert.verdict.state;
}

function weight(alert: Alert): number {
  return (
    (alert.resolvedAt === null ? 100 : 0) +
    (alert.severity === "critical" ? 10 : 0) +
    badness(shownState(alert)) +
    (alert.acknowledged === null ? 0.5 : 0)
  );
}

function compareNames(a: Alert, b: Alert): number {
  return a.card.name.localeCompare(b.card.name, "en", { numeric: true });
}
