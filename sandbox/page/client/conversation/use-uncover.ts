import { useEffect, useRef } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { isNarrow } from "../layout/narrow.ts";
import { useStore } from "../state/use-page.ts";

/** On a narrow screen, a thread or a panel covers the channel. It closes when the channel gets an answer to the viewer. */
export function useUncover(messages: readonly MessageView[]): void {
  const { change } = useStore();
  const newest = messages.findLast(({ onlyYou }) => onlyYou)?.ts;
  const known = useRef(newest);
  useEffect(() => {
    if (newest === known.current) return;
    known.current = newest;
    if (newest === undefined || !isNarrow()) return;
    // The button that was pressed closes with its thread.
    if (document.activeElement?.closest(COVERS) !== null)
      document.querySelector<HTMLElement>(".pg-main .pg-messages")?.focus();
    change({ thread: undefined, panel: undefined });
  }, [change, newest]);
}

const COVERS = ".pg-thread, .pg-panel";
