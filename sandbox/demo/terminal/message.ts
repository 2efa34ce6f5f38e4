import { asObjects, asString, type JsonObject } from "../../slack/json.ts";
import type { MessageView } from "../../page/protocol/slack-snapshot.ts";
import { namedColour } from "./colour-bar.ts";
import { clockTime } from "./dates.ts";
import { type Lookup, mrkdwnLines } from "./mrkdwn.ts";
import { blocksLines } from "./render-blocks.ts";
import { EMPTY, span, type Line } from "./span.ts";
import { indented, wrap } from "./wrap.ts";

export interface MessageOptions {
  readonly width: number;
  readonly lookup: Lookup;
  /** Leaves out the empty lines between blocks. */
  readonly tight?: boolean;
}

/** Draws a message as Slack does: blocks if there are any, otherwise its text, then the attachments. */
export function messageLines(message: MessageView, { width, lookup, tight = false }: MessageOptions): readonly Line[] {
  const outer = message.replyTo === null ? 0 : THREAD_INDENT;
  const room = width - outer - INDENT;
  const body =
    message.blocks.length > 0
      ? blocksLines(message.blocks, { width: room, lookup, tight })
      : mrkdwnLines(message.text, lookup).flatMap((line) => wrap(line, room));
  const attachments = message.attachments.flatMap((attachment) => attachmentLines(attachment, { width: room, lookup }));
  const lines = [...body, ...(attachments.length === 0 ? [] : [EMPTY, ...attachments])];
  return indented(outer, [...wrap(headLine(message, lookup), room), ...indented(INDENT, lines)]);
}

const INDENT = 2;

/** Indentation of replies below their message. */
const THREAD_INDENT = 4;

/** Channel, author, time and Slack's remarks. */
function headLine(message: MessageView, { userName, channelName }: Lookup): Line {
  const at = new Date(Number(message.ts) * 1000);
  const channel = channelName(message.channel);
  const remarks = [
    ...(message.onlyYou ? ["only you see this"] : []),
    ...(message.edited ? ["(edited)"] : []),
    ...(message.broadcast ? ["also sent to the channel"] : []),
  ];
  return [
    ...(message.replyTo === null
      ? [span(channel === undefined ? "direct message" : `#${channel}`, "mention"), span("  ")]
      : [span("↳ thread  ", "quiet")]),
    span(userName(message.author) ?? message.author, "bold"),
    span(`  ${clockTime(at)}`, "quiet"),
    ...remarks.map((remark) => span(`  ${remark}`, "quiet")),
  ];
}

/** Draws an attachment: its blocks or its text, next to a bar in its colour. */
function attachmentLines(attachment: JsonObject, { width, lookup }: MessageOptions): readonly Line[] {
  const { word, look } = namedColour(asString(attachment["color"]));
  const blocks = asObjects(attachment["blocks"]);
  const room = width - 2;
  const lines =
    blocks.length > 0
      ? blocksLines(blocks, { width: room, lookup })
      : mrkdwnLines(asString(attachment["text"]) ?? asString(attachment["fallback"]) ?? "", lookup).flatMap((line) =>
          wrap(line, room),
        );
  return [[span(word, "quiet")], ...lines].map((line) => [span("▌ ", look), ...line]);
}
