import { spawn } from "node:child_process";
import { once } from "node:events";
import { parse } from "yaml";
import { parseSource, type Source } from "../../src/token/secret/source.ts";
import { fencesOf, readDocument } from "../docs/markdown.ts";

type Command = Extract<Source, { kind: "exec" }>;

/** One recipe of docs/sources-and-sinks.md: an entry of a watchlist with two commands. */
export interface Recipe {
  readonly name: string;
  readonly source: Command;
  readonly write: Command;
}

/** Every recipe of the page, in its order. Throws when a line of the page is no command. */
export const recipes: readonly Recipe[] = fencesOf(readDocument("docs/sources-and-sinks.md"), "yaml").flatMap(
  (fence) => {
    const entries: unknown = parse(fence);
    return Array.isArray(entries) ? (entries as readonly Entry[]).map(recipeOf) : [];
  },
);

/** The recipe of this name. Throws when the page has none. */
export function recipeNamed(name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found === undefined) throw new Error(`the page has no recipe ${name}`);
  return found;
}

/** Runs a write command as the bot does: no shell, the value on standard input. Returns its exit code and output. */
export async function save(
  { argv }: Command,
  value: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly code: unknown; readonly output: string }> {
  const [command, ...args] = argv;
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
  let output = "";
  const collect = (text: Buffer): void => {
    output += text.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  // A program may close its standard input early; its exit code then says why.
  child.stdin.on("error", () => {});
  child.stdin.end(value);
  const [code] = (await once(child, "close")) as readonly unknown[];
  return { code, output };
}

interface Entry {
  readonly name: string;
  readonly source: string;
  readonly renew: { readonly write: string };
}

function recipeOf({ name, source, renew }: Entry): Recipe {
  return { name, source: commandOf(source), write: commandOf(renew.write) };
}

function commandOf(text: string): Command {
  const parsed = parseSource(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem}`);
  if (parsed.source.kind !== "exec") throw new Error(`${text} is no command`);
  return parsed.source;
}
