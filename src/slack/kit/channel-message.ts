import type { KnownBlock, MessageAttachment } from "@slack/types";
import { LIMITS } from "./blocks.ts";
import { cutTo } from "./mrkdwn.ts";

/**
 * A message that everybody in a channel sees. `text` has the full content, because screen readers and notifications use
 * only `text`. Slack displays `blocks` and `attachments` instead of it.
 */
export interface ChannelMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** Only attachments have a colour bar. */
  readonly attachments: readonly MessageAttachment[];
}

/** The colour only repeats the first word of the message. */
export const COLOURS = { critical: "#d72b3f", warning: "#daa038", over: "#2eb67d" } as const;

/** A message with text only. */
export function wordsOnly(text: string): ChannelMessage {
  return {
    text: cutTo(text, LIMITS.messageText),
    blocks: [],
    attachments: [],
  };
}

/** Half of the text, and no other blocks than buttons. */
export function shortened({ text, attachments }: ChannelMessage): ChannelMessage {
  return {
    text: cutTo(text, SHORT),
    blocks: [],
    attachments: attachments.flatMap(({ blocks = [], ...attachment }) => {
      const buttons = blocks.filter(({ type }) => type === "actions");
      return buttons.length === 0 ? [] : [{ ...attachment, blocks: buttons }];
    }),
  };
}

/** The first two lines: the token and what happened, then the impact and the people to notify. */
export function minimal({ text }: ChannelMessage): ChannelMessage {
  return wordsOnly(cutTo(text.split("\n").slice(0, 2).join("\n"), SHORTEST));
}

const SHORT = 1_500;
const SHORTEST = 500;
