import { carryOver } from "../token/carry-over.ts";
import { isCritical, isDead } from "../token/finding.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Change, Failing, Reason, WatchState } from "./alert.ts";
import { beforeOf, editAlert, openAlert, resolveAlert, speak } from "./change-alert.ts";
import { compareVerdicts, newCriticals } from "./compare.ts";
import { escalate, type Escalation, escalationOver } from "./escalate.ts";
import type { HistoryEntry } from "./history.ts";
import type { Note } from "./note.ts";
import type { AlertChange } from "./ports.ts";
import { recordAnswer, recordMove } from "./record.ts";
import { endSnooze, speakAgain, type Step } from "./speak-again.ts";
import { forgetAhead, owesLastDay, tellThresholds, wasTold } from "./told.ts";
import type { WatchCard } from "./watch.ts";
import { settleClock } from "./wrong-clock.ts";

/** When people are told; the same for every watch but for its own policy and card. */
export interface AlertRules {
  readonly card: WatchCard;
  readonly policy: Pick<Policy, "warnAt">;
  /** How long "could not find out" stays quiet. */
  readonly unknownAfterMs: number;
  /** A critical alert speaks again after this long. */
  readonly repeatCriticalMs: number;
  readonly escalation: Escalation;
  /** Names a new alert. */
  readonly newId: () => string;
}

export interface Transition extends Step {
  /** To be sent once, besides the alert's own message. */
  readonly notes: readonly Note[];
  readonly history: readonly HistoryEntry[];
}

/** Least tries before "could not check" becomes an alert: ours to mend sooner, Graph's to recover later. */
const TRIES = { ours: 2, theirs: 3 } as const;

const quiet = (state: WatchState): Step => ({ state, change: { kind: "none" } });

/** What comes closer is news to those who answered, too. */
const ENDS_ANSWERS: readonly Reason[] = ["worse", "last_day"];

const severityOf = (verdict: Verdict): Alert["severity"] =>
  verdict.findings.some(isCritical) ? "critical" : "warning";

