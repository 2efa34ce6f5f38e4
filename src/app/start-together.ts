import type { Slack } from "../slack/transport/bolt.ts";
import { inTime } from "../token/in-time.ts";
import type { Scheduler } from "../watch/scheduler.ts";

export interface Started {
  readonly slack: Pick<Slack, "start">;
  readonly scheduler: Pick<Scheduler, "start">;
  /** Resolves when the fleets were read for the first time. */
  readonly fleetsRead: Promise<unknown>;
  /** Ends early when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Starts the connection to Slack and the rounds. The first round waits a short time, so that no round runs with refused
 * credentials, and so that it has the watches of most fleets. It does not wait longer, because rounds also work without
 * Slack. Resolves to true after the first attempt to connect, and to false when `signal` was aborted. Rejects when Slack
 * refuses a credential.
 */
export async function startTogether(
  { slack, scheduler, fleetsRead, wait }: Started,
  signal?: AbortSignal,
): Promise<boolean> {
  const isCancelled = (): boolean => signal?.aborted === true;
  if (isCancelled()) return false;
  const linking = slack.start(signal);
  await inTime(Promise.all([linking, fleetsRead]), REFUSAL_WITHIN_MS, wait);
  if (!isCancelled()) scheduler.start();
  await linking;
  return !isCancelled();
}

/**
 * Slack usually refuses a wrong credential within this time, and most fleets are read. The first round waits no longer
 * for either.
 */
const REFUSAL_WITHIN_MS = 3_000;
