import type { PageStore } from "../state/page-store.ts";

/** Closes the open panel. The focus moves from the panel to the button that opens it again. */
export function closePanel({ get, change }: PageStore): void {
  const { panel } = get();
  leave(".pg-panel", `[data-opens="${CSS.escape(panel ?? "")}"]`);
  change({ panel: undefined });
}

/** Closes the open thread. The focus moves from the thread to the link that opens it again. */
export function closeThread({ get, change }: PageStore): void {
  const { thread } = get();
  leave(".pg-thread", `.pg-main [data-ts="${CSS.escape(thread?.ts ?? "")}"] .pg-thread-link`);
  change({ thread: undefined });
}

/** Closes what Escape closes now: the sidebar of a phone, the panel, or the thread. False when nothing is open. */
export function closeTop(store: PageStore): boolean {
  const { sidebarOpen, panel, thread } = store.get();
  const inThread = document.activeElement?.closest(".pg-thread") !== null;
  if (sidebarOpen) {
    leave(".pg-sidebar", ".pg-menu");
    store.change({ sidebarOpen: false });
  } else if (thread !== undefined && (panel === undefined || inThread)) closeThread(store);
  else if (panel !== undefined) closePanel(store);
  else return false;
  return true;
}

/** Moves the focus when it is inside this part of the page, because the browser would lose it with the part. */
function leave(part: string, to: string): void {
  if (document.activeElement?.closest(part) === null) return;
  const targets = [...document.querySelectorAll<HTMLElement>(to)];
  targets.find((target) => target.checkVisibility())?.focus();
}
