import { isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkInteger, checkList, checkObject, checkOneOf, checkString } from "./check.ts";
import type { Check } from "./check.ts";

export function checkRichText(check: Check, block: JsonObject, at: string): void {
  checkList(check, block, "elements", at, { max: 100, min: 0, required: true }, (item, itemAt) => {
    const element = checkObject(check, item, itemAt);
    if (element === undefined) return;
    switch (element["type"]) {
      case "rich_text_section":
      case "rich_text_quote":
        checkInlines(check, element, itemAt, Object.keys(INLINE));
        break;
      case "rich_text_preformatted":
        checkInlines(check, element, itemAt, ["text", "link"]);
        break;
      case "rich_text_list":
        checkListElement(check, element, itemAt);
        break;
      default:
        check.problem(`${itemAt}/type`, `unsupported type: ${String(element["type"])}`);
    }
  });
}

/** The required field of each inline element (rich text block, docs.slack.dev, read 2026-11). */
const INLINE: Readonly<Record<string, string>> = {
  text: "text",
  link: "url",
  emoji: "name",
  user: "user_id",
  channel: "channel_id",
  usergroup: "usergroup_id",
  team: "team_id",
  broadcast: "range",
  color: "value",
  date: "timestamp",
};

const STYLES = ["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"];

function checkListElement(check: Check, element: JsonObject, at: string): void {
  if (element["style"] === undefined) check.problem(at, "missing required field: style");
  checkOneOf(check, element, "style", at, ["bullet", "ordered"]);
  checkInteger(check, element, "indent", at, { min: 0, max: 8 });
  checkInteger(check, element, "offset", at, { min: 0, max: 10_000 });
  checkList(check, element, "elements", at, { max: 1000, required: true }, (item, itemAt) => {
    if (!isObject(item) || item["type"] !== "rich_text_section") {
      check.problem(`${itemAt}/type`, "a list holds rich_text_section only");
      return;
    }
    checkInlines(check, item, itemAt, Object.keys(INLINE));
  });
}

function checkInlines(check: Check, holder: JsonObject, at: string, allowed: readonly string[]): void {
  checkList(check, holder, "elements", at, { max: 1000, min: 0, required: true }, (item, itemAt) => {
    const inline = checkObject(check, item, itemAt);
    if (inline === undefined) return;
    const kind = String(inline["type"]);
    const field = allowed.includes(kind) ? INLINE[kind] : undefined;
    if (field === undefined) {
      check.problem(`${itemAt}/type`, `unsupported type: ${kind}`);
      return;
    }
    if (kind === "date") checkDate(check, inline, itemAt);
    else checkString(check, inline, field, itemAt, { max: 40_000, required: true });
    if (inline["style"] === undefined) return;
    const style = checkObject(check, inline["style"], `${itemAt}/style`) ?? {};
    for (const [name, on] of Object.entries(style)) {
      if (!STYLES.includes(name) || typeof on !== "boolean") {
        check.problem(`${itemAt}/style`, `invalid additional property: ${name}`);
      }
    }
  });
}

function checkDate(check: Check, inline: JsonObject, at: string): void {
  if (typeof inline["timestamp"] !== "number") check.problem(at, "missing required field: timestamp");
  checkString(check, inline, "format", at, { max: 1000, required: true });
  checkString(check, inline, "fallback", at, { max: 1000 });
}
