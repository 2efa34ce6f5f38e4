import { DAY_MS, parseDuration } from "../token/duration.ts";
import { usableThresholds } from "../token/expiry.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "./alert.ts";

type Warnings = Pick<Policy, "warnAt">;

/** Stands among the told thresholds for the word on the day before the end. */
const LAST_DAY = "last day";

/** When the last day begins, if that has a word of its own: a threshold of one day, or a shorter life, has none. */
export const lastDayAt = ({ token }: Pick<Verdict, "token">, { warnAt }: Warnings): Date | undefined => {
  if (token?.expiry.kind !== "at") return undefined;
  const { expiry, issuedAt } = token;
  const begins = expiry.at.getTime() - DAY_MS;
  const covered = usableThresholds(warnAt, expiry, issuedAt).some(({ ms }) => ms === DAY_MS);
  return covered || (issuedAt !== null && issuedAt.getTime() >= begins) ? undefined : new Date(begins);
};

const isLastDay = (verdict: Verdict, policy: Warnings): boolean => {
  const begins = lastDayAt(verdict, policy);
  return begins !== undefined && begins <= verdict.checkedAt;
};

const announcedOf = (told: WatchState["told"], { token }: Verdict): readonly string[] =>
  told !== null && told.fingerprint === token?.fingerprint ? told.thresholds : [];

/** The thresholds behind us count as told as soon as the nearest one is. */
export const addReached = (told: WatchState["told"], verdict: Verdict, policy: Warnings): WatchState["told"] => {
  const { token, threshold } = verdict;
  if (token === null || threshold === null) return told;
  const usable = usableThresholds(policy.warnAt, token.expiry, token.issuedAt).map(({ text }) => text);
  const reached = [
    ...usable.slice(0, usable.indexOf(threshold) + 1),
    ...(isLastDay(verdict, policy) ? [LAST_DAY] : []),
  ];
  return { fingerprint: token.fingerprint, thresholds: [...new Set([...announcedOf(told, verdict), ...reached])] };
};

/** True when people already heard of this verdict's threshold for this very token. */
export const wasAnnounced = (told: WatchState["told"], verdict: Verdict): boolean =>
  verdict.threshold !== null && announcedOf(told, verdict).includes(verdict.threshold);

/** True when the end of an expiring token is a day away and nobody has heard so yet. */
export const isLastDayDue = (told: WatchState["told"], verdict: Verdict, policy: Warnings): boolean =>
  verdict.threshold !== null && isLastDay(verdict, policy) && !announcedOf(told, verdict).includes(LAST_DAY);

/**
 * Forgets what was told too soon, by a clock that was ahead: what a healthy token was told of thresholds that, by its
 * end, still lie before it, is news when they come.
 */
export const dropEarly = (told: WatchState["told"], { token, checkedAt }: Verdict): WatchState["told"] => {
  if (told === null || token?.expiry.kind !== "at" || told.fingerprint !== token.fingerprint) return told;
  const leftMs = token.expiry.at.getTime() - checkedAt.getTime();
  const lengthOf = (text: string): number => (text === LAST_DAY ? DAY_MS : (parseDuration(text)?.ms ?? Infinity));
  return { ...told, thresholds: told.thresholds.filter((text) => lengthOf(text) >= leftMs) };
};
