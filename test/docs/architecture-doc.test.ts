import { existsSync } from "node:fs";
import { join } from "node:path";
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

  it("lists only existing folders", () => {
    const folders = tableOf(text, "folder").map(([cell = ""]) => codeIn(cell)[0] ?? "");
    expect(folders.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([]);
  });
});
