import { type RefObject, useEffect, useRef, useState } from "react";
import type { MessageView } from "../../protocol/slack-snapshot.ts";
import { type Known, knownOf, newsOf } from "./news.ts";

export interface Follow {
  /** Number of new messages below the part that the viewer reads. */
  readonly waiting: number;
  /** Shows the first of them. */
  readonly jump: () => void;
}

/** Scrolls a list of messages as news.ts says. It opens at the newest message, or at the beginning. */
export function useFollow(
  list: RefObject<HTMLElement | null>,
  messages: readonly MessageView[],
  opensAt: "newest" | "beginning",
): Follow {
  const [waiting, setWaiting] = useState<readonly string[]>([]);
  const known = useRef<Known>(undefined);
  const following = useRef(true);
  const pressed = useRef<string>(undefined);
  /** The position and the distance to the end when the page last scrolled or changed the list. */
  const top = useRef(0);
  const rest = useRef(0);

  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const onScroll = (): void => {
      const now = distance(box);
      if (now < NEAR) {
        following.current = true;
        setWaiting([]);
      } else if (now > rest.current + SLACK && box.scrollTop < top.current - SLACK) {
        // Layout that grows makes the distance longer too. Only the viewer also moves the position up.
        following.current = false;
      }
      [top.current, rest.current] = [box.scrollTop, now];
    };
    const onClick = ({ target }: MouseEvent): void => {
      // A press can open a form, and the answer then follows a press in the form.
      if (!(target instanceof Element) || target.closest("dialog") !== null) return;
      const button = box.contains(target) ? target.closest("button, [role=option]") : null;
      pressed.current = button?.closest<HTMLElement>("[data-ts]")?.dataset["ts"];
    };
    // An open thread takes space. A viewer at the end must stay at the end.
    const resized = new ResizeObserver(() => {
      if (following.current && rest.current < NEAR) box.scrollTo({ top: box.scrollHeight });
      [top.current, rest.current] = [box.scrollTop, distance(box)];
    });
    resized.observe(box);
    box.addEventListener("scroll", onScroll, { passive: true });
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      resized.disconnect();
      box.removeEventListener("scroll", onScroll);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [list]);

  useEffect(() => {
    const box = list.current;
    const before = known.current;
    known.current = knownOf(messages);
    if (box === null) return;
    if (before === undefined) {
      if (opensAt === "newest") showIn(box, messages.at(-1)?.ts);
      following.current = opensAt === "newest" || distance(box) < NEAR;
    } else {
      const news = newsOf(before, messages, { following: following.current, pressed: pressed.current });
      if (news.isAnswer) pressed.current = undefined;
      const newest = messages.at(-1)?.ts ?? "";
      if (news.show !== undefined) {
        showIn(box, news.show);
        // The browser reports the scroll later, and the next message may arrive before.
        if (distance(box) < NEAR) following.current = true;
      } else if (following.current && rest.current < NEAR && before.get(newest) === known.current.get(newest)) {
        // An earlier message became taller. The newest one stays where it is.
        box.scrollBy({ top: distance(box) - rest.current });
      }
      if (news.waiting.length > 0) setWaiting((others) => [...others, ...news.waiting]);
    }
    [top.current, rest.current] = [box.scrollTop, distance(box)];
  }, [list, messages, opensAt]);

  return {
    waiting: waiting.length,
    jump: () => {
      const box = list.current;
      if (box === null) return;
      showIn(box, waiting[0], "start");
      // The pressed button disappears.
      box.focus();
      setWaiting([]);
    },
  };
}

/** Within this many pixels of the end, the viewer counts as reading the newest message. */
const NEAR = 80;

/** Browsers round scroll positions. */
const SLACK = 2;

function distance(box: HTMLElement): number {
  return box.scrollHeight - box.scrollTop - box.clientHeight;
}

/** Shows the whole message when it fits, otherwise its beginning. */
function showIn(box: HTMLElement, ts: string | undefined, block?: ScrollLogicalPosition): void {
  const item = ts === undefined ? null : box.querySelector<HTMLElement>(`[data-ts="${CSS.escape(ts)}"]`);
  item?.scrollIntoView({ block: block ?? (item.offsetHeight > box.clientHeight ? "start" : "nearest") });
}
