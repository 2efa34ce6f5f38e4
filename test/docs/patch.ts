import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Applies a diff from a document: "--- path" before the changes of a file, "@@" between changes, and no line numbers.
 * Throws unless the first lines of a change occur exactly once. Creates a missing file.
 */
export function applyPatch(patch: string, root: string): void {
  for (const part of patch.split(/^--- /m).slice(1)) {
    const [path = "", ...lines] = part.trimEnd().split("\n");
    const file = join(root, path);
    const hunks = lines.join("\n").split(/^@@.*\n/m);
    const before = existsSync(file) ? readFileSync(file, "utf8") : "";
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      hunks.reduce((text, hunk) => changed(text, hunk, path), before),
    );
  }
}

/** Copies these folders and files below another root. */
export function copyOf(root: string, names: readonly string[], to: string): void {
  for (const name of names) cpSync(join(root, name), join(to, name), { recursive: true });
}

function changed(text: string, hunk: string, path: string): string {
  const lines = hunk.trimEnd().split("\n");
  const side = (mark: string): string =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const [before, after] = [side("+"), side("-")];
  if (before !== "" && text.split(before).length !== 2) throw new Error(`${path} has not once:\n${before}`);
  return before === "" ? `${text}${after}` : text.replace(before, () => after);
}
