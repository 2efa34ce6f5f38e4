import { useEffect, useRef } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { panelCovers, threadCovers } from "../layout/covers.ts";
import { useStore } from "../state/use-page.ts";

/** On a narrow screen, a thread or a panel covers the channel. It closes when the channel gets an answer to the viewer. */
export function useUncover(messages: readonly MessageView[]): void {
  const { change } = useStore();
  const newest = messages.findLast(({ onlyYou }) => onlyYou)?.ts;
  const known = useRef(newest);
  useEffect(() => {
    if (newest === known.current) return;
    known.current = newest;
    if (newest === undefined || !panelCovers()) return;
    // The button that was pressed closes with its part.
    const covers = threadCovers() ? ".pg-thread, .pg-panel" : ".pg-panel";
    if (document.activeElement?.closest(covers) !== null)
      document.querySelector<HTMLElement>(".pg-main .pg-messages")?.focus();
    change(threadCovers() ? { thread: undefined, panel: undefined } : { panel: undefined });
  }, [change, newest]);
}
