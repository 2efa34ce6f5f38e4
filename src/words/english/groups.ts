import type { Standing } from "../../alert/alert.ts";
import { bold, date, link, person, rich, type Span, type Spans } from "../../guide/rich-text.ts";
import type { Finding } from "../../token/findings/finding.ts";
import type { FailureKind, InspectionFailure } from "../../token/inspection.ts";
import { counted, foreign, listed, sentences } from "../values.ts";
import { alerts, reasonOf, seenInValue } from "./alerts.ts";
import { APP_BLOCKED, failures, NO_ANSWER } from "./failures.ts";
import { permissions } from "./findings.ts";
import { revocationOf } from "./revoked.ts";
import { notFullyChecked } from "./states.ts";
import { place } from "./places.ts";

/** The texts of a message about many alerts. */
export const groups = {
  tokens: (count: number, app: string): string => `${counted(count, "token")}${app}`,
  /** " of the app Example Notifier (ID 100000000000042)" */
  ofApp: (name: string | null, id: string): string => ` of the app ${name === null ? id : `${name} (ID ${id})`}`,
  countOf: (count: number, state: string): string => `${count} ${state}`,
  failures: {
    unreachable: NO_ANSWER,
    throttled: "Meta limits how often the bot may ask",
    misconfigured: "Meta refuses a setting of this bot",
    app_blocked: APP_BLOCKED,
    malformed: "Meta's answers could not be read",
    unreadable: "the tokens could not be read at their sources",
  } satisfies Record<FailureKind, string>,
  differentFailures: "Meta gave no usable answer",
  notChecked: (count: number): string => `${counted(count, "token")} could not be checked`,
  /** A cause that all tokens share. Undefined for a finding that has details of one token. */
  sharedCause({ code, objects, evidence }: Finding): Spans | undefined {
    switch (code) {
      case "revoked":
        return rich`Each token was revoked${becauseOf(evidence)}.`;
      case "expired":
        return rich`Each token has expired.`;
      case "invalid":
        return rich`Meta does not accept these values as access tokens.`;
      case "scope_missing":
        return rich`Each token lacks the ${objects.length === 1 ? "permission" : "permissions"} ${permissions(objects)}.`;
      default:
        return undefined;
    }
  },
  causeOf: (name: Spans, cause: Spans): Spans => rich`${name}: ${cause}`,
  failureRemedy: (failure: InspectionFailure): Spans =>
    failure.kind === "unreadable"
      ? rich`Correct each place where the bot reads a token.`
      : failures.next(failure, "round"),
  openSince: (severity: "critical" | "warning", at: Date): Spans =>
    rich`Alerts open since ${date(at)}, severity ${severity}`,
  ofThisApp: (id: string): string => ` (app ${id})`,

  fixedAll: (count: number, app: string): string =>
    count === 1 ? `Fixed: the token${app} works` : `Fixed: all ${count} tokens${app} work`,
  fixedAllPartly: (count: number, app: string, partly: number): string =>
    count === 1
      ? `Fixed: the token${app} is ${notFullyChecked.toLowerCase()}`
      : `Fixed: all ${count} tokens${app} work, ${partly} of them not fully checked`,
  someUnwatched: (fixed: number, app: string, unwatched: number): string =>
    fixed === 0
      ? `No longer watched: ${counted(unwatched, "token")} removed from the watchlist`
      : `Ended: ${counted(fixed, "token")}${app} fixed, ${unwatched} removed from the watchlist`,
  allMoved: "Every alert moved to another message, because its cause changed",
  itWasAbout: (names: Spans): Spans => rich`Tokens: ${names}.`,
  notFullyCheckedNames: (names: Spans): Spans => rich`${notFullyChecked}: ${names}.`,

  over: (word: "Fixed" | "Ended", count: number, of: number): Spans =>
    rich`${word} so far: ${String(count)} of ${String(of)}.`,
  taken: (people: readonly string[], count: number, of: number, at: Date, atOnce: boolean): Spans =>
    rich`Taken: ${share(count, of)}, by ${byPeople(people)}, ${atOnce ? "" : "latest "}${date(at)}.`,
  snoozed: (people: readonly string[], count: number, of: number): Spans =>
    rich`Snoozed: ${share(count, of)}, by ${byPeople(people)}.`,
  snoozedUntil: (people: readonly string[], count: number, of: number, until: Date, reason: string): Spans =>
    rich`Snoozed: ${share(count, of)}, by ${byPeople(people)}, until ${date(until)}. ${reasonOf(reason)}`,
  seenBy: (name: Spans, at: Date, call: Spans): Spans => rich`${name}: seen ${date(at)} by ${call}.`,
  seenByShape: (name: Spans, at: Date): Spans => rich`${name}: ${seenInValue(at)}`,

  /** "(3) a, b and c" */
  countedNames: (count: number, names: Spans): Spans => rich`${names} (${String(count)})`,

  /** Texts of the thread. */
  joined: (names: Spans): Spans => rich`The same problem also affects ${names}.`,
  left: (names: Spans): Spans => rich`Moved to another message, because the cause changed: ${names}.`,
  moreChanged: rich`More has changed: see the message above.`,
};

