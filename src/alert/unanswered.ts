import { misconfigurationOf } from "../token/misconfiguration.ts";
import { needsPerson } from "../token/needs-person.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Failing, Reason, WatchState } from "./alert.ts";
import { type AlertRules, TRIES } from "./alert-rules.ts";
import { isAboutIds, isBlocked } from "../token/known.ts";
import { edit, speak } from "./change-alert.ts";
import { openOrReopen } from "./reopen.ts";
import { changed, type Step, unchanged } from "./speak-again.ts";

/** The effect of a check without an answer. It never reports a dead token and never resolves an alert. */
export function unanswered(state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step {
  if (verdict.failure === null) throw new TypeError("a verdict with the state unknown must have a failure");
  const failing: Failing = {
    failure: verdict.failure,
    since: state.failing?.since ?? now,
    tries: (state.failing?.tries ?? 0) + 1,
  };
  const next: WatchState = { ...state, failing };
  const { alert } = state;
  if (alert !== null) return follow(alert, next, failing, rules, now);
  if (!isOverdue(failing, rules, now)) return unchanged(next);
  const severity = isBlocked(failing) ? "critical" : "warning";
  return openOrReopen(
    next,
    { kind: "not_checked", severity, verdict: state.verdict, failing },
    rules,
    now,
    "not_checked",
  );
}

function hasLasted(failing: Failing, rules: Pick<AlertRules, "unknownAfterMs">, now: Date): boolean {
  return now.getTime() - failing.since.getTime() >= rules.unknownAfterMs;
}

/** True when checks without an answer have lasted long enough that people must know. Pure. */
export function isOverdue(failing: Failing, rules: Pick<AlertRules, "unknownAfterMs">, now: Date): boolean {
  if (needsPerson(failing.failure)) return failing.tries >= TRIES.ours;
  return failing.tries >= TRIES.theirs && hasLasted(failing, rules, now);
}

/** True when people have to do the same about both. Each of our settings has its own remedy. */
function hasSameRemedy({ failure: before }: Failing, { failure: now }: Failing): boolean {
  if (before.kind !== now.kind) return false;
  return now.kind !== "misconfigured" || misconfigurationOf(before) === misconfigurationOf(now);
}

function follow(alert: Alert, next: WatchState, failing: Failing, rules: AlertRules, now: Date): Step {
  const say = (reason: Reason, fields: Partial<Alert>, notice: boolean): Step =>
    changed(next, speak(alert, { failing, ...fields }, reason, now, notice), { kind: "update", reason });
  // Only an answer of Meta can prove that the app is no longer blocked.
  if (isBlocked(alert.failing)) return unchanged(next);
  if (isBlocked(failing)) {
    if (failing.tries < TRIES.ours) return unchanged(next);
    // An acknowledgement of the earlier problem does not cover this one.
    return say("worse", { severity: "critical", criticalSince: now, acknowledged: null, snoozed: null }, true);
  }
  if (alert.kind === "problem" || isAboutIds(alert)) {
    const becameStale = alert.failing === null && hasLasted(failing, rules, now);
    return becameStale ? say("stale", {}, false) : unchanged(next);
  }
  if (alert.failing !== null && hasSameRemedy(alert.failing, failing)) return unchanged(next);
  // The failure changed from a temporary one to one that a person must correct.
  if (needsPerson(failing.failure) && (alert.failing === null || !needsPerson(alert.failing.failure)))
    return say("worse", {}, false);
  return changed(next, edit(alert, { failing }), { kind: "edit" });
}
