import { useEffect, useState } from "react";
import type { ConversationView } from "../../shared/slack-snapshot.ts";
import { usePlace, useSlack } from "./use-page.ts";

const latest = ({ messages }: ConversationView): string =>
  messages
    .flatMap(({ ts, replies }) => [ts, ...replies.map((reply) => reply.ts)])
    .toSorted()
    .at(-1) ?? "";

/** Whether a conversation has something newer than what the viewer last had on the screen. */
export function useUnread(): (conversation: ConversationView) => boolean {
  const { viewer } = useSlack();
  const place = usePlace();
  const [seen, setSeen] = useState<Readonly<Record<string, string>>>({});
  const [key, newest] = place === "home" ? ["", ""] : [`${viewer.id} ${place.id}`, latest(place)];
  useEffect(() => {
    if (key !== "") setSeen((before) => ({ ...before, [key]: newest }));
  }, [key, newest]);
  return (conversation) => latest(conversation) > (seen[`${viewer.id} ${conversation.id}`] ?? "");
}
