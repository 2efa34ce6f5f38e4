/** A response body after parsing. */
export type ParsedBody =
  | { readonly kind: "object"; readonly body: Readonly<Record<string, unknown>> }
  /** A web page from a gateway or a login portal, not from Graph. */
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  /** Not JSON, or JSON that is not an object. */
  | { readonly kind: "noise" };

/** Never throws. Whole numbers that are too long for a JavaScript number become strings. */
export function parseBody(text: string, contentType: string | undefined): ParsedBody {
  try {
    const value: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepLongIds) : JSON.parse(text);
    return isObject(value) ? { kind: "object", body: value } : { kind: "noise" };
  } catch {
    const start = text.trimStart();
    if (start === "") return { kind: "empty" };
    return start.startsWith("<") || contentType?.startsWith("text/html") === true
      ? { kind: "html" }
      : { kind: "noise" };
  }
}

/** A value with 16 or more digits. JSON.parse would round such an ID. */
const LONG_NUMBER = /[:[,]\s*\d{16}/;

function keepLongIds(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? "")
    ? context?.source
    : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
