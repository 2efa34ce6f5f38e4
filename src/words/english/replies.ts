import { command, date, link, person, rich, type Span, type Spans } from "../../guide/rich-text.ts";
import { reasonOf } from "./alerts.ts";
import { EVENTS } from "./history.ts";
import { counted, listed, sentences } from "../values.ts";

/** Replies in an alert's thread. `name` is the alert's watch, or several watches with their count. */
export const replies = {
  newProblem: (name: Spans, happened: string): Spans => rich`${name}: ${happened}.`,
  cameBack: (name: Spans, happened: string): Spans => rich`${name}: the problem came back (${happened}).`,
  cameBackAndStays: (name: Spans, happened: string): Spans =>
    rich`${name}: the problem came back and is still not fixed (${happened}).`,
  worse: (name: Spans, happened: string): Spans => rich`${name} got worse: ${happened}.`,
  /** For a token that approaches its expiry. */
  daysLeft: (name: Spans, left: string): Spans => rich`${name}: ${left} left.`,
  /** When the exact time is not known. */
  atMost: (left: string): string => `${left} or less`,
  better: (name: Spans, happened: string): Spans => rich`${name} improved, but is not fixed. It is now ${happened}.`,
  snoozeOver: (name: Spans, happened: string): Spans =>
    rich`The snooze ended. ${name} is still not fixed: ${happened}.`,
  stillNotFixed: (name: Spans, happened: string, since: Date): Spans =>
    rich`Still not fixed: ${name} (${happened}), alert open since ${date(since)}.`,
  fixed: (name: Spans): Spans => rich`${name}: fixed.`,
  lastDay: (name: Spans, end: Date | undefined): Spans =>
    end === undefined ? rich`Last day: ${name} expires soon.` : rich`Last day: ${name} expires ${date(end)}.`,
  openSince: (since: Date): Spans => rich`Alert open since ${date(since)}.`,
  checksFail: (name: Spans): Spans => rich`Checks of ${name} keep failing.`,
  partlyChecked: (name: Spans): Spans => rich`${name} is not fully checked.`,
  /** The checks succeed again when Slack gets the reply. */
  noCheckAt: (name: Spans, at: Date): Spans => rich`No check of ${name} succeeded for some time, until ${date(at)}.`,
  showsNewAnswer: rich`The alert above shows a newer answer from Meta.`,
  showsLastAnswer: rich`The alert above shows the last answer from Meta. Its steps still apply.`,
  unwatched: (name: Spans): Spans =>
    rich`${name} was removed from the watchlist. The problem may still exist, and this bot no longer checks the token.`,
  escalated: (name: Spans, waited: string | undefined): Spans =>
    waited === undefined
      ? rich`Escalated to on-call: nobody responded to ${name}.`
      : rich`Escalated to on-call: nobody responded to ${name} within ${waited}.`,
  /** `isReminded`: true for an alert that gets reminders while nobody responds. */
  taken: (name: Spans, by: string | null, isReminded: boolean): Spans =>
    sentences(rich`Taken by ${who(by)}: ${name}.`, isReminded ? rich`No more reminders unless it gets worse.` : []),
  givenBack: (name: Spans, by: string | null, isReminded: boolean): Spans =>
    sentences(
      rich`${name} is open again: ${who(by)} undid the acknowledgement.`,
      isReminded ? rich`${REMINDERS_CONTINUE}` : [],
    ),
  snoozed: (name: Spans, by: string | null): Spans => rich`Snoozed by ${who(by)}: ${name}.`,
  snoozedUntil: (name: Spans, by: string | null, until: Date, reason: string): Spans =>
    rich`Snoozed by ${who(by)}: ${name}, until ${date(until)}. ${reasonOf(reason)}`,
  snoozeEnded: (name: Spans, by: string | null, isReminded: boolean): Spans =>
    sentences(rich`Snooze ended by ${who(by)}: ${name}.`, isReminded ? rich`${REMINDERS_CONTINUE}` : []),
  checkedNotFixed: (name: Spans, by: string | null, happened: string): Spans =>
    rich`Checked by ${who(by)}: ${name} is still not fixed (${happened}).`,
  checkedNoAnswer: (name: Spans, by: string | null): Spans =>
    rich`Checked by ${who(by)}: Meta did not answer about ${name}.`,
  openTheAlert: (url: string): Spans => rich`${link("Open the alert", url)}`,
};

