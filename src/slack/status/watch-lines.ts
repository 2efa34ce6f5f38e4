import type { WatchRecord } from "../../watch/ports.ts";
import type { ListedWatch } from "../deps.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { notReadLines } from "../alert/unread-lines.ts";
import { lastAnswer, provedText } from "../verdict/evidence.ts";
import { endFact } from "../verdict/facts.ts";
import { verdictHeading } from "../verdict/heading.ts";
import { stateWithSign } from "../state-words.ts";

const SHORT = 160;
/** Which row and what to do, of a watch with a long name too. */
const UNREADABLE = 320;

/** "Healthy ✅", "Alive, not fully checked ❔"; "Unknown ❔" before the first answer. */
export const recordHeading = ({ state: { verdict } }: WatchRecord): string =>
  verdict === null ? stateWithSign("unknown") : verdictHeading(verdict);

/** "Healthy ✅"; while checks fail "Healthy ✅ (last answer 22 Nov 2026, 08:00 UTC)". */
export const stateText = (record: WatchRecord, show: ShowTime): string => {
  const { verdict, failing } = record.state;
  const word = recordHeading(record);
  if (failing === null || verdict === null) return word;
  return `${word} (last answer ${show(lastAnswer(verdict)?.at ?? verdict.checkedAt)})`;
};

/** Which call proved the state, which one gave the last answer, and when. */
const answerText = ({ state }: WatchRecord, show: ShowTime): string =>
  state.verdict === null ? "no answer yet" : provedText(state.verdict, show);

/** The configured ids that were not read, and why; a line each. */
export const unreadTexts = ({ state: { verdict } }: WatchRecord): readonly string[] =>
  verdict === null ? [] : notReadLines(verdict);

/** What the state rests on, and the next check. */
export const checksLine = (record: WatchRecord, now: Date, show: ShowTime): string => {
  const next = record.nextDueAt <= now ? "next check: due now" : `next check: ${show(record.nextDueAt)}`;
  return `${answerText(record, show)} · ${next}`;
};

/** The same with when the token ends in front; not for a value that no call was made for. */
export const timesLine = (record: WatchRecord, now: Date, show: ShowTime): string => {
  const { verdict } = record.state;
  const checks = checksLine(record, now, show);
  if (verdict === null || verdict.token === null || lastAnswer(verdict) === null) return checks;
  const { label, value } = endFact({ state: verdict.state, token: verdict.token }, now, show);
  return `${label.toLowerCase()}: ${value} · ${checks}`;
};

/** Since when checks fail, and why; undefined while they do not. */
export const failingLine = ({ state: { failing } }: WatchRecord, show: ShowTime, max = SHORT): string | undefined => {
  if (failing === null) return undefined;
  const times = failing.tries === 1 ? "1 try" : `${failing.tries} tries`;
  return `Could not be checked since ${show(failing.since)} (${times}): ${literal(failing.failure.message, max)}`;
};

/** Slack shows a channel by its name, if the reader may see it; who must repair it needs the id. */
export const channelText = (channel: string): string => {
  if (/^[CDG][A-Z0-9]{2,30}$/.test(channel)) return `<#${channel}> (${channel})`;
  return /^[UW][A-Z0-9]{2,30}$/.test(channel) ? `<@${channel}> (${channel})` : literal(channel, 40);
};

/** As the notifier keeps it, "word (what to do)", with what to do first. */
export const refusalText = (error: string): string => {
  const [, word, remedy] = /^([a-z_]+) \((.+)\)$/.exec(error) ?? [];
  return literal(word === undefined || remedy === undefined ? error : `${remedy} (${word})`, 120);
};

/** What a person should know besides: what cannot be read, an alert that Slack did not take, a source read only once. */
export const remarkLines = (record: WatchRecord, card: ListedWatch | undefined, show: ShowTime): readonly string[] => {
  const { undelivered, unreadable } = record;
  return [
    ...(unreadable === undefined ? [] : [`Is not checked now: ${literal(unreadable, UNREADABLE)}`]),
    ...(undelivered === null
      ? []
      : [
          `Its alert did not reach the channel ${channelText(undelivered.channel)}: ${refusalText(undelivered.error)}; it will be tried again ${show(undelivered.retryAt)}`,
        ]),
    ...(card === undefined ? ["Not in the watchlist of this bot"] : []),
    ...(card === undefined || card.sourceNote === null ? [] : [literal(card.sourceNote, SHORT)]),
  ];
};
