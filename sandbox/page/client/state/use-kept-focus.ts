import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/**
 * Keeps the focus on a pressed button, such as "Next". When the app renders blocks again, the pressed element is gone.
 * The focus then moves to the new element with the same action. `orElse` is called when there is none.
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
