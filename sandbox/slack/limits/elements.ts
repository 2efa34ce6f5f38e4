import {
  checkBoolean,
  checkInteger,
  checkKeys,
  checkList,
  checkObject,
  checkOneOf,
  checkString,
  checkUrl,
} from "./check.ts";
import type { Check } from "./check.ts";
import { INPUT_ELEMENTS } from "./inputs.ts";
import { SELECT_ELEMENTS } from "./selects.ts";
import type { ElementRule, Holder } from "./element-rule.ts";
import { checkImage } from "./image.ts";
import { checkConfirm, checkText } from "./text.ts";

/** Checks an element; `holder` is the kind of block that contains it. */
export function checkElement(check: Check, value: unknown, at: string, holder: Holder): void {
  const element = checkObject(check, value, at);
  if (element === undefined) return;
  const kind = String(element["type"]);
  if (kind === "image" && (holder === "section" || holder === "context" || holder === "card")) {
    checkImage(check, element, at, ["type", "image_url", "slack_file", "alt_text"]);
    return;
  }
  const rule = Object.hasOwn(ELEMENTS, kind) ? ELEMENTS[kind] : undefined;
  if (rule === undefined || !rule.holders.includes(holder)) {
    check.problem(`${at}/type`, `unsupported type: ${kind}`);
    return;
  }
  checkKeys(check, element, at, ["type", "action_id", ...rule.keys]);
  checkString(check, element, "action_id", at, { max: 255 });
  checkText(check, element, "placeholder", at, { max: 150, plain: true });
  checkBoolean(check, element, "focus_on_load", at);
  checkInteger(check, element, "max_selected_items", at, { min: 1, max: 100 });
  checkConfirm(check, element, at);
  checkDispatchConfig(check, element, at);
  rule.check(check, element, at);
}

const ELEMENTS: Readonly<Record<string, ElementRule>> = {
  ...INPUT_ELEMENTS,
  ...SELECT_ELEMENTS,
  button: {
    holders: ["actions", "section", "card"],
    keys: ["text", "url", "value", "style", "confirm", "accessibility_label"],
    check: (check, element, at) => {
      checkText(check, element, "text", at, { max: 75, plain: true, required: true });
      checkString(check, element, "value", at, { max: 2000 });
      checkUrl(check, element, "url", at);
      checkOneOf(check, element, "style", at, ["primary", "danger"]);
      checkString(check, element, "accessibility_label", at, { max: 75 });
    },
  },
  workflow_button: {
    holders: ["actions", "section"],
    keys: ["text", "workflow", "style", "accessibility_label"],
    check: (check, element, at) => checkText(check, element, "text", at, { max: 75, plain: true, required: true }),
  },
  feedback_buttons: {
    holders: ["context_actions"],
    keys: ["positive_button", "negative_button"],
    check: (check, element, at) => {
      for (const key of ["positive_button", "negative_button"]) {
        const button = checkObject(check, element[key], `${at}/${key}`);
        if (button === undefined) continue;
        checkText(check, button, "text", `${at}/${key}`, { max: 75, plain: true, required: true });
        checkString(check, button, "value", `${at}/${key}`, { max: 2000, required: true });
      }
    },
  },
  icon_button: {
    holders: ["context_actions"],
    keys: ["icon", "text", "accessibility_label", "value", "visible_to_user_ids", "confirm"],
    check: (check, element, at) => {
      checkString(check, element, "icon", at, { max: 75, required: true });
      checkText(check, element, "text", at, { max: 75, plain: true, required: true });
    },
  },
};

function checkDispatchConfig(check: Check, element: Readonly<Record<string, unknown>>, at: string): void {
  if (element["dispatch_action_config"] === undefined) return;
  const pointer = `${at}/dispatch_action_config`;
  const config = checkObject(check, element["dispatch_action_config"], pointer);
  if (config === undefined) return;
  checkList(check, config, "trigger_actions_on", pointer, { max: 2, required: true }, (item, itemAt) => {
    if (item !== "on_enter_pressed" && item !== "on_character_entered")
      check.problem(itemAt, "must be a known trigger");
  });
}
