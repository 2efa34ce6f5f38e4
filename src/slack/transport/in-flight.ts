import type { AnyMiddlewareArgs, Middleware } from "@slack/bolt";

/** Counts the work that listeners do after their acknowledgement, so that a stop can wait for it. */
export interface InFlight {
  readonly middleware: Middleware<AnyMiddlewareArgs>;
  /** Resolves when no work is in flight. */
  settled(): Promise<void>;
}

export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  return {
    middleware: async ({ next }) => {
      const work = next();
      running.add(work);
      try {
        await work;
      } finally {
        running.delete(work);
      }
    },
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
