import type { Alert } from "../../alert/alert.ts";
import { bold, date, rich, type Spans } from "../../guide/rich-text.ts";
import type { State } from "../../token/findings/finding.ts";
import type { Actor } from "../../renewal/renewal.ts";
import { strong } from "../joined.ts";
import { listedWithin } from "../listed-within.ts";
import { coded, counted, listed, named } from "../values.ts";
import { actorText } from "./renewal/actors.ts";
import { states } from "./states.ts";

/** The digest's own texts. It shares others with status. */
export const digest = {
  title: (sign: string, headline: Spans): Spans => rich`${sign} ${strong(headline)}`,
  none: rich`${bold("This bot watches no token")}`,
  dated: (at: Date): Spans => rich`Digest of ${date(at)}.`,

  state: (state: State, count: number): Spans => rich`${String(count)} ${states[state].toLowerCase()}`,
  notFullyChecked: (count: number): Spans => rich`${String(count)} alive but not fully checked`,
  states: (list: Spans): Spans => rich`${list}.`,
  /** The responses to open alerts, when they differ. */
  alerts: (count: number, responses: Spans): Spans => rich`${counted(count, "open alert")}: ${responses}.`,
  /** The responses to open alerts, when they are the same. */
  alertsAlike: (count: number, response: string): Spans =>
    rich`${counted(count, "open alert")}, ${count === 1 ? "" : "all "}${response}.`,
  responses: { acknowledged: "acknowledged", snoozed: "snoozed", none: "not acknowledged" },
  response: (count: number, response: string): Spans => rich`${String(count)} ${response}`,

  /** "Renewed since the last digest: crm (by itself, expires …) and orders (by @robin, never expires)." */
  renewed: (watches: readonly Spans[]): Spans => rich`Renewed since the last digest: ${listed(watches, MOST_RENEWED)}.`,
  renewedWatch: (watch: string, by: Actor, end: Spans): Spans =>
    rich`${named(watch)} (${by.kind === "bot" ? "by itself" : rich`by ${actorText(by)}`}, ${end})`,
  expires: (at: Date): Spans => rich`expires ${date(at)}`,

  openAlert: (severity: Alert["severity"]): Spans => rich`${severity} alert open`,
  withResponse: (alert: Spans, response: Spans): Spans => rich`${alert}, ${response}`,
  isAcknowledged: (): Spans => rich`acknowledged`,
  snoozedUntil: (at: Date): Spans => rich`snoozed until ${date(at)}`,
  lastAnswer: (at: Date): Spans => rich`last answer from Meta ${date(at)}`,
  notNeeded: (scopes: readonly string[]): Spans =>
    rich`has ${scopes.length === 1 ? "a permission" : "permissions"} that it does not need: ${listedWithin(
      scopes.map((scope) => [coded(scope)]),
      LONGEST_SCOPES,
    )}. Leave ${scopes.length === 1 ? "it" : "them"} out of the next token, so that a leak does less harm`,
  old: (): Spans => rich`the token is over a year old: plan to replace it`,
} as const;

const LONGEST_SCOPES = 160;
const MOST_RENEWED = 8;
