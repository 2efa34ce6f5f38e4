import type { Command } from "commander";
import type { CheckOptions } from "./check-question.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

const EXAMPLES = `
Examples:
  wa-token check                                  the deployed token (WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE)
  wa-token check --watch orders-prod --json       a token of the watchlist, as JSON
  wa-token check --source file:/run/secrets/wa    a token from somewhere else
  pass show whatsapp | wa-token check --stdin     a token through a pipe
  wa-token check --min-days 14                    exit 1 when fewer than 14 days are left

Exit codes: 0 healthy, and every configured id was read; 1 expiring, degraded, expired, revoked or invalid;
2 usage or configuration; 3 could not find out, or healthy with a configured id that was not read.
A token never belongs into an argument.`;

export const addCheck = (program: Command, io: Io, exit: (code: ExitCode) => void): void => {
  program
    .command("check")
    .description("inspect one token now; needs no Slack")
    .option("--source <source>", 'read the token from env:NAME, file:/path, dotenv:/path#NAME or exec:["cmd"]')
    .option("--stdin", "read the token from standard input")
    .option("--watch <name>", "check the deployed token of this watch")
    .option("--json", "print one JSON object and nothing else")
    .option("--min-days <n>", "call it expiring when fewer days are left; takes the place of WARN_AT")
    .option("--require <scopes>", "permissions it must have, with commas between; takes the place of REQUIRED_SCOPES")
    .addHelpText("after", EXAMPLES)
    .action(async (options: CheckOptions) => exit(await (await import("./check-token.ts")).check(options, io)));
};
