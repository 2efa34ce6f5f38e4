import { useEffect, useEffectEvent } from "react";
import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import type { StoryView } from "../../protocol/story-view.ts";
import { useSlack, useStore } from "../state/use-page.ts";

/** Where a thread would cover what it hangs on. */
const NARROW = "(max-width: 1100px)";

const newest = ({ messages }: ConversationView): string | undefined =>
  messages.findLast(({ replies }) => replies.length > 0)?.ts;

/** A thread takes the focus when it opens, and shows its beginning; a story goes on, and tells the newest. */
const settleThread = (held: Element | null): void => {
  if (held instanceof HTMLElement && held.isConnected && held !== document.body) held.focus();
  const thread = document.querySelector(".pg-thread .pg-messages");
  thread?.scrollTo({ top: thread.scrollHeight });
};

/** Shows what the story speaks of, through the eyes of the workspace's own person; people may look elsewhere meanwhile. */
export function useLook(playing: StoryView["playing"]): void {
  const store = useStore();
  const { viewer, people, conversations } = useSlack();
  const look = playing?.look;
  const conversation = conversations.find(({ name }) => name === look?.place);
  const alert = conversation === undefined ? undefined : newest(conversation);
  const replies = conversation?.messages.find(({ ts }) => ts === alert)?.replies.length;

  const turn = useEffectEvent(() => {
    const insider = people.find(({ outsider }) => !outsider);
    if (viewer.outsider && insider !== undefined) store.connect(insider.id);
    if (conversation === undefined) return;
    const held = document.activeElement;
    const beside = look?.thread === true && alert !== undefined && !matchMedia(NARROW).matches;
    store.change({
      place: conversation.id,
      thread: beside ? { channel: conversation.id, ts: alert } : undefined,
      sidebarOpen: false,
    });
    if (beside) requestAnimationFrame(() => settleThread(held));
  });
  const step = playing === null || playing.ended ? undefined : `${playing.id} ${playing.step}`;
  useEffect(() => {
    if (step !== undefined) turn();
  }, [step, conversation?.id, alert, replies]);
}
