import { type RefObject, useEffect, useRef } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";

/**
 * Scrolls to a new or changed message when the viewer was reading the newest one. Also scrolls to a message that only
 * the viewer sees. Shows the whole message when it fits, otherwise its beginning.
 */
export function useFollow(list: RefObject<HTMLElement | null>, messages: readonly MessageView[]): void {
  const known = useRef<ReadonlyMap<string, string> | undefined>(undefined);
  const atEnd = useRef(true);

  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const note = (): void => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    };
    // An open thread takes space. A viewer at the end must stay at the end.
    const resized = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
    });
    resized.observe(box);
    box.addEventListener("scroll", note, { passive: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", note);
    };
  }, [list]);

  useEffect(() => {
    const box = list.current;
    const before = known.current;
    known.current = new Map(messages.map((message) => [message.ts, JSON.stringify(message)]));
    if (box === null) return;
    if (before === undefined) {
      box.scrollTo({ top: box.scrollHeight });
      return;
    }
    const changed = changedMessage(before, messages);
    if (changed === undefined || !(atEnd.current || changed.onlyYou)) return;
    const item = box.querySelector<HTMLElement>(`[data-ts="${changed.ts}"]`);
    if (item !== null) item.scrollIntoView({ block: item.offsetHeight > box.clientHeight ? "start" : "nearest" });
  }, [list, messages]);
}

/** Within this many pixels of the end, the viewer counts as reading the newest message. */
const NEAR = 80;

function changedMessage(
  before: ReadonlyMap<string, string>,
  messages: readonly MessageView[],
): MessageView | undefined {
  return messages.findLast((message) => before.get(message.ts) !== JSON.stringify(message));
}