/** Texts of alerts that appear outside their own message. */
export const lists = {
  reminder: (standing: Standing, open: number, of: number): Spans =>
    rich`${alerts.sign(standing)} ${bold(`Still not fixed: ${open === of ? counted(of, "alert") : `${open} of ${counted(of, "alert")}`}`)}`,
  reminderLine: (name: Span, state: string, response: readonly Spans[], since: Date, url: string | undefined): Spans =>
    sentences(
      rich`${name}: ${state}${response.flatMap((said) => rich`, ${said}`)}, alert open since ${date(since)}.`,
      url === undefined ? [] : rich`${link("Open the alert", url)}`,
    ),
  overLine: (name: Span, state: string): Spans => rich`${name}: ${state}.`,

  fixed: (count: number): Spans =>
    rich`${alerts.sign("over")} ${bold(count === 1 ? "Fixed: the alert below" : `Fixed: all ${count} alerts`)}`,
  over: (count: number): Spans =>
    rich`${alerts.sign("over")} ${bold(count === 1 ? "No longer open: the alert below" : `No longer open: all ${count} alerts`)}`,

  escalatedOne: (waited: string | undefined, where: Spans): Spans =>
    waited === undefined
      ? rich`Escalated to on-call: nobody responded in ${where}.`
      : rich`Escalated to on-call: nobody responded in ${where} within ${waited}.`,
  /** After somebody responded, or after the alert ended. */
  wasEscalated: (waited: string | undefined, where: Spans): Spans =>
    waited === undefined
      ? rich`It was escalated to on-call, because nobody responded in ${where}.`
      : rich`It was escalated to on-call, because nobody responded in ${where} within ${waited}.`,
  escalatedMany: (standing: Standing, count: number): Spans =>
    rich`${alerts.sign(standing)} ${bold(`Escalated to on-call: ${counted(count, "alert")}`)}`,
  pleaseTake: rich`Please take over.`,
  waiting: (count: number, of: number): Spans =>
    rich`Nobody responded${count === of ? "" : ` to ${count} of ${of}`}. Please take over.`,
  allResponded: rich`Every alert is taken, snoozed or closed.`,
  noneWaits: rich`Every critical alert is taken, snoozed or closed.`,
  noResponse: (waited: string | undefined): Spans =>
    waited === undefined ? rich`Nobody responded.` : rich`Nobody responded within ${waited}.`,
  warningNow: rich`It is a warning now.`,
  place,
  placeWithLink: (where: Spans, url: string): Spans => rich`${where} (${link("open the alert", url)})`,
  inPlace: (where: Spans): Spans => rich`In ${where}.`,
  itsChannel: rich`its channel`,

  refusedOne: (where: Spans, error: string): Spans =>
    rich`Sent here because ${where} refused this alert (${foreign(error, LONGEST_ERROR)}).`,
  refusedMany: (standing: Standing, count: number): Spans =>
    rich`${alerts.sign(standing)} ${bold(`${counted(count, "alert")} from another channel`)}`,
  refused: (where: Spans, error: string): Spans =>
    rich`Sent here because ${where} refused them (${foreign(error, LONGEST_ERROR)}).`,
  stillNotFixed: rich`Still not fixed.`,

  movedTo: (name: Span, url: string): Spans => rich`${name} moved to ${link("another message", url)}.`,
  movedInChannel: (name: Span, where: Spans): Spans => rich`${name} moved to another message in ${where}.`,
};

/** ": a person ended its session", if Meta named the cause. */
function becauseOf(evidence: Finding["evidence"]): Spans {
  const known = revocationOf(evidence?.subcode ?? null);
  return known === undefined ? [] : rich`: ${known.why}`;
}

const MOST_PEOPLE = 5;
const LONGEST_ERROR = 120;

/** "all 5", "3 of 5" */
function share(count: number, of: number): string {
  return count === of && of > 1 ? `all ${of}` : `${count} of ${of}`;
}

function byPeople(people: readonly string[]): Spans {
  return listed(
    [...new Set(people)].map((id) => rich`${person(id)}`),
    MOST_PEOPLE,
  );
}
