import { quietUntil } from "../../outbox/quiet.ts";
import { byChannel } from "../channels.ts";
import { nextRun } from "../next-run.ts";
import type { Watch } from "../watch.ts";
import { type ForecastRules, type Period, tickFrom } from "./forecast-watch.ts";

/** One digest that a channel would receive. */
export interface ForecastDigest {
  readonly at: Date;
  readonly channel: string;
  /** The number of watches in the channel. */
  readonly watches: number;
}

/**
 * The digests of a period, one for each channel. A round sends a digest, and a digest waits until quiet hours end.
 * Pure.
 * @param digestSchedule a cron expression of five fields; undefined: no digest
 */
export function forecastDigests(
  watches: readonly Pick<Watch, "channel">[],
  digestSchedule: string | undefined,
  rules: ForecastRules,
  { from, until }: Period,
): readonly ForecastDigest[] {
  if (digestSchedule === undefined) return [];
  const channels = byChannel(watches);
  const digests: ForecastDigest[] = [];
  let due = nextRun(digestSchedule, rules.timezone, from);
  while (due !== null && due <= until) {
    const at = sentAt(rules, due);
    if (at !== null && at <= until)
      for (const { channel, own } of channels) digests.push({ at, channel, watches: own.length });
    due = nextRun(digestSchedule, rules.timezone, due);
  }
  return digests;
}

function sentAt(rules: ForecastRules, due: Date): Date | null {
  const tick = tickFrom(rules, due);
  const ends = tick === null ? null : quietUntil(rules.quiet, tick);
  return ends === null ? tick : tickFrom(rules, ends);
}
