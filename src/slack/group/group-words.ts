import { isPartlyChecked } from "../../token/unread.ts";
import type { Alert } from "../../watch/alert.ts";
import { isUnanswered } from "../../token/known.ts";
import { openSpanText, seenText, watchName } from "../alert/alert-text.ts";
import { checkedLine, personText, reasonText } from "../alert/response-text.ts";
import { latestOf } from "../alert/many-buttons.ts";
import { alertsByName } from "../alert/worst-first.ts";
import { slackDate } from "../moment.ts";
import { listed } from "../mrkdwn.ts";
import { callText } from "../verdict/evidence.ts";

import { openHeadline, overHeadline } from "./headline.ts";
import { leadWords } from "./lead-words.ts";

/** Names of what was in a group that is over. */
const LONGEST_NAMES = 1_000;

/** People named as having answered. */
const MOST_PEOPLE = 5;

/** Since when a group is there, and when the last alert left it for another message; null while it shows any. */
export interface GroupTimes {
  readonly openedAt: Date;
  readonly leftAt: Date | null;
}

/** A group in words, without the list of its alerts. Each line is mrkdwn. */
export interface GroupWords {
  /** How many, of which app, in which state, and why. */
  readonly what: readonly string[];
  readonly todo: readonly string[];
  /** How many are over, who took or snoozed how many, and who checked last. */
  readonly counts: readonly string[];
  /** Since when, and on which call it rests. */
  readonly times: readonly string[];
}

/** On which call the leading alert rests: one watch stands for all, so it is named. */
const evidenceLine = (lead: Alert, timezone: string): readonly string[] => {
  const { verdict, failing } = lead;
  if (verdict !== null && !isUnanswered(lead))
    return [`${watchName(lead)}: ${seenText(verdict, timezone).replace(/^S/, "s")}`];
  const tried = failing?.failure.evidence ?? null;
  return tried === null ? [] : [`${watchName(lead)}: tried ${slackDate(tried.at, timezone)} by ${callText(tried)}.`];
};

/** "Taken by <@U1>: 3 of 45" */
const answeredText = (word: string, people: readonly string[], open: number): string => {
  const names = [...new Set(people)].slice(0, MOST_PEOPLE).map(personText);
  const count = people.length === open && open > 1 ? `all ${open}` : `${people.length} of ${open}`;
  return `${word} by ${names.join(", ")}: ${count}`;
};

/** With its time, of several the latest. */
const acknowledgedLine = (open: readonly Alert[], timezone: string): readonly string[] => {
  const given = open.flatMap(({ acknowledged }) => acknowledged ?? []);
  const last = latestOf(given);
  if (last === undefined) return [];
  const text = answeredText(
    "Taken",
    given.map(({ by }) => by),
    open.length,
  );
  const atOnce = given.every(({ at }) => at.getTime() === last.at.getTime());
  return [`${text}, ${atOnce ? "" : "latest "}${slackDate(last.at, timezone)}.`];
};

const lastCheckedLine = (open: readonly Alert[], timezone: string): readonly string[] => {
  const last = latestOf(open.flatMap(({ checked }) => checked ?? []));
  return last === undefined ? [] : [checkedLine(last, timezone)];
};

/** With its end and its reason when they were snoozed at once. */
const snoozedLine = (open: readonly Alert[], timezone: string): readonly string[] => {
  const snoozes = open.flatMap(({ snoozed }) => snoozed ?? []);
  const [first] = snoozes;
  if (first === undefined) return [];
  const people = snoozes.map(({ by }) => by);
  const text = answeredText("Snoozed", people, open.length);
  const atOnce = snoozes.every(({ by, at }) => by === first.by && at.getTime() === first.at.getTime());
  return [atOnce ? `${text}, until ${slackDate(first.until, timezone)}: ${reasonText(first)}` : `${text}.`];
};

/** How many are over, who took or snoozed how many, and who checked last; a line each. */
export const countLines = (alerts: readonly Alert[], open: readonly Alert[], timezone: string): readonly string[] => {
  const over = alerts.filter(({ resolvedAt }) => resolvedAt !== null);
  const word = over.some(({ resolution }) => resolution === "unwatched") ? "Over" : "Fixed";
  return [
    ...(over.length === 0 ? [] : [`${word} meanwhile: ${over.length} of ${alerts.length}.`]),
    ...acknowledgedLine(open, timezone),
    ...snoozedLine(open, timezone),
    ...lastCheckedLine(open, timezone),
  ];
};

const namesText = (alerts: readonly Alert[]): string => listed(alertsByName(alerts).map(watchName), LONGEST_NAMES);

/** Tokens that are alive again, though not everything of theirs was read. */
const notReadOf = (alerts: readonly Alert[]): readonly string[] => {
  const partly = alerts.filter(({ verdict }) => verdict !== null && isPartlyChecked(verdict));
  return partly.length === 0 ? [] : [`Alive, not fully checked: ${namesText(partly)}.`];
};

const overWords = (group: GroupTimes, alerts: readonly Alert[], timezone: string): GroupWords => {
  const ends = [group.leftAt ?? [], alerts.flatMap(({ resolvedAt }) => resolvedAt ?? [])].flat().map(Number);
  return {
    what: [overHeadline(alerts)],
    todo: [],
    counts: alerts.length === 0 ? [] : [`It was about ${namesText(alerts)}.`, ...notReadOf(alerts)],
    times: [openSpanText(group.openedAt, new Date(Math.max(group.openedAt.getTime(), ...ends)), timezone)],
  };
};

/** @param open the alerts that are open, worst first: the first one leads */
export const groupWords = (
  group: GroupTimes,
  alerts: readonly Alert[],
  open: readonly Alert[],
  timezone: string,
): GroupWords => {
  const [lead] = open;
  if (lead === undefined) return overWords(group, alerts, timezone);
  const { cause, todo } = leadWords(lead, timezone);
  return {
    what: [openHeadline(open, lead), ...cause],
    todo,
    counts: countLines(alerts, open, timezone),
    times: [`Open since ${slackDate(group.openedAt, timezone)}.`, ...evidenceLine(lead, timezone)],
  };
};
