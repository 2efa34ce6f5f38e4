import { isObject, type JsonObject } from "../../../slack/json.ts";

/**
 * Converts each `offset` of a rich text to the meaning that the library gives it. In Slack, `offset` is the number of
 * items before a list, and 0 by default (rich text block, docs.slack.dev, read 2026-11). The library adds it to the
 * items of earlier lists with the same indent, so this function subtracts those items.
 */
export function libraryLists(elements: readonly unknown[]): readonly unknown[] {
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
    const offset = numberIn(element, "offset") - before;
    return element["style"] !== "ordered" || (offset === 0 && !("offset" in element))
      ? element
      : { ...element, offset };
  });
}

function numberIn(element: JsonObject, key: string): number {
  const value = element[key];
  return typeof value === "number" ? value : 0;
}
