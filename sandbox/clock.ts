/** The only clock of the sandbox. The Slack and Graph stand-ins read it; tests and the time machine move it. */
export interface Clock {
  readonly now: () => Date;
  readonly set: (date: Date) => void;
  readonly advance: (ms: number) => void;
  /** Calls the listener after each move; returns a function that removes the listener. */
  readonly onChange: (listener: (now: Date) => void) => () => void;
}

/** Creates a clock that stays at `start` until a caller moves it. */
export function createClock(start: Date): Clock {
  let currentMs = start.getTime();
  const listeners = new Set<(now: Date) => void>();
  const set = (date: Date): void => {
    currentMs = date.getTime();
    for (const listener of listeners) listener(new Date(currentMs));
  };
  return {
    now: () => new Date(currentMs),
    set,
    advance: (ms) => set(new Date(currentMs + ms)),
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
