import { containsTokenShape } from "../../token/secret/shape.ts";

/** True when an argument contains a token. Call it before any parser, because parsers repeat arguments. */
export function holdsToken(argv: readonly string[]): boolean {
  return argv.some((argument) => containsTokenShape(argument)) || containsTokenShape(argv.join(" "));
}

export const LEAKED_ARGUMENT = `An argument looks like a token, so wa-token did nothing.
Treat that token as leaked: the shell history and lists of processes show arguments.
Generate a new token, and pass it through a pipe (check --stdin), or through a file or a variable (check --source).
`;
