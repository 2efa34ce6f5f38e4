import { carryOver } from "../token/carry-over.ts";
import { isDead } from "../token/findings/finding.ts";
import { countUnread } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Change, WatchState } from "./alert.ts";
import { type AlertRules, TRIES } from "./alert-rules.ts";
import { commit, resolveAlert } from "./change-alert.ts";
import { changeOpen, severityOf } from "./change-open.ts";
import { escalate, type EscalationMessage } from "./escalate.ts";
import { followSnapshot } from "./follow-snapshot.ts";
import { followUnread, openUnread, staysUnread } from "./follow-unread.ts";
import type { HistoryEntry } from "./history.ts";
import type { AlertChange } from "./alert-change.ts";
import { recordOutsideRound, recordMove } from "./record.ts";
import { comesBack, isRecent, openOrReopen } from "./reopen.ts";
import { changed, endSnooze, speakAgain, type Step } from "./speak-again.ts";
import { dropEarly, isLastDayDue, addReached, wasAnnounced } from "./thresholds.ts";
import { unanswered } from "./unanswered.ts";
import { settleClock } from "./wrong-clock.ts";

export interface Transition extends Step {
  /** Further messages, in addition to the alert's own. */
  readonly messages: readonly EscalationMessage[];
  readonly history: readonly HistoryEntry[];
}

/**
 * The effect of a verdict on a watch and its notifications. Pure. `unknown` never reports a dead token, never resolves
 * an alert and never overwrites the last verdict.
 */
export function transition(state: WatchState, verdict: Verdict, now: Date, rules: AlertRules): Transition {
  const settled = settleClock(setAside(state, now), now);
  const followed = followSnapshot(settled, rules.card);
  const awake = endSnooze(followed ?? settled, now);
  const current = awake ?? followed ?? settled;
  const step =
    verdict.state === "unknown" ? unanswered(current, verdict, rules, now) : answered(current, verdict, rules, now);
  const said = speakAgain(step, awake !== undefined, rules.repeatCriticalMs, now);
  const done = committed(settled.alert, escalated(said, rules, now));
  const moved = recordMove(rules.card.name, current, done.state, done.change, now);
  return { ...done, history: moved === undefined ? [] : [moved] };
}

/** Resolves the open alert of a watch that is removed from the watchlist. */
export function resolveRemoved(alert: Alert, now: Date): AlertChange {
  const draft = resolveAlert(alert, alert.verdict, "unwatched", now);
  const resolved = commit(alert, draft.alert);
  const history = [recordOutsideRound(resolved, { reason: "unwatched", by: null }, now)];
  return { alert: resolved, at: now, replies: draft.replies, history, messages: [] };
}

function recover(alert: Alert, state: WatchState, verdict: Verdict, now: Date): Step {
  const { fingerprint } = alert.before;
  const rotated = fingerprint !== null && fingerprint !== verdict.token?.fingerprint;
  const reason = rotated ? "rotated" : "recovered";
  // When another token replaces this one, its announced thresholds are cleared. If the old token comes back, they are
  // news again.
  const next = { ...state, told: rotated ? null : state.told };
  return changed(next, resolveAlert(alert, verdict, reason, now), { kind: "resolve", reason });
}

function answered(state: WatchState, verdict: Verdict, rules: AlertRules, now: Date): Step {
  const patience = { tries: TRIES.theirs, forMs: rules.unknownAfterMs };
  const current = countUnread(state.verdict, carryOver(state.verdict, verdict), patience, now);
  const alive = current.alive === true && !isDead(current.state);
  const healthy = current.state === "healthy";
  const next: WatchState = {
    ...state,
    verdict: current,
    failing: null,
    aliveFingerprint: alive && current.token !== null ? current.token.fingerprint : state.aliveFingerprint,
    told: healthy ? dropEarly(state.told, current) : state.told,
  };
  const { alert } = state;
  const heard =
    current.state === "expiring" &&
    wasAnnounced(state.told, current) &&
    !isLastDayDue(state.told, current, rules.policy);
  if (alert !== null) {
    if ((healthy || heard) && staysUnread(alert, current)) return followUnread(alert, next, current);
    return healthy ? recover(alert, next, current, now) : changeOpen(alert, next, current, state.verdict, rules, now);
  }
  const fields = { kind: "problem", severity: severityOf(current), verdict: current, failing: null } as const;
  if (healthy || (heard && !comesBack(next, fields))) return openUnread(next, current, rules, now);
  // A threshold that was not announced is news, so it opens a new alert and reopens none.
  const known = current.state === "expiring" && !heard ? { ...next, lately: [] } : next;
  const told = addReached(state.told, current, rules.policy);
  return openOrReopen({ ...known, told }, fields, rules, now, "first");
}

/** Moves a resolved alert to the recent ones. For a short time, the same problem can reopen it. */
function setAside(state: WatchState, now: Date): WatchState {
  const { lately = [], ...rest } = state;
  const { alert } = state;
  const over = alert !== null && alert.resolvedAt !== null ? alert : undefined;
  const past = over === undefined ? lately : [{ alert: over, isEndOwed: true }, ...lately];
  const recent = past.filter((one) => isRecent(one.alert, now));
  return {
    ...rest,
    alert: over === undefined ? alert : null,
    ...(recent.length > 0 && { lately: recent }),
  };
}

/** Escalates an alert without a response to on-call, even when the check found nothing new. */
function escalated(step: Step, rules: AlertRules, now: Date): Step & Pick<Transition, "messages"> {
  const { alert } = step.state;
  const going = alert === null ? undefined : escalate(alert, rules.escalation, now);
  if (going === undefined) return { ...step, messages: [] };
  const change: Change = "reason" in step.change ? step.change : { kind: "update", reason: "escalated" };
  const replies = [...step.replies, ...going.replies];
  return { state: { ...step.state, alert: going.alert }, change, replies, messages: [going.message] };
}

/** Raises the alert's revision by one if anything changed, including configured data of its watch. */
function committed<S extends Step>(before: Alert | null, step: S): S {
  const { alert } = step.state;
  if (alert === null || alert === before) return step;
  const change: Change = step.change.kind === "none" ? { kind: "edit" } : step.change;
  return { ...step, state: { ...step.state, alert: commit(before, alert) }, change };
}
