import type { Command } from "commander";
import type { CheckOptions } from "./check/check-target.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export function addCheck(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("check")
    .description("check one token now; needs no Slack")
    .option("--source <source>", 'read the token from env:NAME, file:/path, dotenv:/path#NAME or exec:["cmd"]')
    .option("--stdin", "read the token from standard input")
    .option("--watch <name>", "check the deployed token of this watch")
    .option("--json", "print one JSON object and nothing else")
    .option("--min-days <n>", 'report "expiring" when fewer than N days are left; overrides WARN_AT')
    .option("--require <scopes>", "required permissions, separated by commas; overrides REQUIRED_SCOPES")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because a static import raises the CPU time of `--help` from 272 to 388 ms (20 runs).
    .action(async (options: CheckOptions) => exit(await (await import("./check/check-token.ts")).check(options, io)));
}

const EXAMPLES = `
Examples:
  wa-token check                                  the deployed token (WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE)
  wa-token check --watch orders-prod --json       a token of the watchlist, as JSON
  wa-token check --source file:/run/secrets/wa    a token from somewhere else
  pass show whatsapp | wa-token check --stdin     a token through a pipe
  wa-token check --min-days 14                    exit 1 when fewer than 14 days are left

Exit codes: 0 healthy, and every configured ID was checked; 1 expiring, degraded, expired, revoked or invalid;
2 wrong usage or configuration; 3 no result, or healthy with a configured ID that was not checked.
Never pass a token as an argument.`;
