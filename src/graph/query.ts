import { reveal, type Secret } from "../token/secret.ts";

/** What may stand in a query as it is; a token usually does, and then need not be encoded. */
const UNRESERVED = /^[\w.~-]*$/;

/** A value as it stands in a query; never throws, half characters included. */
const inQuery = (value: string): string => (UNRESERVED.test(value) ? value : encodeURIComponent(value.toWellFormed()));

/** `?name=value&…`, or nothing. */
export const queryText = (query: Readonly<Record<string, string | Secret>>): string => {
  let text = "";
  for (const [name, value] of Object.entries(query)) {
    const raw = typeof value === "string" ? value : reveal(value);
    text += `${text === "" ? "?" : "&"}${name}=${inQuery(raw)}`;
  }
  return text;
};
