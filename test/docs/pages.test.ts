import { describe, expect, it } from "vitest";
import { documents } from "./documents.ts";
import { readDocument } from "./markdown.ts";
import { SAMPLES_PAGE } from "./samples.ts";

const MOST_LINES = 500;
const MOST_CONTENTS_LINES = 10;

const linesOf = (document: string): readonly string[] => readDocument(document).trimEnd().split("\n");

/** The list of links before the first section. */
const contentsOf = (document: string): readonly string[] => {
  const lines = linesOf(document);
  const top = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith("## ")),
  );
  return top.filter((line) => /^(?:- | {2}).*\]\(#/.test(line));
};

describe("a page that people can read", () => {
  it.each(documents.filter((document) => document !== SAMPLES_PAGE))("%s has at most 500 lines", (document) => {
    expect(linesOf(document).length).toBeLessThanOrEqual(MOST_LINES);
  });

  it.each(documents)("%s lists its contents in at most ten lines", (document) => {
    expect(contentsOf(document).length).toBeLessThanOrEqual(MOST_CONTENTS_LINES);
  });

  it.each(documents.filter((document) => linesOf(document).length > 200 && document.startsWith("docs/")))(
    "%s has a list of its contents",
    (document) => {
      expect(contentsOf(document)).not.toEqual([]);
    },
  );
});

it.each(["README.md", "docs/architecture.md", "docs/operate.md"])(
  "%s promises at most one repeated message in each channel after a crash, as test/crash/ shows",
  (document) => {
    const words = readDocument(document).replaceAll(/\s+/g, " ");
    expect(words).toMatch(/repeats at most one message in each channel that had a delivery in progress/);
  },
);
