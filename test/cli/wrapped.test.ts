import { expect, it } from "vitest";
import { wrapped } from "../../src/cli/wrapped.ts";

const RED = "\u001B[31m";
const PLAIN = "\u001B[39m";

it.each([
  ["characters that take two columns", "漢字 漢字 漢字 漢字 漢字", "1. ", "1. 漢字 漢字 漢字\n   漢字 漢字"],
  ["emoji", "🔴 ".repeat(8).trimEnd(), "", `${"🔴 ".repeat(7).trimEnd()}\n🔴`],
  [
    "a colour, which ends with each line",
    `${RED}one two three four five six seven${PLAIN}`,
    "- ",
    `- ${RED}one two three four${PLAIN}\n  ${RED}five six seven${PLAIN}`,
  ],
  [
    "an address that is too long",
    "see https://example.com/a/long/address now",
    "",
    "see\nhttps://example.com/a/long/address\nnow",
  ],
  [
    "unbreakable spaces",
    "one\u00A0two\u00A0three\u00A0four\u00A0five six",
    "",
    "one\u00A0two\u00A0three\u00A0four\u00A0five\nsix",
  ],
])("a line of 20 columns keeps %s whole", (_, text, marker, lines) => {
  expect(wrapped(text, 20, marker)).toBe(lines);
});
