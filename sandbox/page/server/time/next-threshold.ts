import { durationWords, MINUTE_MS } from "../../../../src/token/duration.ts";
import { usableThresholds } from "../../../../src/token/expiry.ts";
import type { Config } from "../../../../src/config/config.ts";
import type { GraphToken } from "../../../graph/state.ts";

/** A time at which the bot has something to report about a token. */
export interface Threshold {
  readonly at: Date;
  readonly watch: string;
  /** For example "3 days left" or "token expires". */
  readonly what: string;
}

/** The thresholds of a deployed token and its expiry, in order of time. */
export function thresholdsOf(watch: Config["watches"][number], token: GraphToken): readonly Threshold[] {
  return ofToken(watch, token).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** The first threshold after `now`. */
export function nextThreshold(all: readonly Threshold[], now: Date): Threshold | undefined {
  return all.filter(({ at }) => at > now).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/** The bot checks a token this long after its expiry (watch/due.ts). */
const AFTER_END_MS = MINUTE_MS;

function ofToken(
  watch: Config["watches"][number],
  { standing, expiresAt, issuedAt }: GraphToken,
): readonly Threshold[] {
  if (standing.kind !== "alive" || expiresAt === "never") return [];
  const usable = usableThresholds(watch.policy.warnAt, { kind: "at", at: expiresAt }, issuedAt);
  return [
    ...usable.map(({ ms, text }) => ({
      at: new Date(expiresAt.getTime() - ms),
      watch: watch.name,
      what: `${durationWords(text)} left`,
    })),
    { at: new Date(expiresAt.getTime() + AFTER_END_MS), watch: watch.name, what: "token expires" },
  ];
}
