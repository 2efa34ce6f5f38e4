import { COMMAND } from "../../protocol/command.ts";

/** One line of the list above the composer. */
export interface Completion {
  /** The composer's text when it is taken. */
  readonly text: string;
  readonly label: string;
  readonly what: string;
}

interface Verb {
  readonly name: string;
  readonly args: string;
  readonly what: string;
}

const VERBS: readonly Verb[] = [
  { name: "guide", args: "[words]", what: "how to make a token that lasts" },
  { name: "check", args: "[name]", what: "is a token alive, and until when?" },
  { name: "status", args: "[name]", what: "every watched token" },
  { name: "help", args: "", what: "what the command can do" },
];

const NAMED = ["check", "status"];

/** What may follow what was typed so far: the command, its words, the names of watches. */
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

/** Whether the text is something to send as it is, so that Enter sends it instead of completing it. */
export const isWhole = (typed: string): boolean =>
  typed.trim() === COMMAND || VERBS.some(({ name }) => `${typed.trim()} `.startsWith(`${COMMAND} ${name} `));
