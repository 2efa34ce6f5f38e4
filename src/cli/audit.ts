import type { Command } from "commander";
import type { AuditOptions } from "./audit/print-audit.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export function addAudit(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("audit")
    .description("print who did what, newest first: alerts, renewals, private checks and refused actions")
    .option("--watch <name>", "only this watch; a watch that left the watchlist too")
    .option("--since <span>", "only this time until now, for example 12h or 90d", "30d")
    .option("--json", "print one JSON object a line on stdout")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because a static import raises the CPU time of `--help` from 130 to 340 ms (12 runs).
    .action(async (options: AuditOptions) =>
      exit(await (await import("./audit/print-audit.ts")).printAudit(options, io)),
    );
}

const EXAMPLES = `
Examples:
  wa-token audit                      the last 30 days, newest first
  wa-token audit --watch orders-prod  one watch
  wa-token audit --since 400d --json  everything that the bot keeps, for scripts

Exit codes: 0 the audit was printed, also when it is empty; 2 wrong usage or configuration; 3 there is no store to read.`;
