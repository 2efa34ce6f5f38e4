import { date, rich, type Spans } from "../../../guide/rich-text.ts";
import { describeSpan } from "../../../token/duration.ts";
import type { DegradingCode, FindingCode, Severity } from "../../../token/findings/finding.ts";
import type { AssetKind, Evidence, InspectionFailure } from "../../../token/inspection.ts";
import type { AssetVerdict } from "../../../token/verdict.ts";
import { listedWithin } from "../../listed-within.ts";
import { assetNouns, assetTitles, sendingReports } from "../assets.ts";
import { failures, NO_ANSWER, NO_CHECK_YET } from "../failures.ts";
import { noReason } from "../findings.ts";
import { RESTART } from "../revoked.ts";
import { notFullyChecked } from "../states.ts";
import { coded, counted, foreign, listed, named, sentences } from "../../values.ts";

/** Length limits in characters for the parts of a line. */
const SHARES = { call: 120, name: 80, scopes: 600, sentence: 400, trace: 60 } as const;

/** The texts of a check result, from its first line to its evidence. */
export const results = {
  /** Replaces "Healthy". */
  notFullyChecked,
  reachNotTested: "Alive, reach not tested",

  /** "⏳ Expiring: works, and ends in 5 days". */
  title: (sign: string, word: string, outcome: Spans): Spans => rich`${sign} ${word}: ${outcome}`,

  outcomes: {
    works: (end: End): Spans => {
      if (end.kind === "never") return rich`works and never expires`;
      if (end.kind === "not_known") return rich`works, expiry date not known`;
      return rich`works, and ends in ${describeSpan(end.leftMs)}`;
    },
    worksPastEnd: (): Spans => rich`still works, but its expiry date has passed`,
    partly: (end: Spans): Spans => rich`${end}, not everything checked`,
    warned: (end: Spans, warnings: number): Spans =>
      rich`${end}, with ${warnings === 1 ? "a warning" : `${warnings} warnings`}`,
    unread: (kinds: readonly AssetKind[]): Spans =>
      rich`${listed([...new Set(kinds)].map((kind) => rich`${assetNouns[kind]}`))} not checked`,
    noId: (): Spans => rich`give an ID to test it`,
    lacks: (permissions: number): Spans => rich`lacks ${counted(permissions, "permission")}`,
    degraded: (code: FindingCode | undefined): Spans =>
      rich`${(code === undefined ? undefined : DEGRADED[code]) ?? "cannot do its job"}`,
    dead: (): Spans => rich`no longer works`,
    expired: (agoMs: number): Spans => rich`no longer works, expired ${describeSpan(agoMs)} ago`,
    notAToken: (): Spans => rich`this is not a token`,
    invalid: (): Spans => rich`Meta does not accept it`,
    noAnswer: (failure: InspectionFailure | null): Spans =>
      failure === null ? rich`${NO_CHECK_YET}` : failures.reason(failure),
  },

  /** A healthy token, at the last answer or now. */
  works: (past: boolean): Spans =>
    past
      ? rich`The token worked and had every permission it needed.`
      : rich`The token works and has every permission it needs.`,
  isAlive: (past: boolean): Spans => rich`The token ${past ? "worked" : "works"}.`,
  lastAnswer: (said: Spans): Spans => rich`Last answer from Meta: ${said}`,
  noReason,
  noAnswer: (message: string): Spans => rich`${foreign(message, SHARES.sentence)} This says nothing about the token.`,
  appBlocked: (message: string): Spans =>
    rich`${foreign(message, SHARES.sentence)} Whether the token itself works is not known.`,

  findings: {
    notRechecked: (since: Date): Spans => rich`Not re-checked since ${date(since)}.`,
    /** For a row that a newer version stored. */
    unknownCode: (code: string): Spans => rich`This version does not know the problem ${code}.`,
    /** "Warning: …" in a list. */
    line: (severity: Severity, said: Spans): Spans => rich`${named(`${SEVERITIES[severity]}:`)} ${said}`,
    proof: (evidence: Evidence): Spans => rich`(${dated(evidence)})`,
    more: (count: number): Spans => rich`and ${String(count)} more`,
  },

  todo: {
    now: (): Spans => rich`What to do`,
    /** While checks fail. */
    afterLastAnswer: (): Spans => rich`What to do about the last answer from Meta`,
    inText: (title: Spans, steps: Spans): Spans => rich`${title}: ${steps}`,
    useIt: (): Spans => rich`If your app does not use this token yet, save it where your app reads it. ${RESTART}`,
    testReach: (): Spans =>
      rich`Test whether this token reaches your phone number: press “Test its reach” and give an ID.`,
  },

  buttons: {
    showMeHow: "Show me how",
    showMeHowLabel: "Show me how: the part of the guide that helps",
    tryAgain: "Try again",
    tryAgainLabel: "Try again: opens the form again",
    another: "Check another",
    anotherLabel: "Check another token",
    testReach: "Test its reach",
    testReachLabel: "Test its reach: opens the form with fields for IDs",
  },

  facts: {
    ends: "Expires",
    expired: "Expired",
    /** Meta still accepts the token. */
    passed: "Expiry date",
    plannedEnd: "Planned expiry",
    issued: "Issued",
    type: "Type",
    app: "App",
    userId: "User ID",
    fingerprint: "Fingerprint",
    dataAccessEnds: "Access to user data ends",
    endsAt: (at: Date, leftMs: number): Spans =>
      rich`${date(at)} (${leftMs > 0 ? `in ${describeSpan(leftMs)}` : `${describeSpan(leftMs)} ago`})`,
    never: (): Spans => rich`never`,
    at: (at: Date): Spans => rich`${date(at)}`,
    value: (value: string): Spans => [coded(value)],
    appNamed: (name: string, id: string | null): Spans =>
      id === null ? [foreign(name, SHARES.name)] : rich`${foreign(name, SHARES.name)} (ID ${coded(id)})`,
    identity: (fingerprint: string, tail: string): Spans => rich`${coded(fingerprint)}, token ends in ${coded(tail)}`,
    /** In a text: "Expires: never." */
    inText: (label: string, value: Spans): Spans => rich`${label}: ${value}.`,
  },

  permissions: {
    title: "Permissions",
    present: (scopes: readonly string[]): Spans => rich`Present: ${scopeList(scopes)}`,
    missing: (scopes: readonly string[]): Spans => rich`Missing: ${scopeList(scopes)}`,
    notNeeded: (scopes: readonly string[]): Spans => rich`Not needed: ${scopeList(scopes)}`,
    had: (scopes: readonly string[]): Spans => rich`The token had: ${scopeList(scopes)}`,
    missingInText: (scopes: readonly string[]): Spans => rich`Missing permissions: ${scopeList(scopes)}.`,
  },

  assets: {
    name: (kind: AssetKind, id: string): Spans => rich`${assetNouns[kind]} ${foreign(id, SHARES.name)}`,
    /** For use inside another message. */
    unread: (kind: AssetKind, id: string, reason: Spans): Spans =>
      rich`Not read: ${assetNouns[kind]} ${foreign(id, SHARES.name)} (${reason})`,
    reached: ({ kind, id, name, sending, readAt }: AssetVerdict): Spans =>
      sentences(
        rich`${named(assetTitles[kind])} ${coded(id)}: reached${name === null ? [] : rich` (${foreign(name, SHARES.name)})`}${readAt === undefined ? [] : rich`, last read ${date(readAt)}`}.`,
        sending === null ? [] : sendingReports[sending],
      ),
    refused: (kind: AssetKind, id: string): Spans =>
      rich`${named(assetTitles[kind])} ${coded(id)}: Meta refuses access.`,
    notRead: (kind: AssetKind, id: string, message: string): Spans =>
      rich`${named(assetTitles[kind])} ${coded(id)}: not checked. ${foreign(message, SHARES.sentence)}`,
  },

  evidence: {
    call,
    dated,
    of: (evidence: Evidence): Spans => rich`Evidence: ${dated(evidence)}`,
    shape: (at: Date): Spans => rich`Evidence: the shape of the value, seen ${date(at)}; no call was made`,
    noAnswer: (evidence: Evidence): Spans =>
      rich`${evidence.status === null ? NO_ANSWER : "Meta gave no usable answer"}: ${dated(evidence)}`,
    noCall: (at: Date): Spans => rich`No call was answered; tried ${date(at)}`,
    /** For a line that has other parts too. */
    lastAnswer: (evidence: Pick<Evidence, "call" | "at">): Spans =>
      rich`last answer from Meta ${date(evidence.at)} (${foreign(evidence.call, SHARES.name)})`,
    proved: (evidence: Pick<Evidence, "call" | "at">): Spans =>
      rich`proved ${date(evidence.at)} by ${foreign(evidence.call, SHARES.name)}`,
    seen: (at: Date): Spans => rich`last seen ${date(at)}; no call was made`,
  },

  remarks: {
    typed: (scopes: readonly string[]): Spans => rich`${TYPED} Compared with the bot's defaults: ${scopeList(scopes)}.`,
    typedFor: (watch: string, scopes: readonly string[]): Spans =>
      rich`${TYPED} Compared with the needs of ${coded(watch)}: ${scopeList(scopes)}.`,
    deployed: (watch: string, scopes: readonly string[]): Spans =>
      rich`The deployed token of ${coded(watch)}. Compared with its needs: ${scopeList(scopes)}.`,
    removed: (wrappings: readonly string[]): Spans =>
      rich`Removed before the check: ${listed(wrappings.map((text) => rich`${text}`))}. Save the token without them.`,
    reused: (at: Date): Spans => rich`Answer from ${date(at)}; the bot did not ask Meta again.`,
    note: (note: string): Spans => [foreign(note, SHARES.sentence)],
  },

  checkTitle: "Check result",
} as const;

