import type { ListItem, Part, Span, Spans } from "../../src/guide/rich-text.ts";
import type { Topic } from "../../src/guide/topic.ts";
import { guideTopics } from "../../src/guide/topics.ts";
import { utcText } from "../../src/token/moment.ts";

/** The page that the program writes from the guide, for people who have not installed anything. */
export const GUIDE_PAGE = "docs/guide.md";

/** The whole guide in Markdown: one section for each topic, in the order of the guide. */
export function guidePage(): string {
  const topics = guideTopics({ appName: "your app" });
  const contents = (kind: Topic["kind"]): string =>
    topics
      .filter((topic) => topic.kind === kind)
      .map(({ title }) => `[${escaped(title)}](#${anchorOf(title)})`)
      .join(" · ");
  return [INTRODUCTION, `- Set up: ${contents("setup")}\n- Help: ${contents("help")}`, ...topics.map(topicText)]
    .join("\n\n")
    .concat("\n");
}

const INTRODUCTION = `# The guide

<!-- The program writes this page. Do not edit it. Run: node tools/refresh-samples.ts && npm run format -->

This is the guide that \`/wa-token guide\` shows in Slack and \`wa-token guide\` shows in a terminal. There it also shows the
IDs of your own watch.`;

/** As GitHub makes anchors from headings. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

function topicText({ kind, title, summary, parts, tips }: Topic): string {
  return [
    `## ${title}`,
    ...(kind === "help" ? [escaped(summary)] : []),
    ...parts.map(partText),
    ...tips.map((tip) => `Tip: ${spansText(tip)}`),
  ].join("\n\n");
}

function partText(part: Part): string {
  switch (part.kind) {
    case "paragraph":
      return spansText(part.spans);
    case "list":
      return part.items.map((item, index) => itemText(item, part.ordered ? `${index + 1}. ` : "- ")).join("\n");
    case "table":
      return [part.header, part.header.map(() => undefined), ...part.rows].map(rowText).join("\n");
    default:
      return part satisfies never;
  }
}

function itemText({ spans, bullets = [], codeblock }: ListItem, marker: string): string {
  const indent = " ".repeat(marker.length);
  return [
    marker + spansText(spans),
    ...bullets.map((one) => `${indent}- ${spansText(one)}`),
    ...(codeblock === undefined ? [] : [`\n${indent}\`\`\`text\n${indent}${codeblock}\n${indent}\`\`\``]),
  ].join("\n");
}

function rowText(cells: readonly (Spans | undefined)[]): string {
  return `| ${cells.map((cell) => (cell === undefined ? "---" : spansText(cell).replaceAll("|", "\\|"))).join(" | ")} |`;
}

function spansText(spans: Spans): string {
  return spans.map(spanText).join("");
}

function spanText(span: Span): string {
  switch (span.kind) {
    case "text":
      return escaped(span.text);
    case "bold":
    case "label":
      return `**${escaped(span.text)}**`;
    case "code":
      return `\`${span.text}\``;
    case "command":
      return `\`wa-token ${span.text}\``;
    case "link":
      return `[${escaped(span.text)}](${span.url})`;
    case "date":
      return utcText(span.at);
    case "person":
    case "channel":
      return span.id;
    default:
      return span satisfies never;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[*_`<>[\]]/g, "\\$&");
}
