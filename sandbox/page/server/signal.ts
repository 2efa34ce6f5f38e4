/** Notifies listeners that something may have changed. */
export interface Signal {
  readonly onChange: (listener: () => void) => () => void;
  readonly emit: () => void;
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit: () => {
      for (const listener of listeners) listener();
    },
  };
}
