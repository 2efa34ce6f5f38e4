// blocks/ draws Block Kit. The library slack-blocks-to-jsx draws blocks that people only read. It has hooks for mentions,
// emoji, dates and links (library-hooks.tsx), but none for interactive elements: its buttons, selects and inputs do not
// report actions. So the playground draws the blocks with which people interact, and their elements (elements/). The bot
// sends these blocks (from grep of src/slack):
//   header, divider, context, rich_text, section with text or fields ....... the library
//   section with a button .................................................. the library, with our button next to it
//   actions: button (also with url), static_select ......................... ours
//   input: plain_text_input, static_select, radio_buttons .................. ours
//   attachments with a colour, text without blocks ......................... conversation/, their blocks as above
// Also ours, in case the bot sends them later: checkboxes, overflow, multiline text, confirm dialogs. The library reads
// Slack's mrkdwn as Markdown and `verbatim` as "do not format"; library-text.ts corrects both. It counts the items of a
// continued list twice; library-lists.ts corrects that. The page names an element that neither side can draw. To add an
// element: add a file in elements/, a line in elements/element.tsx, and a line above.
import { asString, isObject, type JsonObject } from "../../../slack/json.ts";
import { ActionsBlock } from "./actions-block.tsx";
import { InputBlock } from "./input-block.tsx";
import { LibraryBlocks } from "./library-blocks.tsx";
import { SectionBlock } from "./section-block.tsx";

/** Blocks of a message, a modal or the Home. They must be inside a surface. */
export function Blocks({ blocks }: { readonly blocks: readonly JsonObject[] }) {
  return partsOf(blocks).map((part, index) =>
    "ours" in part ? (
      <OwnBlock key={idOf(part.ours, index)} block={part.ours} />
    ) : (
      <LibraryBlocks key={idOf(part.theirs[0], index)} blocks={part.theirs} />
    ),
  );
}

type Part = { readonly ours: JsonObject } | { readonly theirs: readonly JsonObject[] };

function isOurs({ type, accessory }: JsonObject): boolean {
  return type === "actions" || type === "input" || (type === "section" && isObject(accessory));
}

/** Groups neighbouring blocks that the library draws. */
function partsOf(blocks: readonly JsonObject[]): readonly Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    if (isOurs(block)) parts.push({ ours: block });
    else if (last !== undefined && "theirs" in last) parts[parts.length - 1] = { theirs: [...last.theirs, block] };
    else parts.push({ theirs: [block] });
  }
  return parts;
}

function idOf(block: JsonObject | undefined, index: number): string {
  return asString(block?.["block_id"]) ?? String(index);
}

function OwnBlock({ block }: { readonly block: JsonObject }) {
  switch (block["type"]) {
    case "actions":
      return <ActionsBlock block={block} />;
    case "input":
      return <InputBlock block={block} />;
    default:
      return <SectionBlock block={block} />;
  }
}
