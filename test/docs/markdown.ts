import { readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..", "..");

/** A file of the repository, by its path from the root. */
export const readDocument = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const cellsOf = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the first table whose header cells begin with these words. Throws when there is none. */
export const tableOf = (text: string, ...header: readonly string[]): readonly (readonly string[])[] => {
  const [rows] = tablesOf(text, ...header);
  if (rows === undefined) throw new Error(`no table begins with ${header.join(", ")}`);
  return rows;
};

/** The rows of each table whose header cells begin with these words. */
export function tablesOf(text: string, ...header: readonly string[]): readonly (readonly (readonly string[])[])[] {
  const lines = text.split("\n");
  return lines.flatMap((line, start) => {
    if (!line.startsWith("|") || !header.every((word, index) => cellsOf(line)[index] === word)) return [];
    const rows = lines.slice(start + 2);
    const end = rows.findIndex((row) => !row.startsWith("|"));
    return [rows.slice(0, end === -1 ? rows.length : end).map(cellsOf)];
  });
}

/** The contents of fenced blocks in this language. */
export const fencesOf = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)\n```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , body]) => body ?? "");

/** The words in backticks. */
export const codeIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? "");
