import { isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import type { BlockRule } from "./block-rule.ts";
import { checkKeys, checkList, checkString } from "./check.ts";
import type { Check } from "./check.ts";
import { checkElement } from "./elements.ts";
import { checkText } from "./text.ts";

/** Cards, carousels and plans, introduced in 2026 (blocks reference, docs.slack.dev, read 2026-11). */
export const CARD_BLOCKS: Readonly<Record<string, BlockRule>> = {
  card: {
    surfaces: ["message", "modal", "home"],
    keys: ["hero_image", "icon", "slack_icon", "title", "subtitle", "body", "subtext", "actions"],
    check: checkCard,
  },
  carousel: {
    surfaces: ["message", "home"],
    keys: ["elements"],
    check: (check, block, at) =>
      checkList(check, block, "elements", at, { max: 10, required: true }, (item, itemAt) => {
        if (isObject(item) && item["type"] === "card") checkCard(check, item, itemAt);
        else check.problem(`${itemAt}/type`, "a carousel holds cards only");
      }),
  },
  plan: {
    surfaces: ["message", "modal", "home"],
    keys: ["title", "tasks"],
    check: (check, block, at) => checkString(check, block, "title", at, { max: 3000, required: true }),
  },
  task_card: {
    surfaces: ["message", "modal", "home"],
    keys: ["task_id", "title", "details", "output", "sources", "status"],
    check: (check, block, at) => {
      checkString(check, block, "task_id", at, { max: 255, required: true });
      checkString(check, block, "title", at, { max: 3000, required: true });
      if (!["in_progress", "complete", "error"].includes(String(block["status"]))) {
        check.problem(`${at}/status`, "must be one of: in_progress, complete, error");
      }
    },
  },
};

function checkCard(check: Check, card: JsonObject, at: string): void {
  checkKeys(check, card, at, [
    "type",
    "block_id",
    "hero_image",
    "icon",
    "slack_icon",
    "title",
    "subtitle",
    "body",
    "subtext",
    "actions",
  ]);
  if (["hero_image", "title", "actions", "body"].every((key) => card[key] === undefined)) {
    check.problem(at, "one of hero_image, title, actions and body is required");
  }
  checkText(check, card, "title", at, { max: 150 });
  checkText(check, card, "subtitle", at, { max: 150 });
  checkText(check, card, "body", at, { max: 200 });
  checkList(check, card, "actions", at, { max: 3 }, (item, itemAt) => checkElement(check, item, itemAt, "card"));
  for (const key of ["hero_image", "icon"]) {
    if (card[key] !== undefined) checkElement(check, card[key], `${at}/${key}`, "card");
  }
}
