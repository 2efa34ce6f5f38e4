/** Tells one listener that something may have changed; rings before it listens count, several count as one. */
export interface Bell {
  ring(): void;
  /** Resolves once it was rung since the last time this resolved. */
  rung(): Promise<void>;
}

export const createBell = (): Bell => {
  let next = Promise.withResolvers<void>();
  return {
    ring: () => next.resolve(),
    rung: async () => {
      await next.promise;
      next = Promise.withResolvers<void>();
    },
  };
};
