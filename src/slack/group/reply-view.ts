import type { Alert, Reason, Snooze, Word } from "../../watch/alert.ts";
import type { Said, ThreadWords } from "../../watch/group-reply.ts";
import { watchName } from "../alert/alert-text.ts";
import { isUrgent } from "../alert/facts.ts";
import { personText, reasonText } from "../alert/response-text.ts";
import { alertsByName, alertsWorstFirst } from "../alert/worst-first.ts";
import { callsTo } from "../mention.ts";
import { slackDate } from "../moment.ts";
import { listed } from "../mrkdwn.ts";
import { leadWords } from "./lead-words.ts";

/** Names of one sentence; with every sentence there is, below the limit of a message. */
const NAMES = 400;

/** Sentences in one reply; of more the message itself tells. */
const MOST = 6;

const SENTENCES: Readonly<Record<Reason, string>> = {
  first: "New",
  not_checked: "Could not be checked",
  reminder: "Still not fixed",
  reopened: "Came back",
  lasts: "Came back, and still not fixed",
  worse: "Now worse",
  last_day: "The last day",
  snooze_over: "The snooze is over",
  better: "Better, but not fixed yet",
  stale: "Not re-checked for a while",
  recovered: "Fixed",
  rotated: "Fixed, the token was replaced",
  unwatched: "No longer watched",
  escalated: "Escalated to on-call because nobody answered",
  acknowledged: "Taken",
  unacknowledged: "Acknowledgement taken back",
  snoozed: "Snoozed",
  unsnoozed: "Snooze ended",
  checked: "Checked",
};

/** What is said first: what is bad, what is good, then what people did. */
const ORDER: readonly Reason[] = Object.keys(SENTENCES) as Reason[];

/** "Now worse (2): *shop-0*, *shop-1*" */
const about = (start: string, alerts: readonly Alert[]): string => {
  const names = [...new Set(alertsByName(alerts).map(watchName))];
  return `${start}${names.length === 1 ? "" : ` (${names.length})`}: ${listed(names, NAMES)}`;
};

/** The snooze that the reply speaks of, as far as its alert still keeps it. */
const snoozeOf = ({ alert: { snoozed }, word }: Said): Snooze | undefined =>
  word.reason === "snoozed" && snoozed?.by === word.by && snoozed.at.getTime() === word.at.getTime()
    ? snoozed
    : undefined;

const startOf = ({ word: { reason, by } }: Said): string =>
  by === null ? SENTENCES[reason] : `${SENTENCES[reason]} by ${personText(by)}`;

/** The reason of a snooze stands last, because it ends as its author ended it. */
const endOf = (said: Said, timezone: string): string => {
  if (said.word.reason === "checked") return said.word.verdict === null ? ": no answer." : ": still not fixed.";
  const snooze = snoozeOf(said);
  return snooze === undefined ? "." : `, until ${slackDate(snooze.until, timezone)}. Reason: ${reasonText(snooze)}`;
};

const rank = ({ reason }: Word): number => ORDER.indexOf(reason);

/** One sentence for all that were told the same. */
const wordSentences = (words: readonly Said[], timezone: string): readonly string[] => {
  const sorted = words.toSorted((a, b) => rank(a.word) - rank(b.word));
  const alike = Map.groupBy(sorted, (said) => JSON.stringify([startOf(said), endOf(said, timezone)]));
  return [...alike.values()].flatMap((told) => {
    const [first] = told;
    if (first === undefined) return [];
    const alerts = told.map(({ alert }) => alert);
    return [`${about(startOf(first), alerts)}${endOf(first, timezone)}`];
  });
};

/** Whom it calls: the owners of those nobody was told of before, and of those whose reply must be noticed. */
const calledAlerts = ({ words, joined }: ThreadWords): readonly Alert[] => [
  ...joined.filter(isUrgent),
  ...words.filter(({ word }) => word.notice).map(({ alert }) => alert),
];

/** Who reads it in the channel sees nothing but it: the cause and the remedy, by the worst that it is about. */
const whyLines = ({ joined, words, notice }: ThreadWords, timezone: string): readonly string[] => {
  // The message has the rest of what a reminder is about.
  const news = words.filter(({ word }) => word.reason !== "reminder").map(({ alert }) => alert);
  const [lead] = alertsWorstFirst([...joined, ...news].filter(({ resolvedAt }) => resolvedAt === null));
  if (!notice || lead === undefined) return [];
  const { cause, remedy } = leadWords(lead, timezone);
  return [[...cause, ...remedy].join(" ")].filter((line) => line !== "");
};

/**
 * All that the thread of a message about many alerts is told at once.
 * @param link to the message, where Slack's address is known
 */
export const groupReplyText = (said: ThreadWords, timezone: string, link?: string): string => {
  const { joined, left, words } = said;
  const sentences = [
    ...(joined.length === 0 ? [] : [`${about("New here, of the same cause", joined)}.`]),
    ...wordSentences(words, timezone),
    ...(left.length === 0 ? [] : [`${about("Another cause by now, so in another message", left)}.`]),
  ];
  const more = sentences.length - MOST;
  const shown = more > 0 ? [...sentences.slice(0, MOST), "More has changed: see the message above."] : sentences;
  const calls = callsTo(calledAlerts(said).flatMap(({ card }) => [card.owner, card.oncall]));
  const [first = "", ...rest] = shown;
  // What people must notice stands first.
  return `${calls}${[first, ...whyLines(said, timezone), ...seeLine(said, link), ...rest].join("\n")}`;
};

const seeLine = ({ words }: ThreadWords, link: string | undefined): readonly string[] =>
  link !== undefined && words.some(({ word }) => word.reason === "reminder") ? [`<${link}|See what to do>.`] : [];