/** Replies about many alerts, one sentence each. `names` contains their count and their names. */
export const groupReplies = {
  first: (names: Spans): Spans => rich`New problem: ${names}.`,
  not_checked: (names: Spans): Spans => rich`Could not be checked: ${names}.`,
  reminder: (names: Spans): Spans => rich`Still not fixed: ${names}.`,
  reopened: (names: Spans): Spans => rich`The problem came back: ${names}.`,
  lasts: (names: Spans): Spans => rich`The problem came back and is still not fixed: ${names}.`,
  worse: (names: Spans): Spans => rich`Got worse: ${names}.`,
  last_day: (names: Spans): Spans => rich`Last day: ${names}.`,
  snooze_over: (names: Spans): Spans => rich`The snooze ended, still not fixed: ${names}.`,
  better: (names: Spans): Spans => rich`Improved, but not fixed: ${names}.`,
  stale: (names: Spans, since: Date | undefined, next: Spans): Spans =>
    sentences(
      since === undefined
        ? rich`Not fully checked for some time: ${names}.`
        : rich`No check has succeeded since ${date(since)}: ${names}.`,
      next,
    ),
  recovered: (names: Spans): Spans => rich`Fixed: ${names}.`,
  rotated: (names: Spans): Spans => rich`${EVENTS.rotated}: ${names}.`,
  unwatched: (names: Spans): Spans => rich`${EVENTS.unwatched}: ${names}.`,
  escalated: (names: Spans): Spans => rich`Escalated to on-call, because nobody responded: ${names}.`,
  acknowledged: (names: Spans, by: string | null): Spans => rich`Taken by ${who(by)}: ${names}.`,
  unacknowledged: (names: Spans, by: string | null): Spans => rich`Acknowledgement undone by ${who(by)}: ${names}.`,
  snoozed: (names: Spans, by: string | null, snooze: { readonly until: Date; readonly reason: string } | null): Spans =>
    snooze === null ? replies.snoozed(names, by) : replies.snoozedUntil(names, by, snooze.until, snooze.reason),
  unsnoozed: (names: Spans, by: string | null): Spans => rich`Snooze ended by ${who(by)}: ${names}.`,
  checked: (names: Spans, by: string | null, answered: boolean): Spans =>
    answered
      ? rich`Checked by ${who(by)}, still not fixed: ${names}.`
      : rich`Checked by ${who(by)}, no answer from Meta: ${names}.`,
};

const REMINDERS_CONTINUE = "Reminders continue.";

/** Private replies to a button press. */
export const pressReplies = {
  title: "Alert",
  notInWatchlistOne: (name: Span): Spans => rich`${name} is not in this bot's watchlist.`,
  checkedMomentAgo: (name: Span, seconds: number): Spans =>
    rich`${name} was checked a moment ago. Try again in ${counted(seconds, "second")}.`,
  checkingOne: (name: Span): Spans => rich`Checking ${name}… This takes a few seconds.`,
  unknownAlert: rich`This bot no longer knows this alert. See ${command("status")}.`,
  unknownAlerts: rich`This bot no longer knows these alerts. See ${command("status")}.`,
  noneOpen: rich`None of the alerts in this message is open now. Nothing was changed.`,
  ended: (name: Span, at: Date): Spans => rich`${name}: this alert ended ${date(at)}. Nothing was changed.`,
  youTookIt: (name: Span, at: Date): Spans => rich`${name}: you already acknowledged it, ${date(at)}.`,
  takenBy: (name: Span, by: string, at: Date): Spans =>
    rich`${name}: ${person(by)} already acknowledged it, ${date(at)}.`,
  allTaken: (byYou: boolean, others: readonly string[]): Spans =>
    rich`All of them are already acknowledged, by ${listed([...(byYou ? [rich`you`] : []), ...others.map((id) => rich`${person(id)}`)], MOST_PEOPLE)}.`,
  nothingToUndo: (name: Span): Spans => rich`${name} is not acknowledged, so there is nothing to undo.`,
  allUndone: rich`None of these alerts has this acknowledgement any more, so there is nothing to undo.`,
  nothingToEnd: (name: Span): Spans => rich`${name} is not snoozed, so there is nothing to end.`,
  allEndedSnooze: rich`None of these alerts has this snooze any more, so there is nothing to end.`,
  tryAgain: rich`Nothing was changed. Please try again.`,
  tryAgainFor: (name: Span): Spans => rich`${name}: nothing was changed. Please try again.`,
  busy: (name: Span): Spans => rich`${name} is being checked right now. The alert will show the result.`,
  limited: (name: Span): Spans =>
    rich`${name} cannot be checked now: Meta limits the calls of its app. The bot checks again when the limit ends.`,
  failed: (name: Span): Spans =>
    rich`${name} could not be checked: this bot had a problem. It tries again automatically.`,
  noAnswer: (name: Span, failure: Spans): Spans => rich`${name} could not be checked now. ${failure}`,
  noAnswerYet: (name: Span): Spans => rich`${name}: Meta has not answered yet.`,
  found: (name: Span, heading: string, cause: Spans, at: Date): Spans =>
    sentences(rich`${name}: ${heading}.`, cause, rich`Checked ${date(at)}.`),
  notInWatchlist: rich`None of these tokens is in this bot's watchlist.`,
  checkedJustNow: rich`All of these tokens were checked a moment ago. Try again in 30 seconds.`,
  checkRuns: rich`These tokens are being checked right now.`,
  checking: (count: number, of: number): Spans =>
    rich`Checking ${count === of ? counted(of, "token") : `${count} of ${counted(of, "token")}`}, one after the other… This takes a while.`,
  checked: (count: number, of: number, results: string): Spans =>
    rich`Checked ${String(count)} of ${counted(of, "token")}: ${results}.`,
  healthy: (count: number): string => `${count} healthy`,
  notFixed: (count: number): string => `${count} still not fixed`,
  unanswered: (count: number): string => `${count} without an answer from Meta`,
  skipped: (count: number): string => `${count} not checked (another check is running, or this bot had a problem)`,
  pressAgain: (left: number): Spans => rich`Press again to check the other ${String(left)}.`,
};

