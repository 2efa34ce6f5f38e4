import { existsSync, readdirSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { documents } from "./documents.ts";
import { readDocument, ROOT } from "./markdown.ts";

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

/** True when nothing has this path, or when the page has no heading with this anchor. */
const isBroken = (target: string, anchor: string | undefined): boolean =>
  !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor));

/** Code, configuration and templates, which name documents in comments and in messages for people. */
const others = [
  ...readdirSync(ROOT).filter((file) => [".ts", ".yml", ".yaml", ".example"].includes(extname(file))),
  "Dockerfile",
  ...["src", "sandbox", "tools", "bench", "test", ".github"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => [".ts", ".tsx", ".mjs", ".yml", ".md"].includes(extname(file)))
      .map((file) => join(folder, file)),
  ),
];

/** Names such as docs/operate.md#clock, by their path from the root. */
const PAGE = /(?<![\w./])((?:docs\/[\w-]+|README|CONTRIBUTING|CHANGELOG|SECURITY)\.md)(?:#([\w-]+))?/g;

describe("links in the documents", () => {
  it("finds the documents", () => {
    expect(documents).toEqual(expect.arrayContaining(["README.md", "docs/deploy.md"]));
  });

  it.each(documents)("%s has no broken link", (document) => {
    const broken = linksOf(readDocument(document)).filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [path = "", anchor] = link.split("#");
      return isBroken(path === "" ? document : join(dirname(document), path), anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(documents)("%s contains no machine path and no registry", (document) => {
    expect(readDocument(document)).not.toMatch(/(?<![\w.])\/(?:home|root|Users)\/|registry\.|npmjs/);
  });
});

describe("source files that documents name", () => {
  /** Paths from the root or from src/, each in backticks. Paths with an ellipsis or a star stand for several files. */
  const FILE = /`((?:[\w-]+\/)+[\w.-]+\.(?:ts|tsx|mjs|json|yml))`/g;

  it.each(documents.filter((document) => document !== "CHANGELOG.md"))("%s names files that exist", (document) => {
    const files = [...readDocument(document).matchAll(FILE)].map(([, file = ""]) => file);
    const exists = (file: string): boolean => ["", "src", "docs"].some((base) => existsSync(join(ROOT, base, file)));
    expect(files.filter((file) => !exists(file))).toEqual([]);
  });
});

describe("documents that other files name", () => {
  const named = others.flatMap((file) =>
    [...readDocument(file).matchAll(PAGE)].map(([text, target = "", anchor]) => ({ file, text, target, anchor })),
  );

  it("exist, with the anchors", () => {
    expect(named.map(({ target }) => target)).toContain("docs/operate.md");
    const broken = named.filter(({ target, anchor }) => isBroken(target, anchor));
    expect(broken.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  });
});
