import type { Spans } from "../guide/rich-text.ts";
import { describeSpan, durationWords, HOUR_MS } from "../token/duration.ts";
import { isAboutIds, isUnanswered } from "../token/known.ts";
import { unreadAssets } from "../token/unread.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reply } from "../alert/alert.ts";
import { waitingSince } from "../alert/escalate.ts";
import { areRemindersOff } from "../alert/reminders-off.ts";
import { isReminded } from "../alert/speak-again.ts";
import { stateWord } from "./alert-line.ts";
import { retryText, stepSentence } from "./alert-steps.ts";
import { causeTexts, fixedTexts } from "./alert-text.ts";
import { leftText } from "./fact-text.ts";
import { failureCause } from "./source-failure.ts";
import { unreadTexts } from "./unread-text.ts";
import { named, sentences } from "./values.ts";
import { words } from "./words.ts";

/**
 * One line in an alert's thread about one change.
 * @param link to the alert's message, once Slack's address is known
 * @param renews true when renewals from Slack are on
 */
export function replyText(alert: Alert, reply: Reply, link: string | undefined, renews = false): Spans {
  const { replies } = words;
  const name = named(alert.card.name);
  const state = stateWord(alert);
  const continues = isReminded(alert) && !areRemindersOff(alert, reply.at);
  switch (reply.reason) {
    case "acknowledged":
      return replies.taken([name], reply.by, isReminded(alert));
    case "unacknowledged":
      return replies.givenBack([name], reply.by, continues);
    case "unsnoozed":
      return replies.snoozeEnded([name], reply.by, continues);
    case "snoozed":
      return snoozedText(alert, reply, [name]);
    case "checked":
      return reply.verdict === null
        ? replies.checkedNoAnswer([name], reply.by)
        : replies.checkedNotFixed([name], reply.by, words.alerts.stateWord(reply.verdict.state));
    case "recovered":
    case "rotated":
      return sentences(replies.fixed([name]), ...fixedTexts(alert));
    case "unwatched":
      return replies.unwatched([name]);
    case "stale":
      return staleText(alert, reply, [name]);
    case "last_day":
      return sentences(replies.lastDay([name], endOf(reply.verdict)), ...steps(alert, reply.verdict, renews));
    case "escalated":
      return replies.escalated([name], waitedText(alert, reply.at));
    case "reminder":
      return sentences(
        replies.stillNotFixed([name], state, alert.openedAt),
        link === undefined ? [] : replies.openTheAlert(link),
      );
    case "first":
      return withWhy(alert, reply, renews, replies.newProblem([name], shownState(alert, reply)));
    case "not_checked":
      return withWhy(alert, reply, renews, replies.newProblem([name], shownState(alert, reply)));
    case "reopened":
      return withWhy(alert, reply, renews, replies.cameBack([name], shownState(alert, reply)));
    case "lasts":
      return withWhy(alert, reply, renews, replies.cameBackAndStays([name], shownState(alert, reply)));
    case "worse":
      return withWhy(alert, reply, renews, worseText(alert, reply));
    case "better":
      return withWhy(alert, reply, renews, replies.better([name], shownState(alert, reply)));
    case "snooze_over":
      return withWhy(alert, reply, renews, replies.snoozeOver([name], shownState(alert, reply)));
  }
}

/**
 * "1 hour": how long an alert had waited for a response at a given time, in whole hours from the first hour on, because
 * minutes would only show when the next check ran. Undefined when the alert no longer has the data.
 */
export function waitedText(alert: Alert, at: Date): string | undefined {
  if (alert.criticalSince === null || alert.acceptedAt === null) return undefined;
  const waitedMs = at.getTime() - waitingSince(alert, at).getTime();
  return waitedMs > 0 ? describeSpan(waitedMs - (waitedMs >= HOUR_MS ? waitedMs % HOUR_MS : 0)) : undefined;
}

/** The state that the reply reports. It may be older than the alert's state. */
function shownState(alert: Alert, { verdict }: Reply): string {
  if (verdict !== null && !isUnanswered(alert) && !isAboutIds(alert)) return words.alerts.stateWord(verdict.state);
  // The alert may be over by now, but the reply reports the problem of that time.
  return alert.resolvedAt === null ? stateWord(alert) : words.alerts.notCheckedWord;
}

/** When a nearer threshold was reached, the reply says how much time was left at the check. */
function worseText(alert: Alert, reply: Reply): Spans {
  const { replies } = words;
  const name = [named(alert.card.name)];
  const { verdict } = reply;
  return verdict?.state === "expiring" && verdict.threshold !== null && !isUnanswered(alert)
    ? replies.daysLeft(name, leftText(verdict) ?? words.replies.atMost(durationWords(verdict.threshold)))
    : replies.worse(name, shownState(alert, reply));
}

/** The problem and the next steps. For a problem that began some time ago, also since when. */
function withWhy(alert: Alert, reply: Reply, renews: boolean, opening: Spans): Spans {
  const isOld = reply.reason === "snooze_over" || reply.reason === "lasts";
  const since = isOld ? [words.replies.openSince(alert.openedAt)] : [];
  // The stored change does not say why a token was not checked. Only an open alert has the reason.
  if (alert.resolvedAt !== null && (isUnanswered(alert) || isAboutIds(alert))) return sentences(opening, ...since);
  const todo = alert.resolvedAt === null ? steps(alert, reply.verdict, renews) : [];
  return sentences(opening, ...since, ...whyTexts(alert, reply.verdict), ...todo);
}

function whyTexts(alert: Alert, verdict: Verdict | null): readonly Spans[] {
  const { failing } = alert;
  if (alert.verdict !== null && isAboutIds(alert)) return unreadTexts(alert.verdict);
  if (isUnanswered(alert)) return failing === null ? [] : [failureCause(failing.failure, alert)];
  return verdict === null ? [] : causeTexts(verdict);
}

function steps(alert: Alert, verdict: Verdict | null, renews: boolean): readonly Spans[] {
  return stepSentence(alert, isAboutIds(alert) ? alert.verdict : verdict, renews ? words.alerts.renew : undefined);
}

/** Since when and why the answer is old, and what happens next; else which IDs were not read. */
function staleText(alert: Alert, { at }: Reply, name: Spans): Spans {
  const { failing, verdict } = alert;
  const { replies } = words;
  if (failing !== null) {
    const { failure, since } = failing;
    return sentences(
      replies.checksFail(name),
      verdict === null ? [] : words.alerts.lastAnswerAt(verdict.evidence?.at ?? verdict.checkedAt),
      words.alerts.failingSince(since, failureCause(failure, alert)),
      retryText(failure, alert),
      replies.showsLastAnswer,
    );
  }
  const [first] = verdict === null ? [] : unreadAssets(verdict);
  return verdict === null || first === undefined
    ? sentences(replies.noCheckAt(name, at), replies.showsNewAnswer)
    : sentences(
        replies.partlyChecked(name),
        ...unreadTexts(verdict),
        retryText(first.failure, alert),
        replies.showsLastAnswer,
      );
}

/** The end and the reason of a snooze, if no other snooze has replaced it. */
function snoozedText({ snoozed }: Alert, { by, at }: Reply, name: Spans): Spans {
  return snoozed !== null && snoozed.by === by && snoozed.at.getTime() === at.getTime()
    ? words.replies.snoozedUntil(name, by, snoozed.until, snoozed.reason)
    : words.replies.snoozed(name, by);
}

function endOf(verdict: Verdict | null): Date | undefined {
  const expiry = verdict?.token?.expiry;
  return expiry?.kind === "at" ? expiry.at : undefined;
}
