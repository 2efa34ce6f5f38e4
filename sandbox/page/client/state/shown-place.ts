import type { ConversationView } from "../../protocol/slack-snapshot.ts";

/**
 * The conversation with this id or name, or the App Home. Conversations contains no DM of another person and no channel
 * without the viewer; then the first one is shown instead.
 */
export function shownPlace(
  place: string | undefined,
  conversations: readonly ConversationView[],
): ConversationView | "home" {
  if (place === "home") return "home";
  const [first] = conversations;
  return conversations.find(({ id, name }) => id === place || name === place) ?? first ?? "home";
}
