import { addedSummary, noteText, plainText } from "../../guide/plain-text.ts";
import type { ListItem, Part, Spans } from "../../guide/rich-text.ts";
import type { Topic } from "../../guide/topic.ts";
import { LIMITS } from "../blocks.ts";
import { cutTo, escapeMrkdwn } from "../mrkdwn.ts";

const itemLines = (item: ListItem, marker: string): readonly string[] => [
  `${marker}${plainText(item.spans)}`,
  ...(item.bullets ?? []).map((spans) => `  - ${plainText(spans)}`),
  ...(item.codeblock === undefined ? [] : [`  ${item.codeblock}`]),
];

const partLines = (part: Part): readonly string[] => {
  switch (part.kind) {
    case "paragraph":
      return [plainText(part.spans)];
    case "list":
      return part.items.flatMap((item, index) => itemLines(item, part.ordered ? `${index + 1}. ` : "- "));
    case "table": {
      const column = (index: number): string =>
        part.rows.map((row: readonly Spans[]) => plainText(row[index] ?? [])).join("; ");
      return part.header.map((spans, index) => `${plainText(spans)}: ${column(index)}.`);
    }
  }
};

interface TextOptions {
  /** With the reasons of the additions; the whole guide leaves them to the eye. */
  readonly reasons: boolean;
}

const topicLines = (topic: Topic, { reasons }: TextOptions): readonly string[] => [
  topic.title,
  ...(topic.origin === "added" ? [addedSummary(topic)] : []),
  ...topic.parts.flatMap(partLines),
  ...topic.notes.map((note) => noteText(reasons ? note : { advice: note.advice })),
];

/** Topics read aloud: every instruction, in order, within what Slack takes as a message's text. */
export const topicsText = (topics: readonly Topic[], options: TextOptions): string =>
  cutTo(escapeMrkdwn(topics.map((topic) => topicLines(topic, options).join("\n")).join("\n\n")), LIMITS.messageText);
