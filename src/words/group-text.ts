import type { Spans } from "../guide/rich-text.ts";
import { describeSpan } from "../token/duration.ts";
import { tellingFindings } from "../token/telling.ts";
import { isAboutIds, isUnanswered } from "../token/known.ts";
import { isPartlyChecked } from "../token/unread.ts";
import type { Alert, Standing } from "../alert/alert.ts";
import { stateWord } from "./alert-line.ts";
import { sharedSteps } from "./alert-steps.ts";
import { failureText } from "./fact-text.ts";
import { cutSpans } from "./cut-spans.ts";
import { findingSentence } from "./finding-words.ts";
import { impactText } from "./impact.ts";
import { listedWithin } from "./listed-within.ts";
import { unreadTexts } from "./unread-text.ts";
import { named } from "./values.ts";
import { words } from "./words.ts";
import { alertsByName } from "./worst-first.ts";

/** A message about many alerts in sentences, without the list of its alerts. */
export interface GroupText {
  readonly standing: Standing;
  readonly headline: Spans;
  /** What the alerts break, in one sentence; empty when that is not known. */
  readonly impact: Spans;
  /** The cause, one line each. */
  readonly cause: readonly Spans[];
  /** The steps, one line each. */
  readonly steps: readonly Spans[];
  /** How many alerts are fixed, taken and snoozed, and who checked last; one line each. */
  readonly counts: readonly Spans[];
  /** Since when the group is open, and the evidence. */
  readonly times: readonly Spans[];
}

/** When a group opened, and when its last alert moved to another message; null while the group shows any alert. */
export interface GroupTimes {
  readonly openedAt: Date;
  readonly leftAt: Date | null;
}

/**
 * @param open the open alerts, worst first; the first one provides the cause and the steps
 * @param renews true when renewals from Slack are on
 */
export function groupText(
  group: GroupTimes,
  alerts: readonly Alert[],
  open: readonly Alert[],
  renews = false,
): GroupText {
  const [lead] = open;
  if (lead === undefined) return overText(group, alerts);
  const { openSince } = open.length === 1 ? words.alerts : words.groups;
  return {
    standing: lead.severity,
    headline: words.alerts.headline(lead.severity, ...openHeadline(open, lead)),
    impact: impactText(open),
    cause: groupCause(lead, open),
    steps: sharedSteps(lead, renews),
    counts: countTexts(alerts, open),
    times: [words.alerts.sentence(openSince(lead.severity, group.openedAt)), ...evidenceTexts(lead)],
  };
}

/** The cause from one alert, for all alerts that share it; one line each. */
export function sharedCause(lead: Alert): readonly Spans[] {
  const { verdict, failing } = lead;
  if (verdict !== null && isAboutIds(lead)) return unreadTexts(verdict);
  if (verdict === null || isUnanswered(lead))
    return failing === null ? [] : [words.alerts.failingSince(failing.since, failureText(failing.failure))];
  const [first] = tellingFindings(verdict);
  return first === undefined ? [] : [cutSpans(findingSentence(first, verdict), LONGEST_CAUSE)];
}

/** The cause for a whole group: one sentence for all tokens if it fits all, else the cause of the worst, with its name. */
function groupCause(lead: Alert, open: readonly Alert[]): readonly Spans[] {
  const own = sharedCause(lead);
  // Each token has its own source; other failures and their reasons are the same for all.
  const isShared = lead.failing?.failure.kind !== "unreadable" && (isUnanswered(lead) || isAboutIds(lead));
  if (open.length === 1 || isShared) return own;
  const shared = isUnanswered(lead) ? undefined : causeOfEach(open);
  if (shared !== undefined) return [shared];
  return own.map((said) => words.groups.causeOf([named(lead.card.name)], said));
}

/** "Each token was revoked." Undefined when the tokens have different causes, or details of their own. */
export function causeOfEach(open: readonly Alert[]): Spans | undefined {
  const [cause, ...others] = new Map(open.map(leadingCause).map((said) => [JSON.stringify(said), said])).values();
  return open.length === 1 || cause === undefined || others.length > 0 ? undefined : cutSpans(cause, LONGEST_CAUSE);
}

function leadingCause({ verdict }: Alert): Spans | undefined {
  const [first] = verdict === null ? [] : tellingFindings(verdict);
  return first === undefined || first.notRecheckedSince !== null ? undefined : words.groups.sharedCause(first);
}

/**
 * How many alerts are fixed, taken and snoozed, and who checked last; one line each. Empty when all alerts are over.
 */
export function countTexts(alerts: readonly Alert[], open: readonly Alert[]): readonly Spans[] {
  const { groups } = words;
  if (open.length === 0) return [];
  const over = alerts.filter(({ resolvedAt }) => resolvedAt !== null);
  const isUnwatched = over.some(({ resolution }) => resolution === "unwatched");
  const checked = latestOf(open.flatMap((alert) => alert.checked ?? []));
  return [
    ...(over.length === 0 ? [] : [groups.over(isUnwatched ? "Ended" : "Fixed", over.length, alerts.length)]),
    ...takenTexts(open),
    ...snoozedTexts(open),
    ...(checked === undefined ? [] : [words.alerts.lastChecked(checked.by, checked.at)]),
  ];
}

/** The latest action; undefined when there is none. */
export function latestOf<T extends { readonly at: Date }>(deeds: readonly T[]): T | undefined {
  return deeds.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0];
}

const LONGEST_CAUSE = 450;

