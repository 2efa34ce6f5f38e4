import type { GraphHeaders } from "./raw-reply.ts";

/** The first value of a header; undefined when it is absent. */
export function headerOf(headers: GraphHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}

/** The version of the response, such as `v26.0`. Instead of a retired version, Graph uses its oldest active one. */
export function versionOf(headers: GraphHeaders): string | null {
  const text = headerOf(headers, "facebook-api-version")?.trim();
  return text !== undefined && /^v\d{1,4}\.\d{1,4}$/.test(text) ? text : null;
}
