import { checkBoolean, checkKeys, checkLength, checkObject } from "./check.ts";
import type { Bounds, Check } from "./check.ts";
import type { JsonObject } from "../json.ts";

export interface TextBounds extends Bounds {
  /** Only `plain_text` is allowed here. */
  readonly plain?: boolean;
}

/**
 * Checks a field that holds a text object, `plain_text` or `mrkdwn` (composition objects, text object, docs.slack.dev,
 * read 2026-11).
 */
export function checkText(check: Check, holder: JsonObject, key: string, pointer: string, bounds: TextBounds): void {
  const value = holder[key];
  if (value === undefined) {
    if (bounds.required === true) check.problem(pointer, `missing required field: ${key}`);
    return;
  }
  checkTextObject(check, value, `${pointer}/${key}`, bounds);
}

export function checkTextObject(check: Check, value: unknown, at: string, bounds: TextBounds): void {
  const text = checkObject(check, value, at);
  if (text === undefined) return;
  const kind = text["type"];
  if (kind !== "plain_text" && (bounds.plain === true || kind !== "mrkdwn")) {
    check.problem(`${at}/type`, `unsupported type: ${String(kind)}`);
  }
  checkKeys(check, text, at, kind === "mrkdwn" ? ["type", "text", "verbatim"] : ["type", "text", "emoji"]);
  checkBoolean(check, text, "emoji", at);
  checkBoolean(check, text, "verbatim", at);
  if (typeof text["text"] !== "string") check.problem(at, "missing required field: text");
  else checkLength(check, text["text"], `${at}/text`, bounds);
}

/** The confirmation dialog before an action. Its texts may have 100, 300, 30 and 30 characters. */
export function checkConfirm(check: Check, holder: JsonObject, pointer: string): void {
  if (holder["confirm"] === undefined) return;
  const at = `${pointer}/confirm`;
  const confirm = checkObject(check, holder["confirm"], at);
  if (confirm === undefined) return;
  checkKeys(check, confirm, at, ["title", "text", "confirm", "deny", "style"]);
  checkText(check, confirm, "title", at, { max: 100, plain: true, required: true });
  checkText(check, confirm, "text", at, { max: 300, required: true });
  checkText(check, confirm, "confirm", at, { max: 30, plain: true, required: true });
  checkText(check, confirm, "deny", at, { max: 30, plain: true, required: true });
}
