import { HOUR_MS } from "../token/duration.ts";
import { carryOver } from "../token/carry-over.ts";
import { NOT_KNOWN, usableThresholds } from "../token/expiry.ts";
import { isCritical, isDead } from "../token/finding.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Change, Failing, Reason, WatchState } from "./alert.ts";
import { compareVerdicts, isWorseForPeople } from "./compare.ts";
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

export const REPEAT_CRITICAL_MS = 24 * HOUR_MS;

export interface Transition {
  readonly state: WatchState;
  readonly change: Change;
}

/** Least tries before "could not check" becomes an alert: ours to mend sooner, Graph's to recover later. */
const TRIES = { ours: 2, theirs: 3 } as const;

const severityOf = (verdict: Verdict): Alert["severity"] =>
  verdict.findings.some(isCritical) ? "critical" : "warning";

const expiryOf = (verdict: Verdict | null) => verdict?.token?.expiry ?? NOT_KNOWN;

const fingerprintIn = (verdict: Verdict | null): string | null => verdict?.token?.fingerprint ?? null;

/** The message changes; nobody is told. */
const edit = (alert: Alert, fields: Partial<Alert>): Alert => ({ ...alert, ...fields, revision: alert.revision + 1 });

/** The message changes and a reply says so. */
const speak = (alert: Alert, fields: Partial<Alert>, reason: Reason, now: Date, notice: boolean): Alert => {
  const changed = edit(alert, { ...fields, spokeAt: now });
  const reply = { revision: changed.revision, reason, at: now, notice, verdict: changed.verdict };
  return { ...changed, replies: [...changed.replies, reply] };
};

const open = (
  fields: Pick<Alert, "kind" | "severity" | "verdict" | "failing">,
  rules: AlertRules,
  now: Date,
): Alert => ({
  id: rules.newId(),
  card: rules.card,
  ...fields,
  openedAt: now,
  resolvedAt: null,
  resolution: null,
  before: { fingerprint: fingerprintIn(fields.verdict), expiry: expiryOf(fields.verdict) },
  spokeAt: now,
  revision: 1,
  replies: [],
});

const resolve = (alert: Alert, verdict: Verdict | null, reason: Reason, now: Date): Alert =>
  speak(alert, { verdict, failing: null, resolvedAt: now, resolution: reason }, reason, now, false);

/** The thresholds behind us count as told as soon as the nearest one is. */
const tellThresholds = (state: WatchState, verdict: Verdict, rules: AlertRules): WatchState["told"] => {
  const { token, threshold } = verdict;
  if (token === null || threshold === null) return state.told;
  const usable = usableThresholds(rules.policy.warnAt, token.expiry, token.issuedAt).map(({ text }) => text);
  const reached = usable.slice(0, usable.indexOf(threshold) + 1);
  const before = state.told?.fingerprint === token.fingerprint ? state.told.thresholds : [];
  return { fingerprint: token.fingerprint, thresholds: [...new Set([...before, ...reached])] };
};

const wasTold = (state: WatchState, verdict: Verdict): boolean =>
  verdict.threshold !== null &&
  state.told !== null &&
  state.told.fingerprint === verdict.token?.fingerprint &&
  state.told.thresholds.includes(verdict.threshold);

const changeOpen = (alert: Alert, state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Transition => {
  const severity = severityOf(verdict);
  const fields = { kind: "problem", severity, verdict, failing: null, card: rules.card } as const;
  const tell = (reason: Reason, notice: boolean): Transition => ({
    state: { ...state, alert: speak(alert, fields, reason, now, notice), told: tellThresholds(state, verdict, rules) },
    change: { kind: "update", reason },
  });
  const silently = (): Transition => ({ state: { ...state, alert: edit(alert, fields) }, change: { kind: "edit" } });
  const shown = alert.verdict;
  if (alert.kind === "not_checked" || shown === null) return tell("worse", severity === "critical");

  const order = rules.policy.warnAt.toSorted((a, b) => b.ms - a.ms).map(({ text }) => text);
  const comparison = compareVerdicts(shown, verdict, order);
  switch (comparison) {
    case "worse": {
      const forPeople = isWorseForPeople(shown, verdict);
      // A threshold speaks once per token, also after the clock or the policy went back and forth.
      if (!forPeople && wasTold(state, verdict)) return silently();
      return tell("worse", forPeople && severity === "critical");
    }
    case "better":
      return tell("better", false);
    case "edit":
      return silently();
    case "same": {
      if (severity === "critical" && now.getTime() - alert.spokeAt.getTime() >= rules.repeatCriticalMs)
        return tell("reminder", true);
      if (alert.failing !== null) return silently();
      return { state, change: { kind: "none" } };
    }
  }
};

const answered = (state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Transition => {
  const current = carryOver(state.verdict, verdict);
  const fingerprint = fingerprintIn(current);
  const next: WatchState = {
    ...state,
    verdict: current,
    failing: null,
    aliveFingerprint: current.alive === true && !isDead(current.state) ? fingerprint : state.aliveFingerprint,
  };
  const { alert } = state;
  if (current.state === "healthy") {
    if (alert === null) return { state: next, change: { kind: "none" } };
    const rotated = alert.before.fingerprint !== null && alert.before.fingerprint !== fingerprint;
    const reason = rotated ? "rotated" : "recovered";
    return { state: { ...next, alert: resolve(alert, current, reason, now) }, change: { kind: "resolve", reason } };
  }
  if (alert !== null) return changeOpen(alert, next, current, rules, now);
  const opened = open({ kind: "problem", severity: severityOf(current), verdict: current, failing: null }, rules, now);
  return {
    state: { ...next, alert: opened, told: tellThresholds(next, current, rules) },
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
    if (!isOverdue(failing, rules, now)) return { state: next, change: { kind: "none" } };
    const opened = open({ kind: "not_checked", severity: "warning", verdict: state.verdict, failing }, rules, now);
    return { state: { ...next, alert: opened }, change: { kind: "open", reason: "not_checked" } };
  }
  if (alert.kind === "not_checked") {
    if (alert.failing?.failure.kind === failing.failure.kind) return { state: next, change: { kind: "none" } };
    return { state: { ...next, alert: edit(alert, { failing }) }, change: { kind: "edit" } };
  }
  if (alert.failing === null && now.getTime() - failing.since.getTime() >= rules.unknownAfterMs)
    return {
      state: { ...next, alert: speak(alert, { failing }, "stale", now, false) },
      change: { kind: "update", reason: "stale" },
    };
  if (alert.severity === "critical" && now.getTime() - alert.spokeAt.getTime() >= rules.repeatCriticalMs)
    return {
      state: { ...next, alert: speak(alert, {}, "reminder", now, true) },
      change: { kind: "update", reason: "reminder" },
    };
  return { state: next, change: { kind: "none" } };
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
    : { ...state, alert: resolve(state.alert, state.verdict, "unwatched", now) };
