import { DAY_MS } from "../../token/duration.ts";
import type { Policy } from "../../token/policy.ts";
import { unreadAssets } from "../../token/unread.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Alert, Reason, WatchState } from "../../alert/alert.ts";
import { nextDueAt } from "../due.ts";
import { nextReplyTimes } from "../../alert/next-reply.ts";
import { type AlertRules, TRIES } from "../../alert/alert-rules.ts";
import { transition } from "../../alert/transition.ts";
import { reasonsOf } from "./reasons.ts";

/** One change of an alert that the bot would announce. */
export interface Announcement {
  /** The time at which the rules announce it. */
  readonly at: Date;
  readonly reason: Reason;
  /** Severity of the alert at that time. A warning may have to wait until quiet hours end. */
  readonly severity: Alert["severity"];
  /** The alert after the change. */
  readonly alert: Alert;
  /** The verdict of the check that caused it. */
  readonly verdict: Verdict;
}

export interface AnnouncementsInput {
  /** The watch's current state in the store. */
  readonly state: WatchState;
  readonly nextDueAt: Date;
  readonly checkIntervalMs: number;
  readonly rules: AlertRules;
  /** The watch's policy, including the app that its token must belong to. */
  readonly policy: Policy;
  /** The verdict of a check at an instant, for a watch in this state. */
  readonly judgedAt: (at: Date, state: WatchState) => Verdict;
  /** The first tick of the scheduler at or after an instant; null when there is none. */
  readonly tickFrom: (instant: Date) => Date | null;
  readonly from: Date;
  readonly until: Date;
}

/**
 * Forecasts what the bot would announce about one watch if nobody acts. It uses the bot's own rules: it judges each check, the
 * verdict leads to a transition, and the transition sets the next check. The rules name every time at which the bot
 * announces something. So the forecast skips the checks in between, which find the same facts. Pure.
 */
export function announcements(input: AnnouncementsInput): readonly Announcement[] {
  const { rules, policy, judgedAt, tickFrom, from, until } = input;
  const announced: Announcement[] = [];
  let state = delivered(input.state, from);
  let dueAt = input.nextDueAt;
  let last = from;
  for (;;) {
    const tick = tickFrom(new Date(Math.max(dueAt.getTime(), last.getTime() + 1)));
    if (tick === null || tick > until) return announced;
    const verdict = judgedAt(tick, state);
    const next = transition(state, verdict, tick, rules);
    const { alert } = next.state;
    if (alert !== null)
      for (const reason of reasonsOf(alert, next.replies, tick))
        announced.push({ at: tick, reason, severity: alert.severity, alert, verdict });
    state = delivered(next.state, tick);
    const checkIntervalMs = isCounting(state, rules, tick)
      ? input.checkIntervalMs
      : Math.max(input.checkIntervalMs, DAY_MS);
    dueAt = nextDueAt({ policy, checkIntervalMs }, state, verdict, tick, 0.5, {
      replyTimes: nextReplyTimes(state, rules, tick),
    });
    last = tick;
  }
}

/** Assumes that Slack accepts the alert at once. */
function delivered(state: WatchState, at: Date): WatchState {
  const { alert } = state;
  return alert === null ? state : { ...state, alert: { ...alert, acceptedAt: alert.acceptedAt ?? at } };
}

/**
 * True while the rules count failed checks, so that each check matters. Otherwise, the regular check matters only for
 * events that no rule announces, such as the end of data access.
 */
function isCounting({ failing, verdict }: WatchState, { unknownAfterMs }: AlertRules, now: Date): boolean {
  if (failing !== null) return failing.tries < TRIES.theirs || now.getTime() - failing.since.getTime() < unknownAfterMs;
  return verdict !== null && unreadAssets(verdict).some(({ unread }) => unread?.lasting !== true);
}
