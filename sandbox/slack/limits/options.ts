import { checkKeys, checkList, checkObject, checkString, checkUrl } from "./check.ts";
import type { Check } from "./check.ts";
import { isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkText, checkTextObject } from "./text.ts";

export interface OptionRules {
  readonly max: number;
  /** Option texts may be mrkdwn: radio buttons and checkboxes only. */
  readonly mrkdwn: boolean;
  /** Only the options of an overflow menu may have a url. */
  readonly url?: boolean;
}

/** Checks the `options` of a menu (composition objects, option object, docs.slack.dev, read 2026-11). */
export function checkOptions(check: Check, holder: JsonObject, pointer: string, rules: OptionRules): void {
  const seen = new Set<unknown>();
  checkList(check, holder, "options", pointer, { max: rules.max, required: true }, (item, at) => {
    checkOption(check, item, at, rules);
    const value = valueOf(item);
    if (value !== undefined && seen.has(value)) check.problem(`${at}/value`, "must not be the value of another option");
    seen.add(value);
  });
}

/** A static select has either options or groups: at most 100 of each, and 100 options in a group. */
export function checkOptionsOrGroups(check: Check, holder: JsonObject, pointer: string): void {
  const rules = { max: 100, mrkdwn: false };
  if (holder["options"] !== undefined && holder["option_groups"] !== undefined) {
    check.problem(pointer, "only one of options and option_groups is allowed");
  }
  if (holder["option_groups"] === undefined) {
    checkOptions(check, holder, pointer, rules);
    return;
  }
  checkList(check, holder, "option_groups", pointer, { max: 100 }, (item, at) => {
    const group = checkObject(check, item, at);
    if (group === undefined) return;
    checkKeys(check, group, at, ["label", "options"]);
    checkText(check, group, "label", at, { max: 75, plain: true, required: true });
    checkOptions(check, group, at, rules);
  });
}

/** An initial option must have exactly the value of one of the options. */
export function checkInitialOptions(check: Check, holder: JsonObject, pointer: string): void {
  const offered = optionValues(holder);
  const one = holder["initial_option"];
  if (one !== undefined && !offered.has(valueOf(one))) {
    check.problem(`${pointer}/initial_option`, "must be one of the options");
  }
  if (holder["initial_options"] === undefined) return;
  checkList(check, holder, "initial_options", pointer, { max: 100 }, (item, at) => {
    if (!offered.has(valueOf(item))) check.problem(at, "must be one of the options");
  });
}

function checkOption(check: Check, item: unknown, at: string, rules: OptionRules): void {
  const option = checkObject(check, item, at);
  if (option === undefined) return;
  checkKeys(check, option, at, ["text", "value", "description", ...(rules.url === true ? ["url"] : [])]);
  if (option["text"] === undefined) check.problem(at, "missing required field: text");
  else checkTextObject(check, option["text"], `${at}/text`, { max: 75, plain: !rules.mrkdwn });
  checkString(check, option, "value", at, { max: 75, required: true });
  checkText(check, option, "description", at, { max: 75, plain: !rules.mrkdwn });
  checkUrl(check, option, "url", at);
}

function optionValues(holder: JsonObject): Set<unknown> {
  const groups = Array.isArray(holder["option_groups"]) ? holder["option_groups"] : [holder];
  return new Set(
    groups.filter(isObject).flatMap((group) => (Array.isArray(group["options"]) ? group["options"].map(valueOf) : [])),
  );
}

function valueOf(option: unknown): unknown {
  return isObject(option) ? option["value"] : undefined;
}
