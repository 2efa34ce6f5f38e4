import { greatest } from "../token/moment.ts";
import type { Spans } from "../guide/rich-text.ts";
import type { Alert, Reason } from "../alert/alert.ts";
import type { AlertReply, ThreadReplies } from "../outbox/group-reply.ts";
import { retryText, stepSentence } from "./alert-steps.ts";
import { sharedCause } from "./group-text.ts";
import { listedWithin } from "./listed-within.ts";
import { named, sentences } from "./values.ts";
import { words } from "./words.ts";
import { alertsByName, alertsWorstFirst } from "./worst-first.ts";

/**
 * All news for the thread of a message about many alerts, one line each. Urgent news comes first.
 * @param link to the message, once Slack's address is known
 * @param renews true when renewals from Slack are on
 */
export function groupReplyText(said: ThreadReplies, link: string | undefined, renews = false): readonly Spans[] {
  const { joined, left } = said;
  const { groups, replies } = words;
  const lines = [
    ...(joined.length === 0 ? [] : [groups.joined(namesText(joined))]),
    ...wordLines(said.replies),
    ...(left.length === 0 ? [] : [groups.left(namesText(left))]),
  ];
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), groups.moreChanged] : lines;
  const [first = [], ...rest] = shown;
  const isReminder = said.replies.some(({ reply }) => reply.reason === "reminder");
  return [
    first,
    ...whyLine(said, renews),
    ...(link !== undefined && isReminder ? [replies.openTheAlert(link)] : []),
    ...rest,
  ];
}

/** In characters, for the names of one sentence. All possible sentences together stay below the limit of a message. */
const ROOM_FOR_NAMES = 400;

/** The message itself shows changes beyond this number. */
const MOST_LINES = 6;

/** The order of news: problems, then improvements, then people's responses. */
const ORDER: readonly Reason[] = [
  "first",
  "not_checked",
  "reminder",
  "reopened",
  "lasts",
  "worse",
  "last_day",
  "snooze_over",
  "better",
  "stale",
  "recovered",
  "rotated",
  "unwatched",
  "escalated",
  "acknowledged",
  "unacknowledged",
  "snoozed",
  "unsnoozed",
  "checked",
];

/** One sentence for all alerts with the same news. */
function wordLines(said: readonly AlertReply[]): readonly Spans[] {
  const sorted = said.toSorted((a, b) => ORDER.indexOf(a.reply.reason) - ORDER.indexOf(b.reply.reason));
  const alike = Map.groupBy(sorted, (one) => JSON.stringify(alikeIn(one)));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const alerts = group.map(({ alert }) => alert);
    return [sentenceOf(first, namesText(alerts), alerts)];
  });
}

/** What must be the same for two alerts to share a sentence. Checks that fail began to fail at different times. */
function alikeIn(said: AlertReply): unknown {
  return said.reply.reason === "stale" ? { stale: nextText(said.alert) } : sentenceOf(said, [], []);
}

/** Names the latest start: since then, no check of any of the alerts has succeeded. */
function staleSentence(alerts: readonly Alert[], names: Spans): Spans {
  const starts = alerts.flatMap(({ failing }) => failing?.since ?? []).map(Number);
  const since = starts.length === 0 ? undefined : new Date(greatest(starts));
  return words.groupReplies.stale(names, since, alerts.slice(0, 1).flatMap(nextText));
}

function nextText(alert: Alert): Spans {
  return alert.failing === null ? [] : retryText(alert.failing.failure, alert);
}

/** @param alerts the alerts that share the sentence */
function sentenceOf({ alert: { snoozed }, reply }: AlertReply, names: Spans, alerts: readonly Alert[]): Spans {
  const { groupReplies } = words;
  const { reason, by, verdict, at } = reply;
  switch (reason) {
    case "checked":
      return groupReplies.checked(names, by, verdict !== null);
    case "snoozed": {
      const isSame = snoozed !== null && snoozed.by === by && snoozed.at.getTime() === at.getTime();
      return groupReplies.snoozed(names, by, isSame ? snoozed : null);
    }
    case "acknowledged":
    case "unacknowledged":
    case "unsnoozed":
      return groupReplies[reason](names, by);
    case "stale":
      return staleSentence(alerts, names);
    default:
      return groupReplies[reason](names);
  }
}

/** "*shop-0*, *shop-1* and 4 more", with their count when there are several. */
function namesText(alerts: readonly Alert[]): Spans {
  const names = [...new Set(alertsByName(alerts).map(({ card }) => card.name))];
  const listed = listedWithin(
    names.map((name) => [named(name)]),
    ROOM_FOR_NAMES,
  );
  return names.length === 1 ? listed : words.groups.countedNames(names.length, listed);
}

/** The cause and the steps of the worst alert, for a person who sees only the reply in the channel. */
function whyLine({ joined, replies: said, notice }: ThreadReplies, renews: boolean): readonly Spans[] {
  // A reminder repeats known problems, and the message has their cause and steps.
  const news = said.filter(({ reply }) => reply.reason !== "reminder").map(({ alert }) => alert);
  const [lead] = alertsWorstFirst([...joined, ...news].filter(({ resolvedAt }) => resolvedAt === null));
  if (!notice || lead === undefined) return [];
  const line = sentences(
    ...sharedCause(lead),
    ...stepSentence(lead, lead.verdict, renews ? words.alerts.renewEach : undefined),
  );
  return line.length === 0 ? [] : [line];
}
