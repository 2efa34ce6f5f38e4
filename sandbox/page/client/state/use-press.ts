import { useCallback, useRef, useState } from "react";

/** One action at a time: a press during an earlier one does nothing. */
export function usePress(): Press {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const press = useCallback((act: () => Promise<unknown>): void => {
    // Two presses can arrive before the page draws the first one.
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void act().finally(() => {
      running.current = false;
      setBusy(false);
    });
  }, []);
  return { busy, press };
}

interface Press {
  /** An action is in progress. Its buttons say so with aria-disabled, which keeps the focus on a pressed button. */
  readonly busy: boolean;
  readonly press: (act: () => Promise<unknown>) => void;
}
