import { asObjects, asString, isObject, type JsonObject } from "../../../slack/json.ts";
import type { FieldValue } from "../blocks/surface.ts";

/** What an element holds, from Slack's shape: a text or an option's value; a list where there may be several or none. */
export function heldValue(held: JsonObject | undefined): FieldValue {
  if (held === undefined) return [];
  if ("value" in held) return asString(held["value"]) ?? "";
  const { selected_option: one, selected_options: many } = held;
  if (isObject(one)) return asString(one["value"]) ?? [];
  return asObjects(many).flatMap((option) => asString(option["value"]) ?? []);
}
