import { UsageError } from "./errors.ts";
import type { Io } from "./io.ts";

/**
 * Runs work that can start commands of the operator. At a signal to stop, `signal` ends them, because they do not get the
 * signals of a terminal, and the promise rejects with a UsageError without waiting for the work.
 */
export async function untilStopped<T>(
  { onStop }: Pick<Io, "onStop">,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stopping = new AbortController();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const forget = onStop(() => {
    stopping.abort();
    reject(new UsageError("Stopped."));
  });
  try {
    return await Promise.race([work(stopping.signal), stopped]);
  } finally {
    forget();
  }
}
