/** What the arguments of `npm run demo` ask for. */
export type DemoArgs =
  | { readonly kind: "story"; readonly pauses: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly message: string };

export const HELP = `Usage: npm run demo -- [options]

Starts the real bot against a Slack and a Graph stand-in on this machine and walks
through a story in the terminal. Needs no account and no network.

Options:
  --terminal  tell the story in the terminal (the default)
  --no-pause  do not pause between the steps (as when the output is no terminal)
  --help      show this help

Colours follow NO_COLOR; the width follows the terminal, from 60 to 100 columns.
`;

/** Repeated only when it looks like a flag: anything else may be a secret in the wrong place. */
const nameOf = (argument: string): string => (/^--?[a-z][a-z-]{0,20}$/.test(argument) ? argument : "that argument");

/** Reads the arguments after the script's name. */
export const parseDemoArgs = (argv: readonly string[]): DemoArgs => {
  if (argv.includes("--help") || argv.includes("-h")) return { kind: "help" };
  const unknown = argv.find((argument) => argument !== "--terminal" && argument !== "--no-pause");
  if (unknown !== undefined)
    return {
      kind: "refused",
      message: `The demo does not know ${nameOf(unknown)}. Run "npm run demo -- --help" to see what it takes.`,
    };
  return { kind: "story", pauses: !argv.includes("--no-pause") };
};
