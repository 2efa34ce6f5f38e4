import { join } from "node:path";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sourceFiles } from "../support/imports.ts";

const ROOT = join(import.meta.dirname, "../..");

/** `text` and `label` of every button that is written out in the source. */
const LABELLED = /text: "([^"]+)",[^{}]*?label: "([^"]+)"/gs;

const pairs = sourceFiles(ROOT, "src/slack").flatMap((file) =>
  [...readFileSync(join(ROOT, file), "utf8").matchAll(LABELLED)].map(
    ([, text = "", label = ""]) => [text, label] as const,
  ),
);

it("finds the labels it judges", () => {
  expect(pairs.length).toBeGreaterThan(8);
});

// Who speaks to the computer says what is written on a button (WCAG 2.2, 2.5.3 Label in Name, read 2026-11).
it.each(pairs)("a button's label says what is written on it: “%s” in “%s”", (text, label) => {
  expect(label.toLowerCase()).toContain(text.replace("…", "").toLowerCase());
});
