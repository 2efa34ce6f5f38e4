import { asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkInteger, checkItems, checkList, checkString } from "./check.ts";
import type { Check } from "./check.ts";
import { checkRichText } from "./rich-text.ts";

/**
 * `table`: at most 100 rows of 20 cells. message.ts checks the limit of 10,000 characters and of one table per message.
 */
export function checkTable(check: Check, block: JsonObject, at: string): void {
  checkList(check, block, "rows", at, { max: 100, required: true }, (row, rowAt) => checkRow(check, row, rowAt));
  checkList(check, block, "column_settings", at, { max: 20 }, () => {});
}

/** `data_table`: a caption, a header and at most 200 rows of 20 columns. */
export function checkDataTable(check: Check, block: JsonObject, at: string): void {
  checkString(check, block, "caption", at, { max: 3000, required: true });
  checkInteger(check, block, "page_size", at, { min: 1, max: 100 });
  checkList(check, block, "rows", at, { min: 2, max: 201, required: true }, (row, rowAt) =>
    checkRow(check, row, rowAt),
  );
}

/** Number of characters in the cells of a table. */
export function tableLength(block: JsonObject): number {
  return textIn(block["rows"]);
}

function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textIn(item), 0);
  if (!isObject(value)) return 0;
  return (asString(value["text"])?.length ?? 0) + textIn(value["elements"]);
}

function checkRow(check: Check, row: unknown, at: string): void {
  checkItems(check, row, at, { max: 20 }, (cell, pointer) => {
    if (!isObject(cell)) {
      check.problem(pointer, "must be an object");
      return;
    }
    switch (cell["type"]) {
      case "raw_text":
      case "raw_number":
        checkString(check, cell, "text", pointer, { max: 10_000, required: true });
        break;
      case "rich_text":
        checkRichText(check, cell, pointer);
        break;
      default:
        check.problem(`${pointer}/type`, `unsupported type: ${String(cell["type"])}`);
    }
  });
}
