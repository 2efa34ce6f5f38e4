import { isObject, type JsonObject } from "../../../slack/json.ts";

/**
 * The elements of a rich text with each `offset` as the library counts it. Slack's `offset` says how many numbers come
 * before a list (rich text block, docs.slack.dev, read 2026-11). The library adds it to the items of the lists that
 * stand before at the same indent, so those are taken off.
 */
export const libraryLists = (elements: readonly unknown[]): readonly unknown[] => {
  let counted: readonly number[] = [];
  return elements.map((element) => {
    if (!isObject(element) || element["type"] !== "rich_text_list") {
      counted = [];
      return element;
    }
    const indent = numberIn(element, "indent");
    const before = counted[indent] ?? 0;
    const items = Array.isArray(element["elements"]) ? element["elements"].length : 0;
    counted = Array.from({ length: indent + 1 }, (_, level) => (counted[level] ?? 0) + (level === indent ? items : 0));
    return "offset" in element ? { ...element, offset: numberIn(element, "offset") - before } : element;
  });
};

const numberIn = (element: JsonObject, key: string): number => {
  const value = element[key];
  return typeof value === "number" ? value : 0;
};
