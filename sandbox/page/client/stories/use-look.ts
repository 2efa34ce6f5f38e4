import { useEffect, useEffectEvent } from "react";
import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import type { StoryView } from "../../protocol/story-view.ts";
import { useSlack, useStore } from "../state/use-page.ts";

/**
 * Shows the place of the current story step, from the view of a person of this workspace. People may look elsewhere
 * between steps.
 */
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

/** On a narrower screen, a thread would cover its message. */
const NARROW = "(max-width: 1100px)";

function newest({ messages }: ConversationView): string | undefined {
  return messages.findLast(({ replies }) => replies.length > 0)?.ts;
}

/**
 * An opened thread takes the focus and shows its beginning. A story needs the focus where it was and the newest reply
 * in view.
 */
function settleThread(held: Element | null): void {
  if (held instanceof HTMLElement && held.isConnected && held !== document.body) held.focus();
  const thread = document.querySelector(".pg-thread .pg-messages");
  thread?.scrollTo({ top: thread.scrollHeight });
}
