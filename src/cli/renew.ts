import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import type { RenewOptions } from "./renew/renew-token.ts";

export function addRenew(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("renew")
    .description("replace the token of one watch: get a new one, test it, save it and read it back; needs no Slack")
    .option("--watch <name>", "the watch; required")
    .option("--stdin", "save this new token from standard input; without it, Meta refreshes the old one")
    .option("--confirm-in-use", "confirm that every app uses the new token of an open renewal")
    .option("--end-old", "end the old token, once every app uses the new one")
    .option("--dry-run", "only check whether the renewal can start; changes no token")
    .option("--json", "print one JSON object on stdout; the log stays on stderr")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because static imports raise the CPU time of `--help`.
    .action(async (options: RenewOptions) => exit(await (await import("./renew/renew-token.ts")).renew(options, io)));
}

const EXAMPLES = `
Examples:
  wa-token renew --watch orders-prod --dry-run           check whether Meta can refresh the token
  wa-token renew --watch orders-prod                     refresh it; run it again to continue an open renewal
  pass show new-token | wa-token renew --watch orders-prod --stdin
                                                         save a token that you generated
  wa-token renew --watch orders-prod --confirm-in-use --end-old
                                                         every app uses the new token: end the old one

Without an open renewal, renew first makes a new token. --confirm-in-use does not count for a token that this run saved:
restart your apps, then run it again. With a proof of the watch, one run can also end the old token.

Exit codes: 0 done, also when the use is not proven and --end-old was not given; 1 refused or failed, or --end-old
without a proof, or the renewal to continue has ended; 2 wrong usage or configuration, also a token that never expires without --stdin; 3 no result, for
example because Meta did not answer.
Never pass a token as an argument.`;
