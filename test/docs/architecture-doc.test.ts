import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, sourceFiles } from "../support/imports.ts";
import { codeIn, readDocument, ROOT, tableOf } from "./markdown.ts";

const text = readDocument("docs/architecture.md");
const table = text.slice(text.indexOf("<!-- import-table -->"));
const header = table.split("\n").find((line) => line.startsWith("|")) ?? "";
const columns = header
  .split("|")
  .slice(2, -2)
  .map((cell) => cell.trim());
const rows = tableOf(table, "");

const moduleOf = (path: string): string => path.split("/")[1]?.replace(/\.ts$/, "") ?? "";

const mark = (from: string, to: string): string => {
  const row = rows.find(([name]) => name === `**${from}**`);
  return row?.[columns.indexOf(to) + 1] ?? "";
};

describe("docs/architecture.md", () => {
  it("has an import table that matches the code", () => {
    const imports = sourceFiles(ROOT, "src")
      .flatMap((file) => importsOf(ROOT, file))
      .filter(({ own }) => own);
    const broken = imports.filter(({ from, to, typesOnly }) => {
      if (moduleOf(from) === moduleOf(to)) return false;
      const allowed = mark(moduleOf(from), moduleOf(to));
      return allowed !== "v" && !(allowed === "t" && typesOnly);
    });
    expect(imports.length).toBeGreaterThan(100);
    expect(broken.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("gives a reason for every production dependency, and for no other package", () => {
    const argued = tableOf(text, "package").map(([cell = ""]) => codeIn(cell)[0]);
    const { dependencies } = JSON.parse(readDocument("package.json")) as { dependencies: Record<string, string> };
    expect(new Set(argued)).toEqual(new Set(Object.keys(dependencies)));
  });

  it("describes every folder of src in its place, and no other", () => {
    const section = text.slice(text.indexOf("## Folders"), text.indexOf("## Import rules"));
    const described = [...section.matchAll(/^( *)- `(src\/[\w/-]+\/)`: /gm)].map(([, indent = "", folder = ""]) => ({
      folder,
      depth: indent.length / 2,
    }));
    const folders = readdirSync(join(ROOT, "src"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${relative(ROOT, join(entry.parentPath, entry.name))}/`);
    expect(described.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted());
    for (const { folder, depth } of described) expect([folder, folder.split("/").length - 3]).toEqual([folder, depth]);
  });

  it("lists only existing files and folders", () => {
    const listed = [...text.matchAll(/^ *- `([\w./-]+)`: /gm)].map(([, path = ""]) => path);
    expect(listed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
