import type { MessageView } from "../protocol/slack-snapshot.ts";
import { OWNER } from "../server/page-world.ts";
import { slackSnapshot } from "../server/slack-feed.ts";
import type { Stage } from "../server/stage.ts";
import { REVOKED } from "../server/stories/revoked.ts";
import type { Story, StoryStep } from "../server/stories/story.ts";

/** An animated picture of a story, with one frame for each step. */
export interface StoryPicture {
  /** Name of its file, without the extension. */
  readonly name: string;
  readonly story: Story;
}

export const STORY_PICTURES: readonly StoryPicture[] = [{ name: "story-revoked", story: REVOKED }];

/** What the page shows after a step: its caption, and the messages of its place as the story's person sees them. */
export function frameOf({ caption, look }: Pick<StoryStep, "caption" | "look">, { world: { slack } }: Stage): unknown {
  const { conversations, modal } = slackSnapshot(slack, [], slack.person(OWNER).id);
  const messages = conversations.find(({ name }) => name === look.place)?.messages ?? [];
  return { caption, modal: modal === null ? null : [modal.title, modal.blocks], messages: messages.map(drawnOf) };
}

/** The parts of a message that the page draws. Like Slack, it draws the text only where there are no blocks. */
function drawnOf({ text, blocks, attachments, edited, onlyYou, replies }: MessageView): unknown {
  const content = blocks.length === 0 ? text : blocks;
  return { content, attachments, edited, onlyYou, replies: replies.map(drawnOf) };
}
