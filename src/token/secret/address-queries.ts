/**
 * Removes the query of each web address in a text, because it can contain a token under any parameter name. Every text
 * that may contain an address goes through this function before it is logged or shown. Quotes and brackets around an
 * address stay.
 */
export function withoutQueries(text: string): string {
  return text.replaceAll(ADDRESS, (_, address: string, query = "") => `${address}${CLOSING.exec(query)?.[0] ?? ""}`);
}

/**
 * An address and its query. The query is optional, so that the search never goes back: an address without a query, or a
 * megabyte of addresses, takes one pass.
 */
const ADDRESS = /((?:https?|wss?):\/\/[^\s?"'<>]*)(\?\S*)?/gi;

/**
 * Punctuation after an address, which belongs to the sentence around it. The lookbehind lets a run of punctuation match
 * from its start only, so that a long run takes one pass.
 */
const CLOSING = /(?<!["'<>()[\]{}.,;:!?])["'<>()[\]{}.,;:!?]*$/;
