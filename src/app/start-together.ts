import type { Slack } from "../slack/bolt.ts";
import type { Scheduler } from "../watch/scheduler.ts";

/** Slack refuses a credential sooner than this; a Slack that is away must not keep the first round waiting. */
const REFUSAL_WITHIN_MS = 3_000;

export interface Started {
  readonly slack: Pick<Slack, "start">;
  readonly scheduler: Pick<Scheduler, "start">;
  /** Ends early when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Starts the link to Slack and the rounds. The first round waits for Slack's word on the credentials, but not for long:
 * rounds run while Slack is away. Resolves true when Slack has been tried once, false when `signal` was aborted before;
 * rejects for a refused credential.
 */
export const startTogether = async ({ slack, scheduler, wait }: Started, signal?: AbortSignal): Promise<boolean> => {
  const calledOff = (): boolean => signal?.aborted === true;
  if (calledOff()) return false;
  const answered = new AbortController();
  const linking = slack.start(signal);
  try {
    await Promise.race([linking, wait(REFUSAL_WITHIN_MS, answered.signal)]);
  } finally {
    answered.abort();
  }
  if (!calledOff()) scheduler.start();
  await linking;
  return !calledOff();
};
