import { didYouMean } from "../../src/cli/arguments/did-you-mean.ts";
import { STORIES } from "../page/server/stories/stories.ts";
import type { Story } from "../page/server/stories/story.ts";

/** The parsed arguments of `npm run demo`. */
export type DemoArgs =
  | { readonly kind: "page"; readonly port: number; readonly open: boolean }
  | { readonly kind: "stories"; readonly stories: readonly Story[]; readonly pauses: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly message: string };

export const HELP = `Usage: npm run demo -- [options]

Starts the real bot with stand-ins for Slack and Meta's Graph API on this machine and
shows them on a page in your browser. It needs no account and no network, and it reads
neither .env nor any SLACK_*, META_* or WHATSAPP_* variable.

Options:
  --port N    serve the page on this port of 127.0.0.1 (a free one by default)
  --no-open   do not open the browser
  --terminal  play the stories in the terminal instead, one after the other
  --story ID  with --terminal: play only this story
  --no-pause  with --terminal: do not pause between the steps (the default when the
              output is not a terminal)
  --help      show this help

Stories:
${STORIES.map(({ id, title }) => `  ${id.padEnd(10)}  ${title}\n`).join("")}
The stories have no colours when NO_COLOR is set. Their width follows the terminal,
from 60 to 100 columns. The browser does not open when CI is set or the output is not a
terminal.
`;

/** Parses the arguments that follow the script's name. */
export function parseDemoArgs(argv: readonly string[]): DemoArgs {
  if (argv.includes("--help") || argv.includes("-h")) return { kind: "help" };
  const flags = flagsOf(argv);
  if ("kind" in flags) return flags;
  const { names, port, stories } = flags;
  if (names.has("--terminal")) {
    if (port !== undefined || names.has("--no-open"))
      return refused("--port and --no-open do not work with --terminal.");
    return { kind: "stories", stories, pauses: !names.has("--no-pause") };
  }
  if (names.has("--story")) return refused("--story works only with --terminal.");
  if (names.has("--no-pause")) return refused("--no-pause works only with --terminal.");
  return { kind: "page", port: port ?? 0, open: !names.has("--no-open") };
}

/** Repeats an argument only when it looks like a flag: any other text may be a secret in the wrong place. */
function nameOf(argument: string): string {
  return /^--?[a-z][a-z-]{0,20}$/.test(argument) ? argument : "that argument";
}

function refused(what: string): DemoArgs {
  return {
    kind: "refused",
    message: `${what} Run "npm run demo -- --help" to see all options.`,
  };
}

function portOf(text: string | undefined): number | undefined {
  const port = /^\d{1,5}$/.test(text ?? "") ? Number(text) : undefined;
  return port === undefined || port < 1 || port > 65_535 ? undefined : port;
}

interface Flags {
  readonly names: ReadonlySet<string>;
  readonly port: number | undefined;
  readonly stories: readonly Story[];
}

const IDS = STORIES.map(({ id }) => id);
const FLAGS = ["--terminal", "--no-pause", "--no-open"];
const KNOWN = [...FLAGS, "--port", "--story", "--help"];

/** Returns the flags, or the refusal of a wrong one. */
function flagsOf(argv: readonly string[]): Flags | DemoArgs {
  const names = new Set<string>();
  let port: number | undefined;
  let stories = STORIES;
  for (let index = 0; index < argv.length; index += 1) {
    const [name = "", given] = (argv[index] ?? "").split("=", 2);
    if (name === "--port") {
      if (given === undefined) index += 1;
      port = portOf(given ?? argv[index]);
      if (port === undefined) return refused("--port takes a number from 1 to 65535.");
    } else if (name === "--story") {
      if (given === undefined) index += 1;
      const id = given ?? argv[index] ?? "";
      stories = STORIES.filter((story) => story.id === id);
      if (stories.length === 0)
        return refused(`There is no story with this ID.${didYouMean(id, IDS)} The stories are ${IDS.join(", ")}.`);
      names.add(name);
    } else if (given !== undefined || !FLAGS.includes(name)) {
      return refused(`The demo does not know ${nameOf(argv[index] ?? "")}.${didYouMean(name, KNOWN)}`);
    } else names.add(name);
  }
  return { names, port, stories };
}
