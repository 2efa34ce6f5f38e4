import { tipText } from "../../words/plain-text.ts";
import type { ListItem, Part, Spans } from "../../guide/rich-text.ts";
import type { Topic } from "../../guide/topic.ts";
import { LIMITS } from "../kit/blocks.ts";
import { cutTo, escapeMrkdwn } from "../kit/mrkdwn.ts";
import { SLACK_WRITING, slackPlainText } from "../kit/spans.ts";

/** Topics for a screen reader: every instruction in order, within the length that Slack accepts as message text. */
export function topicsText(topics: readonly Topic[], options: TextOptions): string {
  return cutTo(
    escapeMrkdwn(topics.map((topic) => topicLines(topic, options).join("\n")).join("\n\n")),
    LIMITS.messageText,
  );
}

function itemLines(item: ListItem, marker: string): readonly string[] {
  return [
    `${marker}${slackPlainText(item.spans)}`,
    ...(item.bullets ?? []).map((spans) => `  - ${slackPlainText(spans)}`),
    ...(item.codeblock === undefined ? [] : [`  ${item.codeblock}`]),
  ];
}

function partLines(part: Part): readonly string[] {
  switch (part.kind) {
    case "paragraph":
      return [slackPlainText(part.spans)];
    case "list":
      return part.items.flatMap((item, index) => itemLines(item, part.ordered ? `${index + 1}. ` : "- "));
    case "table": {
      const column = (index: number): string =>
        part.rows.map((row: readonly Spans[]) => slackPlainText(row[index] ?? [])).join("; ");
      return part.header.map((spans, index) => `${slackPlainText(spans)}: ${column(index)}.`);
    }
  }
}

interface TextOptions {
  /** The whole guide leaves the tips out, because its text with tips would be longer than Slack accepts. */
  readonly tips: boolean;
}

function topicLines(topic: Topic, { tips }: TextOptions): readonly string[] {
  return [
    topic.title,
    ...(topic.kind === "help" ? [topic.summary] : []),
    ...topic.parts.flatMap(partLines),
    ...(tips ? topic.tips.map((tip) => tipText(tip, SLACK_WRITING)) : []),
  ];
}
