import { containsTokenShape } from "../token/shape.ts";

/** True when an argument holds a token; must be asked before any parser sees them, because parsers repeat arguments. */
export const holdsToken = (argv: readonly string[]): boolean =>
  argv.some((argument) => containsTokenShape(argument)) || containsTokenShape(argv.join(" "));

/** Arguments are seen by everybody who can list processes, and by the shell's history. */
export const LEAKED_ARGUMENT = `An argument looks like a token, so nothing was done with it. Treat that token as leaked: arguments are kept in the
shell's history and shown in lists of processes. Generate a new one, and give it through a pipe (check --stdin), a
file or a variable (check --source).
`;