/** The snooze form. */
export const snoozeForm = {
  titleOne: "Snooze this alert",
  titleAll: "Snooze all",
  aboutOne: (name: Span): Spans => rich`${noReminders(rich`${name}`)} The snooze ends early if the problem gets worse.`,
  aboutAll: (count: number): Spans =>
    rich`${noReminders(rich`${counted(count, "open alert")}`)} A snooze ends early if its problem gets worse. This replaces earlier snoozes.`,
  replaces: rich`Your snooze replaces this one.`,
  howLong: "For how long",
  reason: "Reason",
  reasonHint: "Everyone in the channel can read it, also in status and Home. Never put a token here.",
  snooze: "Snooze",
  cancel: "Cancel",
  hours: (count: number): string => counted(count, "hour"),
  days: (count: number): string => counted(count, "day"),
  untilTomorrow: (time: string): string => `Until tomorrow, ${time}`,
  noTime: "Choose a time.",
  timePassed: "That time has passed. Choose another one.",
  noReason: "Enter a reason. Other people will see it.",
  secretReason: "This looks like a token or secret. The bot did not save it, but Slack has seen it: replace it.",
  longReason: (most: number): string => `Use at most ${most} characters.`,
};

const NO_REMINDERS = "no reminders until a time";
const LATEST = "the latest one, for all its alerts";

/** Buttons of an alert, a group and a list. Screen readers read the label. */
export const buttons = {
  acknowledge: { text: "Acknowledge", label: "Acknowledge: you take it" },
  acknowledgeAll: { text: "Acknowledge all", label: "Acknowledge all: you take them" },
  undo: { text: "Undo acknowledgement", label: "Undo acknowledgement: nobody has taken it then" },
  undoLatest: { text: "Undo acknowledgement", label: `Undo acknowledgement: ${LATEST}` },
  snooze: { text: "Snooze…", label: `Snooze: ${NO_REMINDERS}` },
  snoozeAll: { text: "Snooze all…", label: `Snooze all: ${NO_REMINDERS}` },
  changeSnooze: { text: "Change snooze…", label: "Change snooze" },
  endSnooze: { text: "End snooze", label: "End snooze: the alert is open as before" },
  endLatestSnooze: { text: "End snooze", label: `End snooze: ${LATEST}` },
  check: { text: "Check now", label: "Check now: ask Meta about this token" },
  checkAll: { text: "Check all now", label: "Check all now: ask Meta about these tokens" },
  guide: { text: "Open guide", label: "Open guide: how to fix this" },
};

/** The most people named in one sentence. */
const MOST_PEOPLE = 5;

function noReminders(what: Spans): Spans {
  return rich`No reminders for ${what} until the time you choose.`;
}

function who(by: string | null): Spans {
  return by === null ? rich`somebody` : rich`${person(by)}`;
}
