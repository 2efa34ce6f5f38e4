import { MINUTE_MS } from "../token/duration.ts";
import { nextThresholdAt, usableThresholds } from "../token/expiry.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import type { WatchState } from "../alert/alert.ts";
import type { Watch } from "./watch.ts";

/**
 * The next check of a watch, not sooner than 1 s from now. It is the earliest of these times: now + interval ± 10 %,
 * the next threshold, expiry + 1 min, the next reply that the rules require. A wait that Meta requires has priority
 * over all of them, also one from the read of an ID. After the first answer, the next check is at any time within the
 * interval. So many watches that were added together are soon checked evenly over the interval.
 * @param random a number in [0, 1)
 */
export function nextDueAt(
  watch: Pick<Watch, "checkIntervalMs" | "policy">,
  state: Pick<WatchState, "verdict">,
  verdict: Verdict,
  now: Date,
  random: number,
  { replyTimes = [], isFirst = false }: DueOptions = {},
): Date {
  const at = now.getTime();
  const regular = at + watch.checkIntervalMs * (isFirst ? random : 1 - JITTER + 2 * JITTER * random);
  const token = state.verdict?.token ?? undefined;
  const instants = [regular, ...replyTimes.map(Number).filter((time) => time > at)];
  if (token?.expiry.kind === "at") {
    const usable = usableThresholds(watch.policy.warnAt, token.expiry, token.issuedAt);
    const threshold = nextThresholdAt(usable, token.expiry, now);
    if (threshold !== undefined) instants.push(threshold.getTime());
    const ended = token.expiry.at.getTime() + AFTER_EXPIRY_MS;
    if (ended > at) instants.push(ended);
  }
  const asked = Math.min(...instants.filter(Number.isFinite));
  const demanded = at + demandedMs([verdict.failure, ...verdict.assets.map((asset) => asset.failure)]);
  return new Date(Math.max(asked, demanded, at + SOONEST_MS));
}

interface DueOptions {
  /** Times of replies that need no new verdict, such as reminders. Past times are ignored. */
  readonly replyTimes?: readonly Date[];
  /** True after the first answer about a watch. */
  readonly isFirst?: boolean;
}

/**
 * The next check of a watch whose definition changed: at once, but not before a required wait ends.
 * @param checkedAt when the last inspection ended; null when there was none
 */
export function renewedDueAt(
  { verdict, failing }: Pick<WatchState, "verdict" | "failing">,
  checkedAt: Date | null,
  now: Date,
): Date {
  const last = failing === null ? (verdict?.assets ?? []).map((asset) => asset.failure) : [failing.failure];
  const waitMs = demandedMs(last);
  if (checkedAt === null || waitMs === 0) return now;
  return new Date(Math.max(now.getTime(), checkedAt.getTime() + waitMs));
}

const SOONEST_MS = 1_000;

/** The share by which intervals vary, so that watches are not all checked at the same time. */
const JITTER = 0.1;

/** A check this long after the expiry surely sees the expired token. */
const AFTER_EXPIRY_MS = MINUTE_MS;

/** The longest wait that these failures require, in milliseconds. */
function demandedMs(failures: readonly (InspectionFailure | null)[]): number {
  return Math.max(0, ...failures.map((failure) => failure?.retryAfterMs ?? 0));
}
