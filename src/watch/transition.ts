import { carryOver } from "../token/carry-over.ts";
import { isCritical, isDead } from "../token/finding.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Change, Failing, Reason, WatchState } from "./alert.ts";
import { beforeOf, editAlert, openAlert, resolveAlert, speak } from "./change-alert.ts";
import { compareVerdicts, newCriticals } from "./compare.ts";
import { isHushed } from "./respond.ts";
import { tellThresholds, wasTold } from "./told.ts";
import type { WatchCard } from "./watch.ts";

/** When people are told; the same for every watch but for its own policy and card. */
export interface AlertRules {
  readonly card: WatchCard;
  readonly policy: Pick<Policy, "warnAt">;
  /** How long "could not find out" stays quiet. */
  readonly unknownAfterMs: number;
  /** A critical alert speaks again after this long. */
  readonly repeatCriticalMs: number;
  /** Names a new alert. */
  readonly newId: () => string;
}

export interface Transition {
  readonly state: WatchState;
  readonly change: Change;
}

/** Least tries before "could not check" becomes an alert: ours to mend sooner, Graph's to recover later. */
const TRIES = { ours: 2, theirs: 3 } as const;

const quiet = (state: WatchState): Transition => ({ state, change: { kind: "none" } });

const severityOf = (verdict: Verdict): Alert["severity"] =>
  verdict.findings.some(isCritical) ? "critical" : "warning";

const changeOpen = (alert: Alert, state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Transition => {
  const severity = severityOf(verdict);
  // An alert that began as "could not check" may not have known its token until now.
  const before = alert.before.fingerprint === null ? beforeOf(verdict) : alert.before;
  const fields = { kind: "problem", severity, verdict, failing: null, card: rules.card, before } as const;
  const told = tellThresholds(state.told, verdict, rules.policy);
  // Who has seen the old problem has not seen the new one.
  const worse = { acknowledged: null, snoozed: null };
  const tell = (reason: Reason, notice: boolean): Transition => ({
    state: {
      ...state,
      alert: speak(alert, reason === "worse" ? { ...fields, ...worse } : fields, reason, now, notice),
      told,
    },
    change: { kind: "update", reason },
  });
  const silently = (): Transition => ({
    state: { ...state, alert: editAlert(alert, fields), told },
    change: { kind: "edit" },
  });
  const shown = alert.verdict;
  // A threshold speaks once per token, also after the clock, the date or the policy went back and forth.
  const oldNews = wasTold(state.told, verdict);
  if (alert.kind === "not_checked" || shown === null)
    return oldNews && verdict.state === "expiring" ? silently() : tell("worse", severity === "critical");

  const order = rules.policy.warnAt.toSorted((a, b) => b.ms - a.ms).map(({ text }) => text);
  switch (compareVerdicts(shown, verdict, order)) {
    case "worse":
      return tell("worse", severity === "critical");
    case "nearer":
      return oldNews ? silently() : tell("worse", newCriticals(shown, verdict).length > 0);
    case "better":
      return tell("better", false);
    case "edit":
      return silently();
    case "same":
      if (
        severity === "critical" &&
        !isHushed(alert, now) &&
        now.getTime() - alert.spokeAt.getTime() >= rules.repeatCriticalMs
      )
        return tell("reminder", true);
      // The first answer after "could not check": the message may say so again, nobody needs a word.
      return alert.failing === null ? quiet(state) : silently();
  }
};

const recover = (alert: Alert, state: WatchState, verdict: Verdict, now: Date): Transition => {
  const { fingerprint } = alert.before;
  const rotated = fingerprint !== null && fingerprint !== verdict.token?.fingerprint;
  const reason = rotated ? "rotated" : "recovered";
  return {
    // What was told of a token is settled once another one took its place; should it come back, it is news again.
    state: { ...state, alert: resolveAlert(alert, verdict, reason, now), told: rotated ? null : state.told },
    change: { kind: "resolve", reason },
  };
};

const answered = (state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Transition => {
  const current = carryOver(state.verdict, verdict);
  const alive = current.alive === true && !isDead(current.state);
  const next: WatchState = {
    ...state,
    verdict: current,
    failing: null,
    aliveFingerprint: alive && current.token !== null ? current.token.fingerprint : state.aliveFingerprint,
  };
  const { alert } = state;
  if (current.state === "healthy") return alert === null ? quiet(next) : recover(alert, next, current, now);
  if (alert !== null) return changeOpen(alert, next, current, rules, now);
  if (current.state === "expiring" && wasTold(state.told, current)) return quiet(next);
  const fields = { id: rules.newId(), severity: severityOf(current), verdict: current, failing: null } as const;
  return {
    state: {
      ...next,
      alert: openAlert({ ...fields, kind: "problem" }, rules.card, now),
      told: tellThresholds(state.told, current, rules.policy),
    },
    change: { kind: "open", reason: "first" },
  };
};

const isOverdue = (failing: Failing, rules: AlertRules, now: Date): boolean => {
  const { kind } = failing.failure;
  if (kind === "misconfigured" || kind === "unreadable") return failing.tries >= TRIES.ours;
  return failing.tries >= TRIES.theirs && now.getTime() - failing.since.getTime() >= rules.unknownAfterMs;
};

const unanswered = (state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Transition => {
  if (verdict.failure === null) throw new TypeError("an unknown verdict carries its failure");
  const failing: Failing = {
    failure: verdict.failure,
    since: state.failing?.since ?? now,
    tries: (state.failing?.tries ?? 0) + 1,
  };
  const next: WatchState = { ...state, failing };
  const { alert } = state;
  if (alert === null) {
    if (!isOverdue(failing, rules, now)) return quiet(next);
    const fields = { id: rules.newId(), severity: "warning", verdict: state.verdict, failing } as const;
    return {
      state: { ...next, alert: openAlert({ ...fields, kind: "not_checked" }, rules.card, now) },
      change: { kind: "open", reason: "not_checked" },
    };
  }
  if (alert.kind === "not_checked") {
    if (alert.failing?.failure.kind === failing.failure.kind) return quiet(next);
    return { state: { ...next, alert: editAlert(alert, { failing }) }, change: { kind: "edit" } };
  }
  if (alert.failing === null && now.getTime() - failing.since.getTime() >= rules.unknownAfterMs)
    return {
      state: { ...next, alert: speak(alert, { failing }, "stale", now, false) },
      change: { kind: "update", reason: "stale" },
    };
  return quiet(next);
};

/**
 * What a verdict changes for a watch, and what people are told of it (the table of the plan, section 4). Pure.
 * `unknown` never opens an alert that says dead, never resolves one and never overwrites the last verdict.
 */
export const transition = (state: WatchState, verdict: Verdict, now: Date, rules: AlertRules): Transition => {
  // An alert that the last round resolved is history; the next problem opens a new one.
  const current = state.alert?.resolvedAt ? { ...state, alert: null } : state;
  return verdict.state === "unknown"
    ? unanswered(current, verdict, rules, now)
    : answered(current, verdict, rules, now);
};

/** Ends the open alert of a watch that left the watchlist. */
export const unwatch = (state: WatchState, now: Date): WatchState =>
  state.alert === null || state.alert.resolvedAt !== null
    ? state
    : { ...state, alert: resolveAlert(state.alert, state.verdict, "unwatched", now) };
