/**
 * True when the work ended within `ms`. False when it still runs; its outcome is then ignored. Rejects when the work
 * fails in time. For a request, use `AbortSignal.timeout` instead: it also ends the request.
 * @param wait waits in real time by default. It ends early when the signal is aborted
 */
export async function inTime(work: Promise<unknown>, ms: number, wait: Wait = realWait): Promise<boolean> {
  const over = new AbortController();
  try {
    return await Promise.race([work.then(() => true), wait(ms, over.signal).then(() => false)]);
  } finally {
    over.abort();
  }
}

type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>;

function realWait(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return promise;
}
