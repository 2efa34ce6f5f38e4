import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const LEFT_OUT = new Set(["node_modules", ".git", "coverage", "dist", "data", "package-lock.json"]);

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    if (LEFT_OUT.has(name) || name.startsWith(".env") !== (name === ".env.example")) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

/** What scanners take for a live credential: Meta tokens and app tokens, Slack tokens (GitHub push protection, 2026-11). */
const CREDENTIALS: readonly RegExp[] = [
  /(?:EAA|CAA|IGAA|THAA)[0-9A-Za-z]{40,}/,
  /\b\d{13,18}\|[0-9A-Za-z_-]{27,}/,
  /xox[a-z]-[0-9]{6,}-[0-9A-Za-z-]{16,}/,
  /xapp-\d-[0-9A-Z]{8,}-\d{8,}-[0-9a-f]{32,}/,
];

const holds = (text: string): boolean => CREDENTIALS.some((pattern) => pattern.test(text));

describe("the repository", () => {
  const files = filesBelow(ROOT);

  it("is read completely", () => {
    const names = files.map((file) => relative(ROOT, file));
    expect(names.length).toBeGreaterThan(300);
    expect(names).toContain("test/fixtures/graph-cases.json");
  });

  it("contains no text like a real token, because tests build theirs at run time", () => {
    const found = files.filter((file) => holds(readFileSync(file, "utf8"))).map((file) => relative(ROOT, file));
    expect(found).toEqual([]);
  });

  it("would find such a text", () => {
    expect(holds("EAA".padEnd(120, "x1"))).toBe(true);
    expect(holds(`${"1".repeat(15)}|${"a".repeat(27)}`)).toBe(true);
  });
});
