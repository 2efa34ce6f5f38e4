import { Command, CommanderError } from "commander";
import { argumentErrorText, refuseUnknownSubcommand } from "./arguments/argument-error.ts";
import { addAudit } from "./audit.ts";
import { addCheck } from "./check.ts";
import { addDoctor } from "./doctor.ts";
import { unexpectedText, UsageError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { addGuide } from "./guide.ts";
import type { Io, Output } from "./io.ts";
import { holdsToken, LEAKED_ARGUMENT } from "./arguments/leaked-argument.ts";
import { addInit } from "./init.ts";
import { addRenew } from "./renew.ts";
import { addRound } from "./round.ts";
import { addRun } from "./run.ts";
import { VERSION } from "../version.ts";

/** Runs one subcommand and returns the exit code. Never rejects. `argv` has the arguments after the script's name. */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  if (holdsToken(argv)) {
    await print(LEAKED_ARGUMENT, io.stderr);
    return EXIT.usage;
  }
  let code: ExitCode = EXIT.healthy;
  const help: string[] = [];
  const program = createProgram(io, help, (exit) => {
    code = exit;
  });
  try {
    refuseUnknownSubcommand(program, argv);
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    await print(help.join(""), io.stdout);
    return explain(error, io, (refused) => argumentErrorText(refused, program, argv));
  }
}

const ABOUT = `Guides a team to a WhatsApp access token that does not expire, checks any token, and watches the deployed ones.
A watch is a deployed token that the bot checks again and again. The watchlist names all watches. A round checks every watch that is due.
Configuration comes from the environment and from .env; see .env.example.`;

/** @param help receives the texts of `--help` and `--version`, which commander ends with an error */
function createProgram(io: Io, help: string[], exit: (code: ExitCode) => void): Command {
  const program = new Command("wa-token")
    .description(ABOUT)
    .version(VERSION, "-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void help.push(text),
      writeErr: io.stderr.write,
      // commander repeats arguments, which may be secrets. `explain` writes other sentences.
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    });
  for (const add of [addRun, addInit, addCheck, addRound, addRenew, addGuide, addDoctor, addAudit])
    add(program, io, exit);
  return program;
}

async function explain(error: unknown, io: Io, refusal: (error: CommanderError) => string): Promise<ExitCode> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.healthy;
    await print(`${refusal(error)}\n`, io.stderr);
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    await print(`${error.message}\n`, io.stderr);
    return EXIT.usage;
  }
  await print(unexpectedText(error), io.stderr);
  return EXIT.unknown;
}

/** Writes a text so that its lines fit a terminal. */
async function print(text: string, { write, columns }: Output): Promise<void> {
  // Loaded here, because a static import raises the CPU time of `--help` in a pipe from 290 to 325 ms (3 runs).
  if (text !== "") write(columns === undefined ? text : (await import("./fitted.ts")).fitted(text, columns));
}
