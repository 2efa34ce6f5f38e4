import type { ActionsBlockElement, AnyBlock, KnownBlock, SectionBlockAccessory } from "@slack/types";

/**
 * Removes Slack's markup. Dates use their fallback text. The owner's mention becomes `@owner`, another person's mention
 * `@colleague`, the user group's mention `@oncall`, and the channel `#alerts`.
 */
export const plainMrkdwn = (text: string): string =>
  text
    .replaceAll(/<!date\^[^|]+\|([^>]+)>/g, "$1")
    .replaceAll("<@U0123456789>", "@owner")
    .replaceAll("<@U0987654321>", "@colleague")
    .replaceAll("<!subteam^S0123456789>", "@oncall")
    .replaceAll("<#C0123456789>", "#alerts")
    .replaceAll("\u00A0· ", " · ")
    .replaceAll(/[*`]/g, "")
    .replaceAll(/(^|\s)_\(([^\n]*)\)_$/gm, "$1($2)");

const buttonOf = (element: SectionBlockAccessory | ActionsBlockElement | undefined): readonly string[] =>
  element?.type === "button" ? [`[${element.text.text}]`] : [];

/** The block types that the views use. The text omits all others. */
const isRead = (block: AnyBlock): block is KnownBlock =>
  ["header", "section", "context", "actions", "divider"].includes(block.type);

const linesOf = (block: KnownBlock): readonly string[] => {
  switch (block.type) {
    case "header":
      return [block.text.text, ""];
    case "section":
      return [
        ...(block.text === undefined ? [] : [block.text.text]),
        ...(block.fields ?? []).map(({ text }) => text.replace("\n", ": ")),
        ...buttonOf(block.accessory),
      ];
    case "context":
      return block.elements.map((element) => ("text" in element ? element.text : ""));
    case "actions":
      return [block.elements.flatMap(buttonOf).join(" ")];
    case "divider":
      return [""];
    default:
      return [];
  }
};

/** The visible text from top to bottom, in plain text, with buttons in brackets. */
export const plainSlack = (blocks: readonly AnyBlock[]): string =>
  blocks
    .filter(isRead)
    .flatMap((block) => linesOf(block))
    .map(plainMrkdwn)
    .join("\n")
    .trim();
