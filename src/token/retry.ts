/**
 * Tries the work again after each pause while it fails. Rejects with the last error when no pause is left or
 * `mayRetry` returns false. For work that throws; a failed call to Meta or Slack is a value, and its answer sets the
 * wait.
 * @param work gets the number of tries before this one
 */
export async function withRetries<T>(
  work: (tries: number) => T | Promise<T>,
  { pausesMs, wait, mayRetry }: Retries,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work(tries);
    } catch (error) {
      const pauseMs = pausesMs[tries];
      if (pauseMs === undefined || !mayRetry(error, pauseMs)) throw error;
      await wait(pauseMs);
    }
  }
}

/**
 * The pause after a number of failures: `firstMs` after the first one, doubled with each further one up to
 * `longestMs`. Milliseconds.
 * @param failures failures so far, at least 1
 * @param random a number in [0, 1). It shortens the pause by up to a fifth, so that not everything is retried together
 */
export function backoffMs({ firstMs, longestMs }: Backoff, failures: number, random = 0): number {
  return Math.min(longestMs, firstMs * 2 ** (failures - 1)) * (1 - random / 5);
}

export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

interface Retries {
  /** The pause after each failed try. Its length is the number of retries. */
  readonly pausesMs: readonly number[];
  readonly wait: (ms: number) => Promise<unknown>;
  /** Called only while a pause is left. False: the error is final. */
  readonly mayRetry: (error: unknown, pauseMs: number) => boolean;
}
