import { asObjects } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { checkBlocks } from "./blocks.ts";
import { checkBoolean, checkKeys, checkString } from "./check.ts";
import type { Check, Problem, Surface } from "./check.ts";
import { checkText } from "./text.ts";

export function isViewTooLarge(view: JsonObject): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > VIEW_MAX_BYTES;
}

/**
 * The problems for which Slack would refuse a view. `surface` is what the method expects: a modal, or a Home view for
 * views.publish.
 */
export function viewProblems(view: JsonObject, surface: Exclude<Surface, "message">): readonly Problem[] {
  const problems: Problem[] = [];
  const check: Check = { surface, problem: (pointer, message) => problems.push({ pointer, message }) };
  const at = "/view";
  if (view["type"] !== surface) {
    check.problem(`${at}/type`, `unsupported type: ${String(view["type"])}`);
    return problems;
  }
  checkKeys(check, view, at, surface === "modal" ? MODAL : COMMON);
  checkString(check, view, "private_metadata", at, { min: 0, max: 3000 });
  checkString(check, view, "callback_id", at, { min: 0, max: 255 });
  checkString(check, view, "external_id", at, { min: 0, max: 255 });
  if (surface === "modal") checkModalFields(check, view, at);
  if (view["blocks"] === undefined) check.problem(at, "missing required field: blocks");
  else checkBlocks(check, view["blocks"], `${at}/blocks`);
  checkFocus(check, view, at);
  return problems;
}

const COMMON = ["type", "blocks", "private_metadata", "callback_id", "external_id"];
const MODAL = [...COMMON, "title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"];

/** Slack refuses views above 250 kB with `view_too_large` (views.open, docs.slack.dev, read 2026-11). */
const VIEW_MAX_BYTES = 250_000;

function checkModalFields(check: Check, view: JsonObject, at: string): void {
  checkText(check, view, "title", at, { max: 24, plain: true, required: true });
  checkText(check, view, "submit", at, { max: 24, plain: true });
  checkText(check, view, "close", at, { max: 24, plain: true });
  for (const key of ["clear_on_close", "notify_on_close", "submit_disabled"]) checkBoolean(check, view, key, at);
  const hasInput = asObjects(view["blocks"]).some((block) => block["type"] === "input");
  if (hasInput && view["submit"] === undefined) {
    check.problem(at, "missing required field: submit, as soon as there is an input block");
  }
}

function checkFocus(check: Check, view: JsonObject, at: string): void {
  const focused = asObjects(view["blocks"])
    .flatMap((block) => asObjects([block["element"], block["accessory"]]).concat(asObjects(block["elements"])))
    .filter((element) => element["focus_on_load"] === true);
  if (focused.length > 1) check.problem(at, "only one element can have focus_on_load");
}
