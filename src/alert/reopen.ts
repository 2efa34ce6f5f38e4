import type { Alert, PastAlert, WatchState } from "./alert.ts";
import type { AlertRules } from "./alert-rules.ts";
import { openAlert } from "./change-alert.ts";
import { isSameMatter, matterOf } from "./matter.ts";
import { REOPEN_MS, type Step } from "./speak-again.ts";

/**
 * Opens a new alert, or reopens a recently resolved one with the same matter. A reopened alert keeps its message and
 * notifies nobody. Otherwise a token that changes between dead and alive would notify people each time.
 */
export function openOrReopen(
  state: WatchState,
  fields: Fields,
  rules: AlertRules,
  now: Date,
  reason: "first" | "not_checked",
): Step {
  const { lately, ...rest } = state;
  const same = lately?.find((past) => isSame(past.alert, fields));
  if (same === undefined) {
    const alert = openAlert({ id: rules.newId(), ...fields }, rules.card, now);
    return { state: { ...state, alert }, change: { kind: "open", reason }, replies: [] };
  }
  const others = lately?.filter((past) => past !== same) ?? [];
  return {
    state: { ...rest, ...(others.length > 0 && { lately: others }), alert: reopen(same, fields, rules.card, now) },
    change: { kind: "update", reason: "reopened" },
    replies: [],
  };
}

/** True for a recently resolved alert, which may come back. */
export function isRecent({ resolvedAt }: Pick<Alert, "resolvedAt">, now: Date): boolean {
  return resolvedAt !== null && now.getTime() - resolvedAt.getTime() < REOPEN_MS;
}

/** True when an alert with this matter was resolved recently and was at least as severe. */
export function comesBack({ lately = [] }: WatchState, fields: Fields): boolean {
  return lately.some(({ alert }) => isSame(alert, fields));
}

type Fields = Pick<Alert, "kind" | "severity" | "verdict" | "failing">;

function isSame(past: Alert, fields: Fields): boolean {
  if (past.resolvedMatter === null || (fields.severity === "critical" && past.severity !== "critical")) return false;
  return isSameMatter(past.resolvedMatter, matterOf(fields));
}

function reopen({ alert: past, isEndOwed }: PastAlert, fields: Fields, card: Alert["card"], now: Date): Alert {
  return {
    ...past,
    ...fields,
    card,
    resolvedAt: null,
    resolution: null,
    // The problem was fixed in between, so earlier acknowledgements and escalations do not count.
    acknowledged: null,
    criticalSince: fields.severity === "critical" ? now : null,
    escalatedAt: null,
    reopened: { times: (past.reopened?.times ?? 0) + 1, at: now, told: false, endSaid: !isEndOwed },
  };
}
