import { COMMAND } from "../../protocol/command.ts";

/** One line of the list above the composer. */
export interface Completion {
  /** The text of the composer after the person takes this completion. */
  readonly text: string;
  readonly label: string;
  readonly what: string;
}

/** The completions for the typed text: the command, its subcommands and the names of watches. */
export function completionsFor(typed: string, watches: readonly string[]): readonly Completion[] {
  if (!typed.startsWith("/")) return [];
  const [command = "", verb, rest] = typed.trimStart().split(/\s+/, 3);
  if (verb === undefined && !COMMAND.startsWith(command)) return [];
  if (verb !== undefined && command !== COMMAND) return [];
  if (rest === undefined)
    return VERBS.filter(({ name }) => name.startsWith(verb ?? "")).map(({ name, args, what }) => ({
      text: `${COMMAND} ${name}${args === "" ? "" : " "}`,
      label: `${COMMAND} ${name} ${args}`.trim(),
      what,
    }));
  if (!NAMED.includes(verb ?? "")) return [];
  return watches
    .filter((name) => name.startsWith(rest) && name !== rest)
    .map((name) => ({
      text: `${COMMAND} ${verb} ${name}`,
      label: `${COMMAND} ${verb} ${name}`,
      what: "a watched token",
    }));
}

/** True when the text is a complete command, so that Enter sends it instead of completing it. */
export function isWhole(typed: string): boolean {
  return typed.trim() === COMMAND || VERBS.some(({ name }) => `${typed.trim()} `.startsWith(`${COMMAND} ${name} `));
}

interface Verb {
  readonly name: string;
  readonly args: string;
  readonly what: string;
}

const VERBS: readonly Verb[] = [
  { name: "guide", args: "[words]", what: "how to generate a token that lasts" },
  { name: "check", args: "[name]", what: "whether a token works, and until when" },
  { name: "status", args: "[name]", what: "the state of every watched token" },
  { name: "help", args: "", what: "all commands" },
];

const NAMED = ["check", "status"];
