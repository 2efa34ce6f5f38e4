import { DAY_MS, type Duration, HOUR_MS } from "../../token/duration.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { RenewSettings } from "../ports.ts";
import { refreshObstacle } from "./preparation.ts";
import type { Renewal } from "../renewal.ts";
import { isSameString } from "./steps.ts";

/**
 * True when the bot must start a refresh by itself. Pure. Never while a renewal is open, and at most once a day.
 * @param last the latest renewal of the watch
 * @param random a number in [0, 1) that spreads the refreshes of many watches; see `spreadOf`
 */
export function isDueUnattended(
  verdict: Verdict | null,
  settings: RenewSettings,
  last: Renewal | undefined,
  now: Date,
  random: number,
): boolean {
  const due = unattendedFrom(verdict, settings, last, random);
  return due !== null && due.from <= now && now < due.until;
}

/**
 * When a refresh by the bot itself is due: from an instant until the token ends. Null while a renewal is open, and for a
 * watch or token without refreshes by the bot itself. So it is for a token that a person put back, or whose refresh a
 * person cancelled. Pure.
 */
export function unattendedFrom(
  verdict: Verdict | null,
  { write, beforeMs }: RenewSettings,
  last: Renewal | undefined,
  random: number,
): { readonly from: Date; readonly until: Date } | null {
  if (write === undefined || beforeMs === undefined || verdict === null || last?.endedAt === null) return null;
  if (refreshObstacle(verdict) !== null || verdict.token?.expiry.kind !== "at") return null;
  if (isStoppedByPerson(last, verdict)) return null;
  const until = verdict.token.expiry.at;
  const leftMs = mostLeft(until, verdict.token.issuedAt, beforeMs);
  const startMs = until.getTime() - leftMs + Math.min(DAY_MS, leftMs / 4) * random;
  // A refresh that did not begin made no token, so it is tried again at once.
  const againMs = last === undefined || unbegun(last) !== null ? startMs : last.endedAt.getTime() + AGAIN_AFTER_MS;
  return { from: new Date(Math.max(startMs, againMs)), until };
}

/** A number in [0, 1) that is always the same for one token, so that every replica agrees. */
export function spreadOf(fingerprint: string): number {
  const digits = Number.parseInt(fingerprint.slice(0, 8), 16);
  return Number.isNaN(digits) ? 0 : digits / 2 ** 32;
}

/**
 * The thresholds at which people are warned. Those longer than `before` are silent, because the bot refreshes the token
 * by itself. All count again when the last refresh failed, when a person renews in its place or stopped the refresh, and
 * for a token that cannot be refreshed. `before` is then a threshold too, so that people hear of it at once, and until
 * the token is replaced.
 * @param verdict the last verdict of the watch; null when there is none
 */
export function speakingThresholds(
  warnAt: readonly Duration[],
  settings: RenewSettings | undefined,
  verdict: Verdict | null,
  last: Renewal | undefined,
): readonly Duration[] {
  const beforeMs = settings?.write === undefined ? undefined : settings.beforeMs;
  if (beforeMs === undefined || isNotRefreshable(verdict)) return warnAt;
  const isForPeople = isStoppedByPerson(last, verdict) || isLeftToPeople(last, verdict, beforeMs);
  if (!hasFailedRefresh(last) && !isForPeople) return warnAt.filter(({ ms }) => ms <= beforeMs);
  return warnAt.some(({ ms }) => ms === beforeMs) ? warnAt : [...warnAt, { text: textOf(beforeMs), ms: beforeMs }];
}

/**
 * Whether people must hear now that a due refresh cannot begin: once a day, and again when it gets urgent. Pure.
 */
export function tellsUnbegun(last: Renewal | undefined, urgent: boolean, now: Date): boolean {
  const told = last === undefined ? null : unbegun(last);
  if (told === null || (urgent && !told.urgent)) return true;
  return now.getTime() - told.at.getTime() >= AGAIN_AFTER_MS;
}

/** True when the bot's or a person's last refresh left the watch without a new token. */
export function hasFailedRefresh(last: Renewal | undefined): boolean {
  return last !== undefined && last.way === "refresh" && (last.outcome === "failed" || last.outcome === "interrupted");
}

/**
 * The most time that is left when a refresh is due: `before`, and at most half of the token's life. A new token with a
 * shorter life than `before` would otherwise be refreshed again at once.
 */
function mostLeft(until: Date, issuedAt: Date | null, beforeMs: number): number {
  const lifeMs = issuedAt === null ? 0 : until.getTime() - issuedAt.getTime();
  return lifeMs > 0 ? Math.min(beforeMs, lifeMs / 2) : beforeMs;
}

/** A failed refresh is tried again, or told again, after a day. */
const AGAIN_AFTER_MS = DAY_MS;

/** When people heard that a refresh could not begin. Null for every other renewal. */
function unbegun({ steps, startedAt }: Renewal): { readonly at: Date; readonly urgent: boolean } | null {
  const detail = steps.at(-1)?.detail;
  return detail?.kind === "not_begun" ? { at: startedAt, urgent: detail.urgent } : null;
}

/** True when the refresh is due, and the bot leaves it to a person who has not finished. */
function isLeftToPeople(last: Renewal | undefined, verdict: Verdict | null, beforeMs: number): boolean {
  const expiry = verdict?.token?.expiry;
  if (last?.way !== "given" || last.outcome === "done" || verdict === null || expiry?.kind !== "at") return false;
  return expiry.at.getTime() - verdict.checkedAt.getTime() <= beforeMs;
}

/** True while the watch still has the token that a person wanted to keep. */
function isStoppedByPerson(last: Renewal | undefined, verdict: Verdict | null): boolean {
  if (last === undefined || last.before === null || isSameString(last)) return false;
  const isStopped = last.outcome === "put_back" || (last.outcome === "cancelled" && last.way === "refresh");
  return isStopped && last.before.fingerprint === verdict?.token?.fingerprint;
}

function isNotRefreshable(verdict: Verdict | null): boolean {
  return verdict?.alive === true && verdict.token?.type !== null && verdict.token?.type !== "SYSTEM_USER";
}

/** A duration as people write it in the configuration. */
function textOf(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS}d`;
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS}h` : `${Math.ceil(ms / 60_000)}m`;
}
