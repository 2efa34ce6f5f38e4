/** Tells one waiting task that there may be new work. Signals raised before it waits are kept; several count as one. */
export interface WakeSignal {
  raise(): void;
  /** Resolves when the signal was raised since `raised` last resolved. */
  raised(): Promise<void>;
}

export function createWakeSignal(): WakeSignal {
  let next = Promise.withResolvers<void>();
  return {
    raise: () => next.resolve(),
    raised: async () => {
      await next.promise;
      next = Promise.withResolvers<void>();
    },
  };
}
