import { asObjects, asString, isObject, type JsonObject } from "../../slack/json.ts";
import { span, type Look, type Span } from "./span.ts";
import { printable } from "./width.ts";

/** The unformatted text of a plain_text or mrkdwn object. */
export function objectText(value: unknown): string {
  return isObject(value) ? printable(asString(value["text"]) ?? "") : "";
}

/**
 * Draws an element that a person can press or fill in. `value` is its current content, in the format of Slack's
 * `state.values`.
 */
export function elementSpan(element: JsonObject, value?: JsonObject): Span {
  const kind = String(element["type"]);
  const placeholder = objectText(element["placeholder"]);
  if (kind.endsWith("button")) {
    const style = STYLES[asString(element["style"]) ?? ""];
    return span(`[ ${objectText(element["text"])} ]`, "bold", ...(style === undefined ? [] : [style]));
  }
  if (kind === "overflow") return span("[ ⋯ ]", "bold");
  if (kind.endsWith("_select")) return span(`[ ${selectedText(element, value) ?? placeholder} ▾ ]`);
  if (kind.endsWith("_input")) return span(`[ ${typedText(value) ?? (placeholder || "              ")} ]`);
  return span(`[${kind}]`, "quiet");
}

/** The choices of radio buttons or checkboxes, one row each. Undefined for other elements. */
export function choiceRows(element: JsonObject, value?: JsonObject): readonly (readonly Span[])[] | undefined {
  const [on, off] = CHOICES[String(element["type"])] ?? [];
  if (on === undefined || off === undefined) return undefined;
  const chosen = [
    value?.["selected_option"] ?? element["initial_option"],
    ...asObjects(value?.["selected_options"] ?? element["initial_options"]),
  ];
  const values = chosen.flatMap((one) => (isObject(one) ? [one["value"]] : []));
  return asObjects(element["options"]).map((option) => [
    span(`${values.includes(option["value"]) ? on : off} ${objectText(option["text"])}`, "bold"),
    span(`  ${objectText(option["description"])}`, "quiet"),
  ]);
}

const CHOICES: Readonly<Record<string, readonly [on: string, off: string]>> = {
  radio_buttons: ["(•)", "( )"],
  checkboxes: ["[x]", "[ ]"],
};

/** A longer typed text may be a token, so only its length is shown. */
const LONGEST_SHOWN = 40;

const STYLES: Readonly<Record<string, Look>> = { primary: "good", danger: "bad" };

function selectedText(element: JsonObject, value: JsonObject | undefined): string | undefined {
  const chosen = value?.["selected_option"] ?? element["initial_option"];
  const many = asObjects(value?.["selected_options"] ?? element["initial_options"]).map((one) =>
    objectText(one["text"]),
  );
  if (isObject(chosen)) return objectText(chosen["text"]);
  return many.length === 0 ? undefined : many.join(", ");
}

function typedText(value: JsonObject | undefined): string | undefined {
  const text = asString(value?.["value"]) ?? "";
  if (text === "") return undefined;
  const { length } = Array.from(text);
  return length > LONGEST_SHOWN ? `•••••••• ${length} characters typed` : printable(text);
}
