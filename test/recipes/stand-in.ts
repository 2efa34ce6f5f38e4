import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A program that takes the place of a store's command line, and keeps what it got. */
export interface StandIn {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The arguments of every call, one a line. */
  readonly args: () => Promise<string>;
  /** The standard input of the last call that had one. */
  readonly input: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** Puts a program of this name first on PATH. `prints` is its output when its standard input is empty. */
export async function standInFor(name: string, prints = ""): Promise<StandIn> {
  const folder = await mkdtemp(join(tmpdir(), "wa-token-recipe-"));
  const file = (kind: string): string => join(folder, kind);
  await writeFile(file("prints"), prints);
  await writeFile(
    file(name),
    `#!/bin/sh
folder='${folder}'
printf '%s\\n' "$@" >> "$folder/args"
# Opens /dev/stdin only when the line names it: a socket can be read, but not opened.
case "$*" in
*/dev/stdin*) cat /dev/stdin > "$folder/now" ;;
*) cat > "$folder/now" ;;
esac || exit 1
if [ -s "$folder/now" ]; then cp "$folder/now" "$folder/input"; else cat "$folder/prints"; fi
`,
  );
  await chmod(file(name), 0o755);
  return {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
    args: () => readFile(file("args"), "utf8"),
    input: () => readFile(file("input"), "utf8"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
