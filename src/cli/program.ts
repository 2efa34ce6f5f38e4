import { Command, CommanderError } from "commander";
import { argumentErrorText, refuseUnknownSubcommand } from "./arguments/argument-error.ts";
import { addCheck } from "./check.ts";
import { addDoctor } from "./doctor.ts";
import { unexpectedText, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { addGuide } from "./guide.ts";
import type { Io } from "./io.ts";
import { holdsToken, LEAKED_ARGUMENT } from "./arguments/leaked-argument.ts";
import { addRound } from "./round.ts";
import { addRun } from "./run.ts";
import { VERSION } from "../version.ts";

/** Runs one subcommand and returns the exit code. Never rejects. `argv` has the arguments after the script's name. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  if (holdsToken(argv)) {
    io.stderr.write(LEAKED_ARGUMENT);
    return EXIT.usage;
  }
  let code: ExitCode = EXIT.healthy;
  const program = createProgram(io, (exit) => {
    code = exit;
  });
  try {
    refuseUnknownSubcommand(program, argv);
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    return explain(error, io, (refused) => argumentErrorText(refused, program, argv));
  }
}

const ABOUT = `Guides a team to a WhatsApp access token that does not expire, checks any token,
and watches the deployed ones.
A watch is a deployed token that the bot checks again and again. The watchlist
names all watches. A round checks every watch that is due.
Configuration comes from the environment and from .env; see .env.example.`;

function createProgram(io: Io, exit: (code: ExitCode) => void): Command {
  const program = new Command("wa-token")
    .description(ABOUT)
    .version(VERSION, "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: io.stdout.write,
      writeErr: io.stderr.write,
      // commander repeats arguments, which may be secrets. `explain` writes other sentences.
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    });
  for (const add of [addRun, addCheck, addRound, addGuide, addDoctor]) add(program, io, exit);
  return program;
}

function explain(error: unknown, io: Io, refusal: (error: CommanderError) => string): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.healthy;
    io.stderr.write(`${refusal(error)}\n`);
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    io.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
  io.stderr.write(unexpectedText(error));
  return EXIT.unknown;
}
