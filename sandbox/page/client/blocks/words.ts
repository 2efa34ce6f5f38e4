import { asObjects, asString, isObject, type JsonObject } from "../../../slack/json.ts";

/** The text of a text object; empty when there is none. */
export function wordsOf(text: unknown): string {
  return isObject(text) ? (asString(text["text"]) ?? "") : "";
}

/** A choice of a select, radio group, checkboxes or overflow menu. */
export interface Option {
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

/** Every option of an element, including those in groups. */
export function optionsOf(element: JsonObject): readonly Option[] {
  return [element, ...asObjects(element["option_groups"])]
    .flatMap((holder) => asObjects(holder["options"]))
    .map((option) => ({
      value: asString(option["value"]) ?? "",
      text: wordsOf(option["text"]),
      description: wordsOf(option["description"]),
    }));
}
