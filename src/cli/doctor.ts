import type { Command } from "commander";
import type { DoctorOptions } from "./doctor/report.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";

export function addDoctor(program: Command, io: Io, exit: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .description("check what works and what is missing, with the next step")
    .option("--post", "post a test message in each alert channel, then delete the message")
    .option("--json", "print one JSON object and nothing else")
    .addHelpText("after", EXAMPLES)
    // Loaded here, because a static import raises the CPU time of `--help` from 272 to 385 ms (20 runs).
    .action(async (options: DoctorOptions) => exit(await (await import("./doctor/report.ts")).doctor(options, io)));
}

const EXAMPLES = `
Examples:
  wa-token doctor           check configuration, store, Slack, Meta and the clock, and the token of each watch
  wa-token doctor --post    also post a test message in each alert channel, then delete the message
  wa-token doctor --json    the same lines for a script

Exit codes, the first one that fits: 2 you must change a setting; 1 a token is dead or cannot do its job;
3 another system did not answer; 0 no problem. Warnings do not change the exit code.`;
