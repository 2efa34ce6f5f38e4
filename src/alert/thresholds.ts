import { DAY_MS, parseDuration } from "../token/duration.ts";
import { usableThresholds } from "../token/expiry.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "./alert.ts";

/**
 * The start of the last day before the expiry. Undefined when this day gets no reply of its own: one day is already a
 * threshold, or the token lives for less than a day.
 */
export function lastDayAt({ token }: Pick<Verdict, "token">, { warnAt }: Warnings): Date | undefined {
  if (token?.expiry.kind !== "at") return undefined;
  const { expiry, issuedAt } = token;
  const begins = expiry.at.getTime() - DAY_MS;
  const covered = usableThresholds(warnAt, expiry, issuedAt).some(({ ms }) => ms === DAY_MS);
  return covered || (issuedAt !== null && issuedAt.getTime() >= begins) ? undefined : new Date(begins);
}

/** Adds the reached threshold, and all longer ones, to the announced thresholds. */
export function addReached(told: WatchState["told"], verdict: Verdict, policy: Warnings): WatchState["told"] {
  const { token, threshold } = verdict;
  if (token === null || threshold === null) return told;
  const usable = usableThresholds(policy.warnAt, token.expiry, token.issuedAt).map(({ text }) => text);
  const reached = [
    ...usable.slice(0, usable.indexOf(threshold) + 1),
    ...(isLastDay(verdict, policy) ? [LAST_DAY] : []),
  ];
  return { fingerprint: token.fingerprint, thresholds: [...new Set([...announcedOf(told, verdict), ...reached])] };
}

/** True when this threshold was already announced for this token. */
export function wasAnnounced(told: WatchState["told"], verdict: Verdict): boolean {
  return verdict.threshold !== null && announcedOf(told, verdict).includes(verdict.threshold);
}

/** True when an expiring token ends within a day and no reply has announced this day yet. */
export function isLastDayDue(told: WatchState["told"], verdict: Verdict, policy: Warnings): boolean {
  return verdict.threshold !== null && isLastDay(verdict, policy) && !announcedOf(told, verdict).includes(LAST_DAY);
}

/**
 * Removes thresholds that a wrong clock announced too early. The bot then announces a threshold again when a healthy
 * token reaches it.
 */
export function dropEarly(told: WatchState["told"], { token, checkedAt }: Verdict): WatchState["told"] {
  if (told === null || token?.expiry.kind !== "at" || told.fingerprint !== token.fingerprint) return told;
  const leftMs = token.expiry.at.getTime() - checkedAt.getTime();
  const lengthOf = (text: string): number => (text === LAST_DAY ? DAY_MS : (parseDuration(text)?.ms ?? Infinity));
  return { ...told, thresholds: told.thresholds.filter((text) => lengthOf(text) >= leftMs) };
}

type Warnings = Pick<Policy, "warnAt">;

/** The entry for the last-day reply among the announced thresholds. */
const LAST_DAY = "last day";

function isLastDay(verdict: Verdict, policy: Warnings): boolean {
  const begins = lastDayAt(verdict, policy);
  return begins !== undefined && begins <= verdict.checkedAt;
}

function announcedOf(told: WatchState["told"], { token }: Verdict): readonly string[] {
  return told !== null && told.fingerprint === token?.fingerprint ? told.thresholds : [];
}
