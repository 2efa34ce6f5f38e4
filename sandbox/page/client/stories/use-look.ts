import { useEffect, useEffectEvent } from "react";
import type { ConversationView } from "../../shared/slack-snapshot.ts";
import type { StoryView } from "../../shared/story-view.ts";
import { useSlack, useStore } from "../state/use-page.ts";

/** Where a thread would cover what it hangs on. */
const NARROW = "(max-width: 1100px)";

const newest = ({ messages }: ConversationView): string | undefined =>
  messages.findLast(({ replyTo }) => replyTo === null)?.ts;

/** Shows what the story speaks of, through the eyes of the workspace's own person; people may look elsewhere meanwhile. */
export function useLook(playing: StoryView["playing"]): void {
  const store = useStore();
  const { viewer, people, conversations } = useSlack();
  const look = playing?.look;
  const conversation = conversations.find(({ name }) => name === look?.place);
  const alert = conversation === undefined ? undefined : newest(conversation);

  const turn = useEffectEvent(() => {
    const insider = people.find(({ outsider }) => !outsider);
    if (viewer.outsider && insider !== undefined) store.connect(insider.id);
    if (conversation === undefined) return;
    const beside = look?.thread === true && alert !== undefined && !matchMedia(NARROW).matches;
    store.change({
      place: conversation.id,
      thread: beside ? { channel: conversation.id, ts: alert } : undefined,
      sidebarOpen: false,
    });
  });
  const step = playing === null || playing.ended ? undefined : `${playing.id} ${playing.step}`;
  useEffect(() => {
    if (step !== undefined) turn();
  }, [step, conversation?.id, alert]);
}
