import type { Alert, Standing } from "../../alert/alert.ts";
import { LONGEST_REASON } from "../../alert/respond.ts";
import { command, date, label, person, rich, type Span, type Spans } from "../../guide/rich-text.ts";
import type { DegradingCode, FindingCode, State } from "../../token/findings/finding.ts";
import type { TokenIdentity } from "../../token/inspection.ts";
import { capital } from "../joined.ts";
import { coded, counted, foreign, listed, named } from "../values.ts";
import { RESTART } from "./revoked.ts";
import { notFullyChecked, states } from "./states.ts";

/** The sentences of an alert, from the headline to the small print. */
export const alerts = {
  sign: (standing: Standing): string => SIGNS[standing],
  /** "🔴 orders-prod: token revoked" */
  headline: (standing: Standing | "unwatched", name: string, happened: string): Spans =>
    rich`${SIGNS[standing]} ${named(`${named(name, LONGEST_SUBJECT).text}: ${happened}`, LONGEST_HEADLINE)}`,

  /** "✅ Fixed: all 12 tokens are healthy" */
  overHeadline: (said: string): Spans => rich`${SIGNS.over} ${named(said, LONGEST_HEADLINE)}`,

  /** The state in a list: "revoked", "not checked". */
  stateWord: (state: State): string => states[state].toLowerCase(),
  tokenIs: (state: State): string => `token ${states[state].toLowerCase()}`,
  /** The cause of a degraded token. The token itself may work, so the headline names the cause and not the state. */
  degradedBy: {
    wrong_app: "token of another app",
    app_blocked: "app blocked by Meta",
    scope_missing: "permission missing",
    phone_unreachable: "phone number not reachable",
    waba_unreachable: "WhatsApp account not reachable",
    sending_blocked: "Meta blocks sending",
  } satisfies Record<DegradingCode, string> as Partial<Record<FindingCode, string>>,
  notChecked: "could not be checked",
  notCheckedWord: "not checked",
  appBlocked: "app blocked by Meta",
  blockedWord: "app blocked",
  notFullyChecked: notFullyChecked.toLowerCase(),
  fixed: "fixed",
  unwatched: "no longer watched",

  /** `tokens`: how many tokens a sentence is about. */
  cannotSend: (consumers: readonly string[], tokens: number): Spans =>
    rich`${users(consumers, tokens)} cannot send WhatsApp messages.`,
  mayNotSend: (consumers: readonly string[], tokens: number): Spans =>
    rich`${users(consumers, tokens)} may be unable to send WhatsApp messages.`,
  /** "after" fits every form in which Slack writes a date, also "tomorrow 8:00 AM". */
  willStop: (consumers: readonly string[], end: Date, tokens: number): Spans =>
    rich`${users(consumers, tokens)} will be unable to send WhatsApp messages after ${date(end)}.`,
  willStopSoon: (consumers: readonly string[], tokens: number): Spans =>
    rich`${users(consumers, tokens)} will be unable to send WhatsApp messages when ${tokens === 1 ? "the token expires" : "the tokens expire"}.`,
  mayStop: (consumers: readonly string[], tokens: number): Spans =>
    rich`${users(consumers, tokens)} may become unable to send WhatsApp messages at any time.`,
  /** No check succeeds, and the last answer, if any, was good. */
  cannotWatch: (consumers: readonly string[], tokens: number): Spans =>
    rich`This bot cannot watch ${tokens === 1 ? "the token" : "these tokens"} now. ${users(consumers, tokens)} may still work.`,

  /** Meta answered for the token, but not every configured ID was read. */
  isAlive: (tokens: number): Spans => (tokens === 1 ? rich`The token works.` : rich`The tokens work.`),
  noAnswerYet: rich`No check of this token has succeeded yet.`,
  lastAnswer: (word: string, seen: Spans): Spans => rich`Last answer from Meta: ${word}. ${seen}`,
  failingSince: (since: Date, failure: Spans): Spans => rich`Checks have failed since ${date(since)}: ${failure}`,
  cannotRead: (source: string, problem: string): Spans =>
    rich`The bot cannot read the token from ${coded(source, LONGEST_SOURCE)}: ${foreign(problem, LONGEST_PROBLEM)}`,
  lastAnswerAt: (at: Date): Spans => rich`Last answer from Meta: ${date(at)}.`,
  moreFindings: (more: number): Spans => rich`${counted(more, "more problem")}: see ${command("status")}.`,
  daysLeft: (left: string): Spans => rich`The token had ${left} left at the last check.`,

  whatToDo: rich`What to do:`,
  step: (number: number, step: Spans): Spans => rich`${String(number)}. ${step}`,
  todo: (steps: Spans): Spans => rich`What to do: ${steps}`,
  saveIn: (source: string): Spans =>
    rich`Save the new token in ${coded(source)}. This bot reads it there too. ${RESTART}`,
  /** Each token in a group has its own place. */
  saveEach: rich`Save each new token where its app and this bot read it. Restart each app that reads its token only at start.`,
  /** Where renewals from Slack are on, this step replaces the steps that only create a token. */
  renew: rich`Press ${label("Renew…")}, or ask an admin to do it.`,
  /** A group has one menu, and each token has its own renewal. */
  renewEach: rich`Use ${label("Renew…")} for each watch, or ask an admin to do it.`,
  /** For a person without the button. */
  askToRenew: rich`Ask an admin to press ${label("Renew…")}.`,
  followRenewal: rich`Follow the steps in the renewal's message.`,
  confirm: rich`Press ${label("Check now")} to confirm.`,
  confirmAll: rich`Press ${label("Check all now")} to confirm.`,
  afterwards: (steps: Spans): Spans => rich`Afterwards: ${steps}`,

  tokenReplaced: rich`The token was replaced.`,
  checkedAgain: rich`Meta answers again, and the token works.`,
  healthyAgain: rich`The token works again.`,
  leftWatchlist: rich`It was removed from the watchlist. The problem may still exist.`,
  tokenEnds: (end: Spans): Spans => rich`Token expires: ${end}.`,
  tokenEndsNow: (end: Spans, before: Spans): Spans => rich`Token expires: ${end}. Old expiry: ${before}.`,
  never: rich`never`,
  notKnown: rich`not known`,
  wasNeverRead: (id: Spans, reason: Spans): Spans => rich`${id} has never been checked: ${reason}.`,
  notReadSince: (id: Spans, since: Date, reason: Spans): Spans =>
    rich`${id} has not been checked since ${date(since)}: ${reason}.`,
  triedBy: (id: Spans, at: Date, call: Spans): Spans => rich`${id}: tried ${date(at)} by ${call}.`,
  cameBack: (times: number, since: Date): Spans =>
    rich`This problem was fixed and came back ${times === 1 ? "once" : `${times} times`} since ${date(since)}.`,

  wasEscalated: (at: Date): Spans => rich`It was escalated to on-call ${date(at)}, because nobody responded.`,
  escalated: (at: Date): Spans => rich`Escalated to on-call ${date(at)}: nobody responded.`,
  taken: (by: string, at: Date): Spans => rich`Taken by ${person(by)}, ${date(at)}.`,
  snoozed: (by: string, until: Date, reason: string): Spans =>
    rich`Snoozed by ${person(by)} until ${date(until)}. ${reasonOf(reason)}`,
  lastChecked: (by: string, at: Date): Spans => rich`Last checked by ${person(by)}, ${date(at)}.`,

  fact: (name: string, value: Spans): Spans => rich`${name}: ${value}`,
  facts: {
    phone: "Phone number",
    waba: "WhatsApp account",
    usedBy: "Used by",
    owner: "Owner",
    ends: "Expires",
    plannedEnd: "Planned expiry",
    token: "Token",
    readFrom: "Read from",
  },
  owner: (id: string): Spans => rich`${person(id)}`,
  /** A mention would notify the owner, and a bare ID says nothing. The private status shows the owner's name. */
  quietOwner: (watch: string): Spans => rich`not notified for warnings, see ${command(`status ${named(watch).text}`)}`,
  nameAndId: (name: string | null, id: string): Spans =>
    name === null
      ? rich`ID ${foreign(id, LONGEST_VALUE)}`
      : rich`${foreign(name, LONGEST_VALUE)} (ID ${foreign(id, LONGEST_VALUE)})`,
  phoneNumber: (id: Spans): Spans => rich`Phone number ${id}`,
  account: (name: Spans): Spans => rich`WhatsApp account ${name}`,
  /** Identifies the token's value without showing it. Without an ellipsis, because a phone breaks the line after one. */
  identity: ({ tail, fingerprint }: TokenIdentity): Spans =>
    tail === ""
      ? rich`not shown: ${fingerprint === "" ? "too short to be a token" : `not a token, fingerprint ${fingerprint}`}`
      : rich`ends in ${tail}, fingerprint ${fingerprint}`,

  /** One line of a list: the name, the state and people's responses. */
  listItem: (name: Span, remarks: readonly Spans[]): Spans => rich`${name}: ${commas(remarks)}.`,
  sentence: (text: Spans): Spans => rich`${text}.`,
  usedBy: (consumers: Spans): Spans => rich`Used by ${consumers}.`,
  takenBy: (by: string): Spans => rich`taken by ${person(by)}`,
  snoozedBy: (by: string): Spans => rich`snoozed by ${person(by)}`,
  cameBackWord: (times: number): Spans => rich`came back ${times === 1 ? "once" : `${times} times`}`,

  /**
   * The alert may have become critical after it opened, so the date does not belong to the severity.
   * @param failed how long checks had failed when the alert opened
   * @param state the token's state, if the headline does not name it
   */
  openSince: (severity: Alert["severity"], at: Date, failed?: string, state?: State): Spans =>
    rich`Alert open since ${date(at)}${failed === undefined ? "" : `, after ${failed} without a successful check`}, severity ${severity}${state === undefined ? "" : `, token state ${states[state].toLowerCase()}`}`,
  openFromTo: (from: Date, to: Date, span: string): Spans => rich`Open from ${date(from)} to ${date(to)} (${span}).`,
  seenBy: (at: Date, call: Spans): Spans => rich`Seen ${date(at)} by ${call}.`,
  seenByShape: (at: Date): Spans => capital(seenInValue(at)),
};

