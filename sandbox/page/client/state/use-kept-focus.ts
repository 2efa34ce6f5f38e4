import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/**
 * Whoever pressed "Next" presses it again: when the app draws blocks anew, the pressed element is gone, and the focus
 * goes to the one with the same action. `orElse` is asked when there is none.
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>, version: string, orElse?: () => void): void {
  const last = useRef<HTMLElement | null>(null);
  const onLost = useEffectEvent(() => orElse?.());

  useEffect(() => {
    const element = box.current;
    const note = ({ target }: FocusEvent): void => {
      last.current = target instanceof HTMLElement ? target : null;
    };
    element?.addEventListener("focusin", note);
    return () => element?.removeEventListener("focusin", note);
  }, [box]);

  useEffect(() => {
    const [element, before] = [box.current, last.current];
    if (element === null || before === null || before.isConnected) return;
    if (document.activeElement !== document.body && document.activeElement !== element) return;
    const { action } = before.dataset;
    const same =
      action === undefined ? null : element.querySelector<HTMLElement>(`[data-action="${CSS.escape(action)}"]`);
    if (same === null) onLost();
    else same.focus();
  }, [box, version]);
}
