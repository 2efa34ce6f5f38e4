import type { ActionsBlock } from "@slack/types";
import { rich, type Spans } from "../../guide/rich-text.ts";
import type { Standing } from "../../alert/alert.ts";
import { sentences } from "../../words/values.ts";
import { context, header, LIMITS, lines, openLines } from "../kit/blocks.ts";
import { boundedList, MOST_LINES } from "../requests/bounded-list.ts";
import { type ChannelMessage, COLOURS } from "../kit/channel-message.ts";
import { callsTo } from "../kit/mention.ts";
import { inSlack, slackHeadline } from "../kit/spans.ts";

/** Many alerts as one message: headline, impact, people, why, steps, the list, buttons, then the small print. */
export function listMessage<T>(message: ListMessage<T>, timezone: string): ChannelMessage {
  const say = inSlack(timezone);
  const top = [say(message.impact ?? []), callsTo(message.calls).trim()].filter(Boolean).join(" ");
  const [first = [], ...rest] = message.paragraphs.map((paragraph) => paragraph.map(say));
  const paragraphs = [[...(top === "" ? [] : [top]), ...first], ...rest].filter(({ length }) => length > 0);
  // A group can have thousands of alerts, and the other lines are only counted.
  const list = message.list.slice(0, MOST_LINES).map((one) => say(rich`• ${message.lineOf(one)}`));
  const more = message.list.length - list.length;
  const small = say(sentences(...message.small));
  const end = small === "" ? [] : [small];
  const before = [say(message.headline), ...paragraphs.flat()];
  const room = LIMITS.messageText - [...before, ...end].join("\n").length - 1;
  return {
    text: [...before, ...boundedList(list, room, { more }), ...end].join("\n"),
    blocks: [header(slackHeadline(message.headline)), ...paragraphs.flatMap(openLines)],
    attachments: [
      {
        color: COLOURS[message.standing],
        fallback: slackHeadline(message.headline),
        blocks: [
          ...lines(boundedList(list, LIMITS.messageBlocksText / 2, { more })),
          ...message.buttons,
          ...end.map((line) => context(line)),
        ],
      },
    ],
  };
}

/** A message about many alerts, with its parts in the order of reading. */
interface ListMessage<T> {
  readonly standing: Standing;
  readonly headline: Spans;
  /** What the alerts break, before the people to notify. */
  readonly impact?: Spans;
  /** Slack IDs of the people to notify. */
  readonly calls: readonly string[];
  /** Each paragraph is a group of lines: why, what to do, people's responses. */
  readonly paragraphs: readonly (readonly Spans[])[];
  /** The alerts, worst first. */
  readonly list: readonly T[];
  /** The line of one of them. */
  readonly lineOf: (one: T) => Spans;
  /** Facts and evidence. */
  readonly small: readonly Spans[];
  readonly buttons: readonly ActionsBlock[];
}
