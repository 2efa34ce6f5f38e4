import { asObjects, asString, isObject, type JsonObject } from "../../../slack/json.ts";
import type { FieldValue } from "../blocks/surface.ts";

/**
 * The value of an element in Slack's format: a text or an option's value, or a list when several values or none are
 * possible.
 */
export function heldValue(held: JsonObject | undefined): FieldValue {
  if (held === undefined) return [];
  if ("value" in held) return asString(held["value"]) ?? "";
  const { selected_option: one, selected_options: many } = held;
  if (isObject(one)) return asString(one["value"]) ?? [];
  return asObjects(many).flatMap((option) => asString(option["value"]) ?? []);
}
