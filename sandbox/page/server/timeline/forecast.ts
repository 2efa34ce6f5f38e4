import { findingMessage } from "../../../../src/words/finding-words.ts";
import { terminalText } from "../../../../src/words/plain-text.ts";
import type { State } from "../../../../src/token/findings/finding.ts";
import type { InspectionResult } from "../../../../src/token/inspection.ts";
import { DAY_MS } from "../../../../src/token/duration.ts";
import { judge } from "../../../../src/token/judge.ts";
import type { Policy } from "../../../../src/token/policy.ts";
import type { Alert, Reason, WatchState } from "../../../../src/alert/alert.ts";
import { nextDueAt } from "../../../../src/watch/due.ts";
import { nextReplyTimes } from "../../../../src/alert/next-reply.ts";
import type { AlertRules } from "../../../../src/alert/alert-rules.ts";
import { transition } from "../../../../src/alert/transition.ts";
import { reasonsOf } from "./journal.ts";

/** One message that the bot would send. */
export interface ForetoldWord {
  /** The time at which the rules send it. */
  readonly at: Date;
  readonly reason: Reason;
  /** Severity of the alert at that time. A warning may have to wait until quiet hours end. */
  readonly severity: Alert["severity"];
  readonly state: State;
  /** The message of the first finding. */
  readonly cause: string | null;
}

export interface ForecastInput {
  /** The watch's current state in the store. */
  readonly state: WatchState;
  readonly nextDueAt: Date;
  readonly rules: AlertRules;
  /** The watch's policy, including the app that its token must belong to. */
  readonly policy: Policy;
  readonly facts: (at: Date) => InspectionResult;
  /** The first tick of the scheduler at or after an instant; null when there is none. */
  readonly tickFrom: (instant: Date) => Date | null;
  readonly from: Date;
  readonly until: Date;
}

/**
 * Forecasts the bot's messages about one watch if nobody acts. It uses the bot's own rules: it judges each check, the
 * verdict leads to a transition, and the transition sets the next check. The rules name every time at which the bot
 * sends something. So the forecast skips the checks in between, which find the same facts. Pure.
 */
export function forecast(input: ForecastInput): readonly ForetoldWord[] {
  const { rules, policy, facts, tickFrom, from, until } = input;
  const words: ForetoldWord[] = [];
  let state = delivered(input.state, from);
  let dueAt = input.nextDueAt;
  let last = from;
  for (;;) {
    const tick = tickFrom(new Date(Math.max(dueAt.getTime(), last.getTime() + 1)));
    if (tick === null || tick > until) return words;
    const result = facts(tick);
    const seenAlive = result.ok && result.inspection.token.fingerprint === state.aliveFingerprint;
    const verdict = judge(result, policy, tick, seenAlive);
    const next = transition(state, verdict, tick, rules);
    const { alert } = next.state;
    const [first] = verdict.findings;
    const cause = first === undefined ? null : terminalText(findingMessage(first, verdict));
    if (alert !== null)
      for (const reason of reasonsOf(alert, next.replies, tick))
        words.push({ at: tick, reason, severity: alert.severity, state: verdict.state, cause });
    state = delivered(next.state, tick);
    // The regular check matters only for events that no rule announces, such as the end of data access.
    dueAt = nextDueAt(
      { policy, checkIntervalMs: DAY_MS },
      state,
      verdict,
      tick,
      0.5,
      nextReplyTimes(state, rules, tick),
    );
    last = tick;
  }
}

/** Assumes that Slack accepts the alert at once. */
function delivered(state: WatchState, at: Date): WatchState {
  const { alert } = state;
  return alert === null ? state : { ...state, alert: { ...alert, acceptedAt: alert.acceptedAt ?? at } };
}
