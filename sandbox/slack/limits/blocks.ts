import { asObjects, asString } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkKeys, checkList, checkObject, checkOneOf, checkString } from "./check.ts";
import type { Check, Surface } from "./check.ts";
import { checkElement } from "./elements.ts";
import { checkImage } from "./image.ts";
import { checkInputFields } from "./inputs.ts";
import { checkRichText } from "./rich-text.ts";
import { checkDataTable, checkTable } from "./tables.ts";
import { checkText, checkTextObject } from "./text.ts";
import { CARD_BLOCKS } from "./cards.ts";
import type { BlockRule } from "./block-rule.ts";

/** Checks all blocks of a message, a modal or a Home view. `pointer` is the JSON pointer of the array. */
export function checkBlocks(check: Check, value: unknown, pointer: string): void {
  if (!Array.isArray(value)) {
    check.problem(pointer, "must be an array");
    return;
  }
  const max = check.surface === "message" ? 50 : 100;
  if (value.length > max) check.problem(pointer, `no more than ${max} items allowed`);
  const ids = new Set<string>();
  for (const [index, item] of value.entries()) {
    const at = `${pointer}/${index}`;
    checkBlock(check, item, at);
    const id = asString(asObjects([item])[0]?.["block_id"]);
    if (id === undefined) continue;
    if (ids.has(id)) check.problem(`${at}/block_id`, `\`block_id\` "${id}" already exists`);
    ids.add(id);
  }
}

const EVERYWHERE: readonly Surface[] = ["message", "modal", "home"];

/** The blocks that each surface allows (blocks reference, docs.slack.dev, read 2026-11). */
const BLOCKS: Readonly<Record<string, BlockRule>> = {
  ...CARD_BLOCKS,
  divider: { surfaces: EVERYWHERE, keys: [], check: () => {} },
  section: {
    surfaces: EVERYWHERE,
    keys: ["text", "fields", "accessory", "expand"],
    check: (check, block, at) => {
      if (block["text"] === undefined && block["fields"] === undefined) {
        check.problem(at, "missing required field: text");
      }
      checkText(check, block, "text", at, { max: 3000 });
      checkList(check, block, "fields", at, { max: 10 }, (item, itemAt) =>
        checkTextObject(check, item, itemAt, { max: 2000 }),
      );
      if (block["accessory"] !== undefined) checkElement(check, block["accessory"], `${at}/accessory`, "section");
    },
  },
  header: {
    surfaces: EVERYWHERE,
    keys: ["text", "level"],
    check: (check, block, at) => {
      checkText(check, block, "text", at, { max: 150, plain: true, required: true });
      checkOneOf(check, block, "level", at, [1, 2, 3, 4]);
    },
  },
  context: {
    surfaces: EVERYWHERE,
    keys: ["elements"],
    check: (check, block, at) =>
      checkList(check, block, "elements", at, { max: 10, required: true }, (item, itemAt) => {
        const element = checkObject(check, item, itemAt);
        if (element === undefined) return;
        if (element["type"] === "plain_text" || element["type"] === "mrkdwn") {
          checkTextObject(check, element, itemAt, { max: 3000 });
        } else checkElement(check, element, itemAt, "context");
      }),
  },
  actions: {
    surfaces: EVERYWHERE,
    keys: ["elements"],
    check: (check, block, at) => {
      checkList(check, block, "elements", at, { max: 25, required: true }, (item, itemAt) =>
        checkElement(check, item, itemAt, "actions"),
      );
      checkActionIds(check, block, at);
    },
  },
  input: {
    surfaces: EVERYWHERE,
    keys: ["label", "hint", "optional", "dispatch_action", "element"],
    check: (check, block, at) => {
      checkText(check, block, "label", at, { max: 2000, plain: true, required: true });
      checkText(check, block, "hint", at, { max: 2000, plain: true });
      checkInputFields(check, block, at);
      if (block["element"] === undefined) check.problem(at, "missing required field: element");
      else checkElement(check, block["element"], `${at}/element`, "input");
    },
  },
  image: {
    surfaces: EVERYWHERE,
    keys: ["image_url", "slack_file", "alt_text", "title"],
    check: (check, block, at) => {
      checkImage(check, block, at, ["type", "block_id", "image_url", "slack_file", "alt_text", "title"]);
      checkText(check, block, "title", at, { max: 2000, plain: true });
    },
  },
  rich_text: { surfaces: EVERYWHERE, keys: ["elements"], check: checkRichText },
  alert: {
    surfaces: ["modal"],
    keys: ["text", "level"],
    check: (check, block, at) => {
      checkText(check, block, "text", at, { max: 200, required: true });
      checkOneOf(check, block, "level", at, ["default", "info", "warning", "error", "success"]);
    },
  },
  markdown: {
    surfaces: ["message"],
    keys: ["text"],
    check: (check, block, at) => checkString(check, block, "text", at, { max: 12_000, required: true }),
  },
  table: { surfaces: ["message", "home"], keys: ["rows", "column_settings"], check: checkTable },
  data_table: {
    surfaces: ["message", "home"],
    keys: ["rows", "caption", "page_size", "row_header_column_index"],
    check: checkDataTable,
  },
  context_actions: {
    surfaces: ["message"],
    keys: ["elements"],
    check: (check, block, at) =>
      checkList(check, block, "elements", at, { max: 5, required: true }, (item, itemAt) =>
        checkElement(check, item, itemAt, "context_actions"),
      ),
  },
};

function checkBlock(check: Check, value: unknown, at: string): void {
  const block = checkObject(check, value, at);
  if (block === undefined) return;
  const kind = String(block["type"]);
  const rule = Object.hasOwn(BLOCKS, kind) ? BLOCKS[kind] : undefined;
  if (rule === undefined || !rule.surfaces.includes(check.surface)) {
    check.problem(`${at}/type`, `unsupported type: ${kind}`);
    return;
  }
  checkKeys(check, block, at, ["type", "block_id", ...rule.keys]);
  checkString(check, block, "block_id", at, { max: 255 });
  rule.check(check, block, at);
}

function checkActionIds(check: Check, block: JsonObject, at: string): void {
  const seen = new Set<string>();
  for (const element of asObjects(block["elements"])) {
    const id = asString(element["action_id"]);
    if (id !== undefined && seen.has(id)) check.problem(at, `\`action_id\` "${id}" already exists`);
    if (id !== undefined) seen.add(id);
  }
}
