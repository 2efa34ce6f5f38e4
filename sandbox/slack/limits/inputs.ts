import { checkBoolean, checkInteger, checkOneOf, checkString } from "./check.ts";
import type { Check } from "./check.ts";
import { MENU_HOLDERS } from "./element-rule.ts";
import type { ElementRule } from "./element-rule.ts";
import type { JsonObject } from "../json.ts";

const TYPED = ["initial_value", "placeholder", "focus_on_load", "dispatch_action_config"];

/** Elements in which people type or pick a date (block elements pages, docs.slack.dev, read 2026-11). */
export const INPUT_ELEMENTS: Readonly<Record<string, ElementRule>> = {
  plain_text_input: {
    holders: ["input"],
    keys: [...TYPED, "multiline", "min_length", "max_length"],
    check: (check, element, at) => {
      checkInteger(check, element, "min_length", at, { min: 0, max: 3000 });
      checkInteger(check, element, "max_length", at, { min: 1, max: 3000 });
      checkOrder(check, element, "min_length", "max_length", at);
      checkString(check, element, "initial_value", at, { min: 0, max: 3000 });
      checkBoolean(check, element, "multiline", at);
    },
  },
  email_text_input: { holders: ["input"], keys: TYPED, check: () => {} },
  url_text_input: { holders: ["input"], keys: TYPED, check: () => {} },
  number_input: {
    holders: ["input"],
    keys: [...TYPED, "is_decimal_allowed", "min_value", "max_value"],
    check: (check, element, at) => {
      if (typeof element["is_decimal_allowed"] !== "boolean") {
        check.problem(at, "missing required field: is_decimal_allowed");
      }
    },
  },
  rich_text_input: {
    holders: ["input", "actions"],
    keys: [...TYPED, "min_lines", "max_lines"],
    check: () => {},
  },
  file_input: {
    holders: ["input"],
    keys: ["filetypes", "max_files"],
    check: (check, element, at) => {
      if (check.surface !== "modal") check.problem(`${at}/type`, "unsupported type: file_input");
      checkInteger(check, element, "max_files", at, { min: 1, max: 10 });
    },
  },
  datepicker: {
    holders: MENU_HOLDERS,
    keys: ["initial_date", "placeholder", "confirm", "focus_on_load"],
    check: (check, element, at) => checkPattern(check, element, "initial_date", at, /^\d{4}-\d{2}-\d{2}$/),
  },
  timepicker: {
    holders: MENU_HOLDERS,
    keys: ["initial_time", "timezone", "placeholder", "confirm", "focus_on_load"],
    check: (check, element, at) => checkPattern(check, element, "initial_time", at, /^\d{2}:\d{2}$/),
  },
  datetimepicker: {
    holders: ["actions", "input"],
    keys: ["initial_date_time", "confirm", "focus_on_load"],
    check: (check, element, at) =>
      checkInteger(check, element, "initial_date_time", at, { min: 1_000_000_000, max: 9_999_999_999 }),
  },
};

/** Checks the fields of an input block that are not its element. */
export function checkInputFields(check: Check, block: JsonObject, at: string): void {
  checkBoolean(check, block, "optional", at);
  checkOneOf(check, block, "dispatch_action", at, [true, false]);
}

function checkOrder(check: Check, element: JsonObject, low: string, high: string, at: string): void {
  const least = element[low];
  const most = element[high];
  if (typeof least === "number" && typeof most === "number" && least > most) {
    check.problem(at, `${low} must not be more than ${high}`);
  }
}

function checkPattern(check: Check, element: JsonObject, key: string, at: string, pattern: RegExp): void {
  const value = element[key];
  if (value !== undefined && (typeof value !== "string" || !pattern.test(value))) {
    check.problem(`${at}/${key}`, "has the wrong format");
  }
}
