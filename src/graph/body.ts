/** The text of an answer, taken apart as far as it goes. */
export type ParsedBody =
  | { readonly kind: "object"; readonly body: Readonly<Record<string, unknown>> }
  /** A gateway's or portal's page: somebody else than Graph answered. */
  | { readonly kind: "html" }
  | { readonly kind: "empty" }
  /** Not JSON, or JSON that is no object. */
  | { readonly kind: "noise" };

/** A number of 16 digits or more where a value stands: JSON.parse would round such an id. */
const LONG_NUMBER = /[:[,]\s*\d{16}/;

const keepLongIds = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^\d+$/.test(context?.source ?? "")
    ? context?.source
    : value;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Never throws, whatever the text is. Whole numbers too long for a JavaScript number become strings. */
export const parseBody = (text: string, contentType: string | undefined): ParsedBody => {
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
};
