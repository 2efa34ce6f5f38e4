import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocument, ROOT } from "./markdown.ts";

const documents = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

const withoutFences = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, "");

/** The anchors that GitHub creates: lower case, no punctuation, hyphens for spaces. */
const anchorsOf = (text: string): readonly string[] =>
  [...withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );

const linksOf = (text: string): readonly string[] =>
  [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);

describe("links in the documents", () => {
  it("finds the documents", () => {
    expect(documents).toEqual(expect.arrayContaining(["README.md", "docs/deploy.md"]));
  });

  it.each(documents)("%s has no broken link", (document) => {
    const broken = linksOf(readDocument(document)).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(documents)("%s contains no machine path and no registry", (document) => {
    expect(readDocument(document)).not.toMatch(/(?<![\w.])\/(?:home|root|Users)\/|registry\.|npmjs/);
  });
});