/** In characters, for the names in a group that is over. */
const ROOM_FOR_NAMES = 1_000;

/** The subject of the group, and what happened or why: "12 tokens of the app Orders (ID 1000…)", "revoked". */
function openHeadline(open: readonly Alert[], lead: Alert): [subject: string, happened: string] {
  const { groups } = words;
  const tokens = groups.tokens(open.length, appText(open));
  if (isAboutIds(lead)) return [tokens, words.alerts.notFullyChecked];
  if (lead.verdict === null || isUnanswered(lead)) {
    const [kind, ...kinds] = new Set(open.flatMap(({ failing }) => failing?.failure.kind ?? []));
    const failure = kind === undefined || kinds.length > 0 ? groups.differentFailures : groups.failures[kind];
    // Meta may refuse two apps at once.
    const isOfApp = kind === "misconfigured" || kind === "app_blocked";
    const app = isOfApp && kinds.length === 0 && lead.card.appId !== undefined ? groups.ofThisApp(lead.card.appId) : "";
    return [groups.notChecked(open.length), `${failure}${app}`];
  }
  return [tokens, statesText(open)];
}

/** "revoked", or "40 revoked, 5 degraded". */
function statesText(open: readonly Alert[]): string {
  const counts = [...Map.groupBy(open, stateWord)];
  const [only, ...others] = counts;
  if (only !== undefined && others.length === 0) return only[0];
  return counts.map(([word, alerts]) => words.groups.countOf(alerts.length, word)).join(", ");
}

/** " of the app Orders (ID 100000000000042)", when all tokens belong to one app. */
function appText(alerts: readonly Alert[]): string {
  const [id, ...others] = new Set(alerts.map(({ card, verdict }) => card.appId ?? verdict?.token?.appId ?? null));
  if (id === undefined || id === null || others.length > 0) return "";
  const name = alerts.find(({ verdict }) => verdict?.token?.appName)?.verdict?.token?.appName ?? null;
  return words.groups.ofApp(name, id);
}

function overText(group: GroupTimes, alerts: readonly Alert[]): GroupText {
  const { groups } = words;
  const ends = [group.leftAt ?? [], alerts.flatMap(({ resolvedAt }) => resolvedAt ?? [])].flat().map(Number);
  const to = new Date(Math.max(group.openedAt.getTime(), ...ends));
  const partly = alerts.filter(({ verdict }) => verdict !== null && isPartlyChecked(verdict));
  return {
    standing: "over",
    headline: words.alerts.overHeadline(overHeadline(alerts, partly.length)),
    impact: [],
    cause: [
      ...(alerts.length === 0 ? [] : [groups.itWasAbout(namesText(alerts))]),
      ...(partly.length === 0 ? [] : [groups.notFullyCheckedNames(namesText(partly))]),
    ],
    steps: [],
    counts: [],
    times: [words.alerts.openFromTo(group.openedAt, to, describeSpan(to.getTime() - group.openedAt.getTime()))],
  };
}

function overHeadline(alerts: readonly Alert[], partly: number): string {
  const { groups } = words;
  if (alerts.length === 0) return groups.allMoved;
  const unwatched = alerts.filter(({ resolution }) => resolution === "unwatched").length;
  const fixed = alerts.length - unwatched;
  const app = appText(alerts);
  if (unwatched > 0) return groups.someUnwatched(fixed, app, unwatched);
  return partly === 0 ? groups.fixedAll(fixed, app) : groups.fixedAllPartly(fixed, app, partly);
}

function namesText(alerts: readonly Alert[]): Spans {
  return listedWithin(
    alertsByName(alerts).map(({ card }) => [named(card.name)]),
    ROOM_FOR_NAMES,
  );
}

/** The evidence comes from one watch, so the line names that watch. */
function evidenceTexts(lead: Alert): readonly Spans[] {
  const { groups, results } = words;
  const { verdict, failing, card } = lead;
  const name = [named(card.name)];
  if (verdict !== null && !isUnanswered(lead)) {
    const { evidence, checkedAt } = verdict;
    if (evidence === null) return [groups.seenByShape(name, checkedAt)];
    return [groups.seenBy(name, evidence.at, results.evidence.call(evidence))];
  }
  const tried = failing?.failure.evidence ?? null;
  return tried === null ? [] : [words.alerts.triedBy(name, tried.at, results.evidence.call(tried))];
}

/** Shows the time of the latest acknowledgement. */
function takenTexts(open: readonly Alert[]): readonly Spans[] {
  const taken = open.flatMap(({ acknowledged }) => acknowledged ?? []);
  const last = latestOf(taken);
  if (last === undefined) return [];
  const people = taken.map(({ by }) => by);
  const isAtOnce = taken.every(({ at }) => at.getTime() === last.at.getTime());
  return [words.groups.taken(people, taken.length, open.length, last.at, isAtOnce)];
}

/** Shows the end and the reason when all alerts were snoozed at once. */
function snoozedTexts(open: readonly Alert[]): readonly Spans[] {
  const { groups } = words;
  const snoozes = open.flatMap(({ snoozed }) => snoozed ?? []);
  const [first] = snoozes;
  if (first === undefined) return [];
  const people = snoozes.map(({ by }) => by);
  const isAtOnce = snoozes.every(({ by, at }) => by === first.by && at.getTime() === first.at.getTime());
  return [
    isAtOnce
      ? groups.snoozedUntil(people, snoozes.length, open.length, first.until, first.reason)
      : groups.snoozed(people, snoozes.length, open.length),
  ];
}
