import { textLength } from "../../../src/slack/kit/text-length.ts";
import type { ChannelMessage } from "../../../src/slack/kit/channel-message.ts";

/**
 * Every text of a message in which Slack looks for mentions and links. A `plain_text` is shown as it is, so the header
 * and the buttons are left out (text object, docs.slack.dev, read 2026-11).
 */
export const parsedTexts = ({ text, blocks, attachments }: ChannelMessage): readonly string[] => [
  text,
  ...attachments.flatMap(({ fallback }) => fallback ?? []),
  ...mrkdwnOf([blocks, attachments]),
];

/** Characters in all blocks, those beside the colour bar included. */
export const blocksLength = ({ blocks, attachments }: ChannelMessage): number =>
  textLength([blocks, attachments.map((attachment) => attachment.blocks)]);

const mrkdwnOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnOf);
};