const changeOpen = (alert: Alert, state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step => {
  const severity = severityOf(verdict);
  // An alert that began as "could not check" may not have known its token until now.
  const before = alert.before.fingerprint === null ? beforeOf(verdict) : alert.before;
  // Alerts from before it was kept have none: they wait since their last word.
  const since = alert.criticalSince ?? (alert.severity === "critical" ? alert.spokeAt : now);
  const criticalSince = severity === "critical" ? since : null;
  const { card } = rules;
  const fields = { kind: "problem", severity, verdict, failing: null, card, before, criticalSince } as const;
  const told = tellThresholds(state.told, verdict, rules.policy);
  // Who has seen the old problem has not seen the new one.
  const worse = {
    acknowledged: null,
    snoozed: null,
    criticalSince: severity === "critical" ? now : null,
  };
  const tell = (reason: Reason, notice: boolean): Step => ({
    state: {
      ...state,
      alert: speak(alert, ENDS_ANSWERS.includes(reason) ? { ...fields, ...worse } : fields, reason, now, notice),
      told,
    },
    change: { kind: "update", reason },
  });
  const silently = (): Step => ({
    state: { ...state, alert: editAlert(alert, fields), told },
    change: { kind: "edit" },
  });
  const shown = alert.verdict;
  // A threshold speaks once per token, also after the clock, the date or the policy went back and forth.
  const oldNews = wasTold(state.told, verdict);
  if (alert.kind === "not_checked" || shown === null)
    return oldNews && verdict.state === "expiring" ? silently() : tell("worse", severity === "critical");

  const order = rules.policy.warnAt.toSorted((a, b) => b.ms - a.ms).map(({ text }) => text);
  const compared = compareVerdicts(shown, verdict, order);
  if (compared === "worse") return tell("worse", severity === "critical");
  if (owesLastDay(state.told, verdict, rules.policy)) return tell("last_day", true);
  switch (compared) {
    case "nearer":
      return oldNews ? silently() : tell("worse", newCriticals(shown, verdict).length > 0);
    case "better":
      return tell("better", false);
    case "edit":
      return silently();
    case "same":
      // The first answer after "could not check": the message may say so again, nobody needs a word.
      return alert.failing === null ? quiet(state) : silently();
  }
};

const recover = (alert: Alert, state: WatchState, verdict: Verdict, now: Date): Step => {
  const { fingerprint } = alert.before;
  const rotated = fingerprint !== null && fingerprint !== verdict.token?.fingerprint;
  const reason = rotated ? "rotated" : "recovered";
  return {
    // What was told of a token is settled once another one took its place; should it come back, it is news again.
    state: { ...state, alert: resolveAlert(alert, verdict, reason, now), told: rotated ? null : state.told },
    change: { kind: "resolve", reason },
  };
};

const answered = (state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step => {
  const current = carryOver(state.verdict, verdict);
  const alive = current.alive === true && !isDead(current.state);
  const next: WatchState = {
    ...state,
    verdict: current,
    failing: null,
    aliveFingerprint: alive && current.token !== null ? current.token.fingerprint : state.aliveFingerprint,
  };
  const { alert } = state;
  if (current.state === "healthy") {
    const settled = { ...next, told: forgetAhead(next.told, current) };
    return alert === null ? quiet(settled) : recover(alert, settled, current, now);
  }
  if (alert !== null) return changeOpen(alert, next, current, rules, now);
  const told = wasTold(state.told, current) && !owesLastDay(state.told, current, rules.policy);
  if (current.state === "expiring" && told) return quiet(next);
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

const isOurs = ({ failure }: Failing): boolean => failure.kind === "misconfigured" || failure.kind === "unreadable";

const isOverdue = (failing: Failing, rules: AlertRules, now: Date): boolean => {
  if (isOurs(failing)) return failing.tries >= TRIES.ours;
  return failing.tries >= TRIES.theirs && now.getTime() - failing.since.getTime() >= rules.unknownAfterMs;
};

const unanswered = (state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step => {
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
    // What comes back by itself has become something that a person must mend.
    if (isOurs(failing) && (alert.failing === null || !isOurs(alert.failing)))
      return {
        state: { ...next, alert: speak(alert, { failing }, "worse", now, false) },
        change: { kind: "update", reason: "worse" },
      };
    return { state: { ...next, alert: editAlert(alert, { failing }) }, change: { kind: "edit" } };
  }
  if (alert.failing === null && now.getTime() - failing.since.getTime() >= rules.unknownAfterMs)
    return {
      state: { ...next, alert: speak(alert, { failing }, "stale", now, false) },
      change: { kind: "update", reason: "stale" },
    };
  return quiet(next);
};

/** An alert that nobody answered goes on to those who come next, also while nothing new is found out. */
const escalated = (step: Step, rules: AlertRules, now: Date): Step & Pick<Transition, "notes"> => {
  const { alert } = step.state;
  if (alert === null) return { ...step, notes: [] };
  if (alert.resolvedAt !== null) return { ...step, notes: escalationOver(alert, rules.escalation, now) };
  const going = escalate(alert, rules.escalation, now);
  if (going === undefined) return { ...step, notes: [] };
  const change: Change = "reason" in step.change ? step.change : { kind: "update", reason: "escalated" };
  return { state: { ...step.state, alert: going.alert }, change, notes: [going.note] };
};

/**
 * What a verdict changes for a watch, and what people are told of it (the table of the plan, section 4). Pure.
 * `unknown` never opens an alert that says dead, never resolves one and never overwrites the last verdict.
 */
export const transition = (state: WatchState, verdict: Verdict, now: Date, rules: AlertRules): Transition => {
  // An alert that the last round resolved is history; the next problem opens a new one.
  const settled = settleClock(state.alert?.resolvedAt ? { ...state, alert: null } : state, now);
  const awake = endSnooze(settled, now);
  const current = awake ?? settled;
  const step =
    verdict.state === "unknown" ? unanswered(current, verdict, rules, now) : answered(current, verdict, rules, now);
  const said = speakAgain(step, awake !== undefined, rules.repeatCriticalMs, now);
  const done = escalated(said, rules, now);
  const moved = recordMove(rules.card.name, current, done.state, done.change, now);
  return { ...done, history: moved === undefined ? [] : [moved] };
};

/** Ends the open alert of a watch that left the watchlist. */
export const unwatch = (alert: Alert, now: Date, escalation: Escalation): AlertChange => {
  const resolved = resolveAlert(alert, alert.verdict, "unwatched", now);
  return {
    alert: resolved,
    history: [recordAnswer(resolved, { reason: "unwatched", by: null }, now)],
    notes: escalationOver(resolved, escalation, now),
  };
};
