import { asObjects, asString, isObject } from "../json.ts";
import type { JsonObject } from "../json.ts";

/** An element with the block that contains it. */
export interface Placed {
  readonly block: JsonObject;
  readonly element: JsonObject;
  readonly blockId: string;
  readonly actionId: string;
  readonly kind: string;
}

/** The input of people, by `block_id`, `action_id` and kind. It survives an update exactly as in Slack. */
export type Typed = Map<string, JsonObject>;

export type StateValues = Record<string, Record<string, JsonObject>>;

/** Every interactive element of some blocks. */
export function placedElements(blocks: readonly JsonObject[]): Placed[] {
  return blocks.flatMap((block) =>
    [...asObjects(block["elements"]), ...asObjects([block["accessory"], block["element"]])]
      .filter((element) => asString(element["action_id"]) !== undefined)
      .map((element) => ({
        block,
        element,
        blockId: String(block["block_id"]),
        actionId: String(element["action_id"]),
        kind: String(element["type"]),
      })),
  );
}

export function typedKey(placed: Placed): string {
  return JSON.stringify([placed.blockId, placed.actionId, placed.kind]);
}

/** `state.values` as Slack sends it: the input, otherwise the initial value, otherwise null or an empty list. */
export function stateValues(blocks: readonly JsonObject[], typed: Typed): StateValues {
  const values: StateValues = {};
  for (const placed of placedElements(blocks)) {
    const field = FIELDS[placed.kind];
    if (field === undefined) continue;
    const initial = placed.element[field.initial] ?? (field.many ? [] : null);
    const value = typed.get(typedKey(placed)) ?? { type: placed.kind, [field.key]: initial };
    values[placed.blockId] = { ...values[placed.blockId], [placed.actionId]: value };
  }
  return values;
}

/**
 * The value of an element after a person chose or typed `value`: option values become the option objects. Throws when
 * there is no such option, because no person could choose it.
 */
export function filledValue(placed: Placed, value: string | readonly string[]): JsonObject {
  const field = FIELDS[placed.kind] ?? (placed.kind === "overflow" ? one("selected_option", "") : undefined);
  if (field === undefined) throw new Error(`${placed.actionId} is a ${placed.kind}, which takes no value.`);
  const values = typeof value === "string" ? [value] : value;
  const isOption = field.key.startsWith("selected_option");
  const chosen = isOption ? values.map((item) => optionOf(placed, item)) : values;
  const number = field.key === "selected_date_time" ? Number(chosen[0]) : undefined;
  return { type: placed.kind, [field.key]: field.many ? chosen : (number ?? chosen[0] ?? null) };
}

/** True when the element is empty. */
export function isEmptyValue(value: JsonObject | undefined): boolean {
  const held = Object.entries(value ?? {}).find(([key]) => key !== "type")?.[1];
  return held === undefined || held === null || held === "" || (Array.isArray(held) && held.length === 0);
}

/** The key of `state.values` that an element kind sets, and the property with its initial value. */
interface Field {
  readonly key: string;
  readonly initial: string;
  readonly many: boolean;
}

function one(key: string, initial: string): Field {
  return { key, initial, many: false };
}

function many(key: string, initial: string): Field {
  return { key, initial, many: true };
}

const FIELDS: Readonly<Record<string, Field>> = {
  plain_text_input: one("value", "initial_value"),
  email_text_input: one("value", "initial_value"),
  url_text_input: one("value", "initial_value"),
  number_input: one("value", "initial_value"),
  rich_text_input: one("rich_text_value", "initial_value"),
  static_select: one("selected_option", "initial_option"),
  external_select: one("selected_option", "initial_option"),
  radio_buttons: one("selected_option", "initial_option"),
  multi_static_select: many("selected_options", "initial_options"),
  multi_external_select: many("selected_options", "initial_options"),
  checkboxes: many("selected_options", "initial_options"),
  users_select: one("selected_user", "initial_user"),
  multi_users_select: many("selected_users", "initial_users"),
  conversations_select: one("selected_conversation", "initial_conversation"),
  multi_conversations_select: many("selected_conversations", "initial_conversations"),
  channels_select: one("selected_channel", "initial_channel"),
  multi_channels_select: many("selected_channels", "initial_channels"),
  datepicker: one("selected_date", "initial_date"),
  timepicker: one("selected_time", "initial_time"),
  datetimepicker: one("selected_date_time", "initial_date_time"),
};

function optionOf(placed: Placed, value: string): JsonObject {
  const groups = asObjects(placed.element["option_groups"]);
  const options = [placed.element, ...groups].flatMap((holder) => asObjects(holder["options"]));
  const option = options.find(
    (candidate) => candidate["value"] === value || (isObject(candidate["text"]) && candidate["text"]["text"] === value),
  );
  if (option !== undefined) return option;
  if (placed.kind.includes("external")) return { text: { type: "plain_text", text: value }, value };
  const offered = options.map((candidate) => String(candidate["value"])).join(", ");
  throw new Error(`${placed.actionId} has no option "${value}"; it offers: ${offered}.`);
}
