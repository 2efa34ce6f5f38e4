import { useEffect } from "react";
import type { PageStore } from "../state/page-store.ts";
import { useStore } from "../state/use-page.ts";
import { closeTop } from "./closing.ts";
import { panelCovers, threadCovers } from "./covers.ts";

/** The keys of the whole page: `/` focuses the composer, and Escape closes a panel. */
export function useKeys(): void {
  const store = useStore();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // A dialog uses its own keys.
      if (document.querySelector("dialog[open]") !== null) return;
      if (event.key === "/") startCommand(event, store);
      if (event.key === "Escape" && !hasOpenList(event.target) && closeTop(store)) event.preventDefault();
    };
    // Before the handlers of an open list, which close that list.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [store]);
}

/** Focuses the composer. The key also begins the command when the composer is empty. */
export function focusComposer({ change }: PageStore): HTMLInputElement | null {
  if (panelCovers()) change({ panel: undefined });
  if (threadCovers()) change({ thread: undefined, sidebarOpen: false });
  const field = document.querySelector<HTMLInputElement>(".pg-composer input");
  field?.focus();
  return field;
}

function startCommand(event: KeyboardEvent, store: PageStore): void {
  if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
  const field = focusComposer(store);
  if (field !== null && field.value !== "") event.preventDefault();
}

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** Escape first closes the list of a select or of the composer. */
function hasOpenList(target: EventTarget | null): boolean {
  const box = target instanceof Element ? target.closest(".pg-select, .pg-composer") : null;
  return box !== null && box.querySelector('[aria-expanded="true"]') !== null;
}
