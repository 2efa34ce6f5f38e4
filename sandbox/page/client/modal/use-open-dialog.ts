import { useSyncExternalStore } from "react";

/** The dialog in front; null when none is open. Everything outside it is inert, so what people must reach moves in. */
export function useOpenDialog(): Element | null {
  return useSyncExternalStore(onDialogs, frontDialog);
}

/** A dialog inside another one comes later in the document. */
function frontDialog(): Element | null {
  return [...document.querySelectorAll("dialog.pg-dialog[open]")].at(-1) ?? null;
}

function onDialogs(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["open"] });
  return () => observer.disconnect();
}
