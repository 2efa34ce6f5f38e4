import { reveal, type Secret } from "../token/secret/secret.ts";

/** Returns `?name=value&…`, or an empty text. */
export function queryText(query: Readonly<Record<string, string | Secret>>): string {
  let text = "";
  for (const [name, value] of Object.entries(query)) {
    const raw = typeof value === "string" ? value : reveal(value);
    text += `${text === "" ? "?" : "&"}${name}=${inQuery(raw)}`;
  }
  return text;
}

/** Text that needs no encoding in a query. Most tokens have this form. */
const UNRESERVED = /^[\w.~-]*$/;

/** Encodes a value for a query. Never throws, not even for an incomplete surrogate pair. */
function inQuery(value: string): string {
  return UNRESERVED.test(value) ? value : encodeURIComponent(value.toWellFormed());
}
