import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export function addInit(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("init")
    .description("set the bot up step by step, and save the values in .env")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because a static import raises the CPU time of `--help` from 289 to 693 ms (6 runs).
    .action(async () => exit(await (await import("./init/start.ts")).init(io)));
}

const EXAMPLES = `
Examples:
  wa-token init              ask for each value, check it with Slack and Meta, and post a test message
  wa-token init < /dev/null  check the values in the environment, and save them without a question

Without a terminal, init posts nothing and waits for nobody. It saves the source of the token, never the token.

Exit codes: 0 the values are right and saved; 2 stopped, wrong usage, or a problem with a value; 3 an unexpected error.`;
