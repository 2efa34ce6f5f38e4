import { bold, code, command, date, person, rich, type Spans } from "../../guide/rich-text.ts";
import { describeInterval, describeSpan } from "../../token/duration.ts";
import type { AppPace } from "../../watch/budget/app-pace.ts";
import type { Pace } from "../../watch/budget/pace.ts";
import type { ListKind } from "../../outbox/message.ts";
import { daysBar } from "../days-left.ts";
import { listedWithin } from "../listed-within.ts";
import { dotted } from "../joined.ts";
import { counted, foreign, grouped, named } from "../values.ts";
import { NO_CHECK_YET } from "./failures.ts";
import { place, placeWithId } from "./places.ts";

export const NONE_WATCHED = "This bot watches no token yet.";

/** The texts about watches in status, the Home and the digest. */
export const status = {
  placeWithId,

  /** The headline. */
  headline: {
    allWork: (total: number): Spans => (total === 1 ? rich`The token works` : rich`All ${grouped(total)} tokens work`),
    notChecked: (waiting: number, total: number): Spans =>
      rich`${grouped(waiting)} of ${counted(total, "token")} not checked yet`,
    attention: (count: number, total: number): Spans => {
      if (total === 1) return rich`The token needs attention`;
      return rich`${grouped(count)} of ${grouped(total)} tokens ${count === 1 ? "needs" : "need"} attention`;
    },
    openAlerts: (count: number): Spans => rich`${counted(count, "open alert")}`,
    /** The result of a search by a part of the name. */
    found: (count: number, part: string): Spans =>
      rich`${counted(count, "token")} with “${foreign(part, SHARES.name)}” in the name`,
  },

  noneWatched: (): Spans => rich`${NONE_WATCHED} Set WHATSAPP_ACCESS_TOKEN or WATCHLIST in its configuration.`,
  noneOpen: (): Spans => rich`No alert is open.`,
  seeAll: (): Spans => rich`To see every token, use ${command("status")}.`,
  hidden: (count: number): Spans => rich`${grouped(count)} more.`,
  /** All of a large number of tokens in one line. */
  counts: ({ total, attention, waiting, open }: Counts): Spans =>
    dotted(
      rich`${bold(grouped(total - attention - waiting))} work`,
      ...(attention === 0 ? [] : [rich`${bold(grouped(attention))} need attention`]),
      ...(waiting === 0 ? [] : [rich`${bold(grouped(waiting))} not checked yet`]),
      ...(open === 0 ? [] : [rich`${counted(open, "open alert")}`]),
    ),
  /** "Shown: 21 to 40 of 10,001, worst first." */
  shown: (from: number, to: number, total: number): Spans =>
    rich`Shown: ${grouped(from)} to ${grouped(to)} of ${grouped(total)}, worst first.`,
  find: (): Spans => rich`To find tokens, use ${command("status NAME")}, or type a part of the name.`,
  nextPage: "Next page",
  firstPage: "First page",
  showAll: (count: number): string => `Show all ${grouped(count)}`,
  findButton: "Find a token…",
  findForm: {
    title: "Find a token",
    submit: "Find",
    label: "Name",
    hint: "The name of a watch, or a part of it. Never type a token here.",
  },
  seeOne: (): Spans => rich`To see one token, use ${command("status NAME")}.`,
  seeOpen: (): Spans => rich`To see open alerts only, use ${command("status open")}.`,
  more: (count: number, words: string): Spans => rich`${grouped(count)} more: ${command(words)}`,

  /** "*orders*: ⏳ Expiring". */
  entry: (name: string, state: Spans): Spans => rich`${named(name, SHARES.name)}: ${state}`,
  /** "orders · ⏳ Expiring: works, and ends in 5 days": the title of the message about one watch. */
  title: (name: string, outcome: Spans): Spans => rich`${foreign(name, SHARES.name)} · ${outcome}`,
  asOf: (state: Spans, at: Date): Spans => rich`${state} (last answer from Meta ${date(at)})`,

  labels: {
    notRechecked: "not re-checked",
    acknowledged: "acknowledged",
    snoozed: "snoozed",
    critical: "critical alert open",
    open: "alert open",
  },

  end: {
    /** `bar`: for display. Texts for screen readers have no bar. */
    left: (leftMs: number, bar: boolean): Spans =>
      rich`${bar ? `${daysBar(leftMs)} ` : ""}${describeSpan(leftMs)} left`,
    leftUntil: (left: Spans, at: Date): Spans => rich`${left}, expires ${date(at)}`,
    expired: (at: Date, agoMs: number): Spans => rich`expired ${date(at)} (${describeSpan(agoMs)} ago)`,
    /** Meta still accepted the token at the last answer. */
    passed: (at: Date, agoMs: number): Spans => rich`expiry date passed ${date(at)} (${describeSpan(agoMs)} ago)`,
    planned: (at: Date): Spans => rich`planned expiry ${date(at)}`,
    never: (): Spans => rich`never expires`,
    hadNone: (): Spans => rich`had no expiry`,
    notKnown: (): Spans => rich`expiry date not known`,
  },

  noAnswerYet: (): Spans => rich`${NO_CHECK_YET}`,
  nextCheck: (at: Date): Spans => rich`next check ${date(at)}`,
  /** `next`: null when the next check is due. */
  checked: (at: Date, next: Date | null): Spans =>
    next === null ? rich`Checked ${date(at)}, next check is due` : rich`Checked ${date(at)}, next ${date(next)}`,
  nextCheckNow: (): Spans => rich`next check is due`,
  failing: (since: Date, tries: number, message: string, max: number): Spans =>
    rich`No check has succeeded since ${date(since)} (${counted(tries, "try", "tries")}): ${foreign(message, max)}`,

  alert: {
    held: (until: Date): Spans => rich`Quiet hours hold the alert back until ${date(until)}`,
    escalated: (at: Date): Spans => rich`Escalated ${date(at)}: nobody responded`,
    notEscalatedYet: (said: Spans): Spans => rich`${said}. Slack does not have the escalation yet`,
    refusedEscalation: (said: Spans, where: Spans, error: string): Spans =>
      rich`${said}. ${where} refused the escalation: ${foreign(error, SHARES.refusal)}`,
    acknowledged: (by: string, at: Date): Spans => rich`Acknowledged by ${person(by)}, ${date(at)}`,
  },

  remarks: {
    notChecked: (why: string, max: number): Spans => rich`The bot does not check this token: ${foreign(why, max)}`,
    undelivered: (where: Spans, error: string, retryAt: Date): Spans =>
      rich`Alert not delivered to ${where}: ${foreign(error, SHARES.refusal)}. Next try ${date(retryAt)}`,
    notListed: (): Spans => rich`Not in the watchlist of this bot`,
    source: (note: string, max: number): Spans => [foreign(note, max)],
  },

  card: {
    readFrom: (source: string): Spans => rich`${bold("Read from")} ${foreign(source, SHARES.source)}`,
    usedBy: (consumers: readonly string[]): Spans =>
      rich`${bold("Used by")} ${listedWithin(
        consumers.map((consumer) => [foreign(consumer, SHARES.name)]),
        SHARES.consumers,
      )}`,
    owner: (id: string): Spans => rich`${bold("Owner")} ${person(id)}`,
    channel: (id: string): Spans => rich`${bold("Alerts go to")} ${place(id)}`,
    check: "Check this one",
    checkLabel: "Check this one: opens the form with this watch",
  },

  troubles: {
    fleet: (name: string, message: string): Spans => rich`⚠️ ${bold("Fleet")} ${named(name)}: ${message}`,
    /** Meta's limit for one Meta app holds its checks back. */
    pace: ({ app, watches, intervalMs }: AppPace, pace: Exclude<Pace, { kind: "normal" }>): Spans => {
      const tokens = watches === 1 ? "its token" : `its ${counted(watches, "token")}`;
      const limit = rich`⚠️ ${bold("Meta's limit")} for the app ${code(app)}`;
      switch (pace.kind) {
        case "paused":
          return rich`${limit} is reached. The bot does not check ${tokens} until ${date(pace.until)}`;
        case "trying":
          return rich`${limit} was ${pace.after === "pause" ? "reached" : "near more than an hour ago"}. The bot checks one token, and the others when Meta answers`;
        case "reduced":
          return rich`${limit} is near: ${String(pace.percent)} % of it is used. It allows a check of ${tokens} ${describeInterval(intervalMs ?? 0)}. New and expiring tokens, and those with a new problem, come first`;
      }
    },
    moreApps: (count: number): Spans => rich`Meta also limits ${counted(count, "more app")}`,
    refused: (where: Spans, error: string, waiting: Spans): Spans =>
      rich`⚠️ ${bold("Not delivered")} to ${where}: ${foreign(error, SHARES.refusal)}. ${waiting}`,
    alertsOf: (names: readonly string[], count: number, room: number): Spans =>
      rich`Alerts of ${nameList(names, count, room)}`,
    alsoWaiting: (said: Spans, kinds: Spans): Spans => rich`${said}. Also waiting: ${kinds}`,
    waiting: (kinds: Spans): Spans => rich`Waiting: ${kinds}`,
    waitingKind: (kind: ListKind, count: number): Spans => {
      const [one, many] = WAITING[kind];
      return count === 1 ? rich`${one}` : rich`${String(count)} ${many}`;
    },
    group: (): Spans => rich`Waiting: a group of alerts`,
    more: (count: number): Spans => rich`${String(count)} more places refuse messages`,
    quiet: (until: Date, held: Spans): Spans => rich`🌙 ${bold("Quiet hours")} until ${date(until)}. ${held}`,
    nothingHeld: (): Spans => rich`They hold no alert back`,
    held: (names: readonly string[], count: number, room: number): Spans =>
      rich`They hold back the alerts of ${nameList(names, count, room)}`,
  },
} as const;

interface Counts {
  readonly total: number;
  readonly attention: number;
  readonly waiting: number;
  readonly open: number;
}

/** Length limits in characters for the parts of a line. */
const SHARES = { name: 80, refusal: 120, source: 200, consumers: 400 } as const;

/** A kind of message that Slack has not accepted yet: singular and plural. */
const WAITING: Readonly<Record<ListKind, readonly [string, string]>> = {
  escalation: ["an escalation", "escalations"],
  fallback: ["an alert of another channel", "alerts of other channels"],
  reminders: ["a reminder", "reminders"],
  absence: ["a message about downtime", "messages about downtime"],
  digest: ["a digest", "digests"],
  renewal: ["a renewal", "renewals"],
};

/** The first names, and the number of all. */
function nameList(names: readonly string[], count: number, room: number): Spans {
  return listedWithin(
    names.map((name) => [named(name, SHARES.name)]),
    room,
    count,
  );
}
