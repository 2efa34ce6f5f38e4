import { useEffect } from "react";
import type { ConversationView } from "../../protocol/slack-snapshot.ts";
import { usePage, usePlace, useSlack, useStore } from "./use-page.ts";

/** Returns a function that is true for a conversation with a message newer than the last visible one. */
export function useUnread(): (conversation: ConversationView) => boolean {
  const store = useStore();
  const { seen } = usePage();
  const { viewer } = useSlack();
  const place = usePlace();
  const [key, newest] = place === "home" ? ["", ""] : [`${viewer.id} ${place.id}`, latest(place)];
  useEffect(() => {
    const { seen: before } = store.get();
    if (key !== "" && before[key] !== newest) store.change({ seen: { ...before, [key]: newest } });
  }, [store, key, newest]);
  return (conversation) => latest(conversation) > (seen[`${viewer.id} ${conversation.id}`] ?? "");
}

function latest({ messages }: ConversationView): string {
  return (
    messages
      .flatMap(({ ts, replies }) => [ts, ...replies.map((reply) => reply.ts)])
      .toSorted()
      .at(-1) ?? ""
  );
}
