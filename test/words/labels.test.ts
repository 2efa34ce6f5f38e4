import { join } from "node:path";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { words } from "../../src/words/words.ts";
import { sourceFiles } from "../support/imports.ts";

const ROOT = join(import.meta.dirname, "../..");

/** `text` and `label` of every button that is written out in the source. */
const LABELLED = /text: "([^"]+)",[^{}]*?label: "([^"]+)"/gs;

type Pair = readonly [text: string, label: string];

const written = sourceFiles(ROOT, "src/slack").flatMap((file) =>
  [...readFileSync(join(ROOT, file), "utf8").matchAll(LABELLED)].map(([, text = "", label = ""]): Pair => [
    text,
    label,
  ]),
);

/** The same among the product's sentences: `{ text, label }`, or `guide` beside `guideLabel`. */
const pairsIn = (value: unknown): readonly Pair[] => {
  if (typeof value !== "object" || value === null) return [];
  const entries = new Map<string, unknown>(Object.entries(value));
  const pairOf = (text: unknown, label: unknown): readonly Pair[] =>
    typeof text === "string" && typeof label === "string" ? [[text, label]] : [];
  return [
    ...pairOf(entries.get("text"), entries.get("label")),
    ...[...entries].flatMap(([key, inner]) => [...pairOf(inner, entries.get(`${key}Label`)), ...pairsIn(inner)]),
  ];
};

const pairs = [...written, ...pairsIn(words)];

it("finds the labels it judges", () => {
  expect(pairs.length).toBeGreaterThan(8);
  expect(pairs).toEqual(expect.arrayContaining([Object.values(words.buttons.snooze)]));
});

// People who speak to the computer say what is written on a button (WCAG 2.2, 2.5.3 Label in Name, read 2026-11).
it.each(pairs)("a button's label contains its text: “%s” in “%s”", (text, label) => {
  expect(label.toLowerCase()).toContain(text.replace("…", "").toLowerCase());
});
