import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./markdown.ts";

/** Every document for people, by its path from the root. */
export const documents: readonly string[] = [...markdownIn(""), ...markdownIn("docs")];

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file));
}
