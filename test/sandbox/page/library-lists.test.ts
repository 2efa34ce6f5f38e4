import { expect, it } from "vitest";
import { libraryLists } from "../../../sandbox/page/client/blocks/library-lists.ts";

const list = (items: number, more: object = {}): object => ({
  type: "rich_text_list",
  style: "ordered",
  elements: Array.from({ length: items }, () => ({})),
  ...more,
});
const bullets = list(2, { style: "bullet", indent: 1 });
const code = { type: "rich_text_preformatted", elements: [] };

it.each<[string, object[], object[]]>([
  ["points below an item", [list(4), bullets, list(1, { offset: 4 })], [list(4), bullets, list(1, { offset: 0 })]],
  [
    "points below two items",
    [list(1), bullets, list(2, { offset: 1 }), bullets, list(1, { offset: 3 })],
    [list(1), bullets, list(2, { offset: 0 }), bullets, list(1, { offset: 0 })],
  ],
  [
    "a code block, after which the library counts anew",
    [list(2), code, list(1, { offset: 2 })],
    [list(2), code, list(1, { offset: 2 })],
  ],
  ["another list, which it does not continue", [list(3), list(2)], [list(3), list(2, { offset: -3 })]],
  [
    "points on its own level",
    [list(2, { style: "bullet" }), list(2)],
    [list(2, { style: "bullet" }), list(2, { offset: -2 })],
  ],
  ["nothing before it", [list(1, { offset: 6 })], [list(1, { offset: 6 })]],
])("a numbered list has its own numbers after %s", (_, elements, expected) => {
  expect(libraryLists(elements)).toEqual(expected);
});
