import { type RefObject, useLayoutEffect } from "react";

/**
 * Puts an open list into the browser's top layer, next to its button. There no scrolling box and no footer cuts it, and
 * it stays inside the window. The list needs `popover="manual"`.
 */
export function useFloating(
  button: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  open: boolean,
): void {
  useLayoutEffect(() => {
    const [from, popup] = [button.current, list.current];
    if (!open || from === null || popup === null) return;
    popup.showPopover();
    const place = (): void => placeNext(popup, from.getBoundingClientRect());
    place();
    // Events of every scrolling box reach the window only in the capture phase.
    addEventListener("scroll", place, { capture: true });
    addEventListener("resize", place);
    return () => {
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    };
  }, [button, list, open]);
}

/** Sizes in pixels. */
const GAP = 4;
const TALLEST = 264;

/** Below the button, or above it when the list does not fit below and there is more room above. */
function placeNext(popup: HTMLElement, { top, bottom, left, width }: DOMRect): void {
  const [above, below] = [top - 2 * GAP, innerHeight - bottom - 2 * GAP];
  const { style } = popup;
  style.minWidth = `${width}px`;
  style.maxHeight = `${TALLEST}px`;
  const up = popup.offsetHeight > below && above > below;
  style.maxHeight = `${Math.min(TALLEST, up ? above : below)}px`;
  style.top = up ? "auto" : `${bottom + GAP}px`;
  style.bottom = up ? `${innerHeight - top + GAP}px` : "auto";
  style.left = `${Math.max(GAP, Math.min(left, innerWidth - popup.offsetWidth - GAP))}px`;
}
