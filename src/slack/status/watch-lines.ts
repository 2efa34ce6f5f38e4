import type { WatchRecord } from "../../watch/ports.ts";
import type { ListedWatch } from "../deps.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { expiryText } from "../verdict/facts.ts";

const SHORT = 160;

/** Which call gave the last answer, and when. */
const lastAnswer = ({ state }: WatchRecord, show: ShowTime): string => {
  const { verdict } = state;
  if (verdict === null) return "no answer yet";
  return verdict.evidence === null
    ? `last looked at ${show(verdict.checkedAt)}, by its shape, no call was made`
    : `last answer ${show(verdict.evidence.at)} by ${literal(verdict.evidence.call, 80)}`;
};

/** When it ends, the last answer and by which call, the next check. */
export const timesLine = (record: WatchRecord, now: Date, show: ShowTime): string => {
  const token = record.state.verdict?.token ?? undefined;
  const ends = token === undefined ? [] : [`ends: ${expiryText(token.expiry, now, show)}`];
  const next = record.nextDueAt <= now ? "next check: due now" : `next check: ${show(record.nextDueAt)}`;
  return [...ends, lastAnswer(record, show), next].join(" · ");
};

/** What a person should know besides: checks that fail, an alert that Slack did not take, a source read only once. */
export const remarkLines = (record: WatchRecord, card: ListedWatch | undefined, show: ShowTime): readonly string[] => {
  const { state, undelivered } = record;
  const { failing } = state;
  const times = failing?.tries === 1 ? "1 try" : `${failing?.tries ?? 0} tries`;
  return [
    ...(failing === null
      ? []
      : [`Could not be checked since ${show(failing.since)} (${times}): ${literal(failing.failure.message, SHORT)}`]),
    ...(undelivered === null
      ? []
      : [
          `Its alert did not reach the channel ${literal(undelivered.channel, 40)}: ${literal(undelivered.error, 80)}; tried again ${show(undelivered.retryAt)}`,
        ]),
    ...(card === undefined ? ["Not in the watchlist of this bot"] : []),
    ...(card === undefined || card.sourceNote === null ? [] : [literal(card.sourceNote, SHORT)]),
  ];
};
