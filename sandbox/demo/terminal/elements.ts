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
