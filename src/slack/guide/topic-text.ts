import { plainText, tipText, type Writing } from "../../words/plain-text.ts";
import type { ListItem, Part, Spans } from "../../guide/rich-text.ts";
import type { Topic } from "../../guide/topic.ts";
import { LIMITS } from "../blocks.ts";
import { cutTo, escapeMrkdwn } from "../mrkdwn.ts";
import { utcText } from "../../token/moment.ts";
import { slackCommand } from "../spans.ts";

const WRITING: Writing = { command: slackCommand, date: utcText };

const slackText = (spans: Spans): string => plainText(spans, WRITING);

const itemLines = (item: ListItem, marker: string): readonly string[] => [
  `${marker}${slackText(item.spans)}`,
  ...(item.bullets ?? []).map((spans) => `  - ${slackText(spans)}`),
  ...(item.codeblock === undefined ? [] : [`  ${item.codeblock}`]),
];

const partLines = (part: Part): readonly string[] => {
  switch (part.kind) {
    case "paragraph":
      return [slackText(part.spans)];
    case "list":
      return part.items.flatMap((item, index) => itemLines(item, part.ordered ? `${index + 1}. ` : "- "));
    case "table": {
      const column = (index: number): string =>
        part.rows.map((row: readonly Spans[]) => slackText(row[index] ?? [])).join("; ");
      return part.header.map((spans, index) => `${slackText(spans)}: ${column(index)}.`);
    }
  }
};

interface TextOptions {
  /** The whole guide leaves them to the eye, because Slack takes no text that holds them too. */
  readonly tips: boolean;
}

const topicLines = (topic: Topic, { tips }: TextOptions): readonly string[] => [
  topic.title,
  ...(topic.kind === "help" ? [topic.summary] : []),
  ...topic.parts.flatMap(partLines),
  ...(tips ? topic.tips.map((tip) => tipText(tip, WRITING)) : []),
];

/** Topics read aloud: every instruction, in order, within what Slack takes as a message's text. */
export const topicsText = (topics: readonly Topic[], options: TextOptions): string =>
  cutTo(escapeMrkdwn(topics.map((topic) => topicLines(topic, options).join("\n")).join("\n\n")), LIMITS.messageText);