/** The expiry of a token, as far as it is known. */
type End =
  | { readonly kind: "never" }
  | { readonly kind: "not_known" }
  | { readonly kind: "at"; readonly leftMs: number };

/** Why a degraded token cannot do its job, as the end of "Degraded: …". A missing permission has a sentence of its own. */
const DEGRADED: Partial<Record<FindingCode, string>> = {
  wrong_app: "belongs to another app",
  app_blocked: "Meta blocked the app",
  phone_unreachable: "cannot use the phone number",
  waba_unreachable: "cannot use the WhatsApp account",
  sending_blocked: "Meta blocks sending",
} satisfies Record<Exclude<DegradingCode, "scope_missing">, string>;

const TYPED = "You typed this token.";

const SEVERITIES: Readonly<Record<Severity, string>> = { critical: "Critical", warning: "Warning", info: "Note" };

function codesOf({ code, subcode }: Evidence): string {
  if (code === null) return "";
  return subcode === null ? `, code ${code}` : `, code ${code}/${subcode}`;
}

function call(evidence: Evidence): Spans {
  const status = evidence.status === null ? "no answer" : `HTTP ${evidence.status}`;
  const trace = evidence.trace === null ? [] : rich`, trace ${foreign(evidence.trace, SHARES.trace)}`;
  return rich`${foreign(evidence.call, SHARES.call)}, ${status}${codesOf(evidence)}${trace}`;
}

/** "GET /debug_token, HTTP 200, code 190/463, trace Abc, 22 Nov 2026, 08:00 UTC". */
function dated(evidence: Evidence): Spans {
  return rich`${call(evidence)}, ${date(evidence.at)}`;
}

function scopeList(scopes: readonly string[]): Spans {
  return scopes.length === 0
    ? rich`no permissions`
    : listedWithin(
        scopes.map((scope) => [coded(scope)]),
        SHARES.scopes,
      );
}
