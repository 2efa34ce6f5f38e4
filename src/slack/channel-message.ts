import type { KnownBlock, MessageAttachment } from "@slack/types";
import { LIMITS } from "./blocks.ts";
import { cutTo } from "./mrkdwn.ts";

/**
 * A message that everybody in a channel sees. `text` carries all of it, because screen readers and notifications get
 * nothing else; `blocks` and `attachments` are what eyes see instead of it.
 */
export interface ChannelMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** Beside the colour bar; only attachments have one. */
  readonly attachments: readonly MessageAttachment[];
}

/** Colour only repeats what the first word says. */
export const COLOURS = { critical: "#d72b3f", warning: "#daa038", over: "#2eb67d" } as const;

/** A message of words only. */
export const wordsOnly = (text: string): ChannelMessage => ({
  text: cutTo(text, LIMITS.messageText),
  blocks: [],
  attachments: [],
});

const SHORT = 1_500;
const SHORTEST = 500;

/** Half the words; of the rest only the buttons. */
export const shortened = ({ text, attachments }: ChannelMessage): ChannelMessage => ({
  text: cutTo(text, SHORT),
  blocks: [],
  attachments: attachments.flatMap(({ blocks = [], ...attachment }) => {
    const buttons = blocks.filter(({ type }) => type === "actions");
    return buttons.length === 0 ? [] : [{ ...attachment, blocks: buttons }];
  }),
});

/** The first two lines: which token and what happened, then what it breaks and the people whom it notifies. */
export const minimal = ({ text }: ChannelMessage): ChannelMessage =>
  wordsOnly(cutTo(text.split("\n").slice(0, 2).join("\n"), SHORTEST));