/** A person's own words, so in quotes. */
export function reasonOf(reason: string): Spans {
  return rich`Reason: “${foreign(reason, LONGEST_REASON)}”`;
}

/** No call was made for a value that cannot be a token. */
export function seenInValue(at: Date): Spans {
  return rich`seen ${date(at)} in the value itself. No call was made.`;
}

/** `unwatched`: the alert ended, and the problem may still exist. */
const SIGNS: Readonly<Record<Standing | "unwatched", string>> = {
  critical: "🔴",
  warning: "🟠",
  over: "✅",
  unwatched: "⚪",
};

const LONGEST_HEADLINE = 140;

/** Leaves space for what happened, even after a long name. */
const LONGEST_SUBJECT = 90;
const LONGEST_VALUE = 60;
const LONGEST_SOURCE = 120;
const LONGEST_PROBLEM = 300;
const LONGEST_CONSUMER = 60;
const MOST_CONSUMERS = 4;

function commas(parts: readonly Spans[]): Spans {
  return parts.flatMap((part, index) => (index === 0 ? part : [...rich`, `, ...part]));
}

/** "checkout and crm"; without names, the apps in general. */
function users(consumers: readonly string[], tokens: number): Spans {
  if (consumers.length === 0) return rich`Apps that use ${tokens === 1 ? "this token" : "these tokens"}`;
  return listed(
    consumers.map((consumer): readonly Span[] => [foreign(consumer, LONGEST_CONSUMER)]),
    MOST_CONSUMERS,
  );
}
