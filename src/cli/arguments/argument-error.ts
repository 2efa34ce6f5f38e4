import type { Command, CommanderError } from "commander";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError, withoutLongWords } from "../errors.ts";

/**
 * A sentence for an argument that commander refuses, with the likely option. It does not repeat the value of an option
 * or an extra argument, because it may be a secret.
 */
export function argumentErrorText(error: CommanderError, program: Command, argv: readonly string[]): string {
  const command = subcommandOf(program, argv);
  switch (error.code) {
    case "commander.unknownOption":
      return unknownOption(QUOTED_FLAG.exec(error.message)?.[1] ?? "", command, program);
    case "commander.excessArguments":
      return `${command.name()} takes no further argument. ${EXTRA[command.name()] ?? seeHelp(command)}`;
    case "commander.optionMissingArgument":
      return `${OPTION_NAME.exec(error.message)?.[0] ?? "The option"} needs a value. ${seeHelp(command)}`;
    default:
      return withoutLongWords(error.message);
  }
}

/** Refuses an unknown subcommand, which commander would treat as an argument of `run`, the default. */
export function refuseUnknownSubcommand(program: Command, argv: readonly string[]): void {
  const typed = argv[0] === "help" ? argv[1] : argv[0];
  const names = program.commands.map((command) => command.name());
  if (typed === undefined || typed.startsWith("-") || typed === "help" || names.includes(typed)) return;
  const inSlack = IN_SLACK[typed];
  if (inSlack !== undefined) throw new UsageError(inSlack);
  const known = `The subcommands are ${names.join(", ")}.`;
  const what =
    typed === "" || COMMAND_NAME.test(typed) ? `There is no subcommand "${typed}"` : "There is no such subcommand";
  throw new UsageError(`${what}.${didYouMean(typed, [...names, "help"])} ${known}`);
}

/** The name in commander's message, for example `--watch <name>`. */
const OPTION_NAME = /--[a-z][a-z-]*/;

const QUOTED_FLAG = /unknown option '([^'=]*)/;

/** A word that can be repeated: it looks like the name of a subcommand, not like a secret. */
const COMMAND_NAME = /^[a-z][a-z-]{0,19}$/i;

/** A flag that can be repeated: it looks like the name of an option, not like a value. */
const FLAG_NAME = /^--[a-z][a-z-]{0,28}$/i;

/** Words that work after the command in Slack only. */
const IN_SLACK: Readonly<Record<string, string>> = {
  status: '"status" works in Slack only. Here, run wa-token doctor, or wa-token check --watch NAME.',
};

/** What people mean with a further argument. */
const EXTRA: Readonly<Record<string, string>> = {
  check: "Use --watch NAME for a watch, and --stdin or --source for a token.",
};

function seeHelp(command: Command): string {
  return `Run wa-token ${command.name()} --help to see what it takes.`;
}

/** The subcommand of these arguments, or the default one. */
function subcommandOf(program: Command, argv: readonly string[]): Command {
  const named = program.commands.find((command) => command.name() === argv[0]);
  return named ?? program.commands.find((command) => command.name() === DEFAULT) ?? program;
}

const DEFAULT = "run";

function unknownOption(flag: string, command: Command, program: Command): string {
  const what = FLAG_NAME.test(flag) ? `There is no option ${flag}` : "There is no such option";
  const own = [...flagsOf(command), ...flagsOf(program), "--help"];
  const elsewhere = program.commands.flatMap((other) =>
    flagsOf(other).map((name) => ({ name, call: `wa-token ${other.name()} ${name}` })),
  );
  const isOther = elsewhere.some(({ name }) => name === flag);
  const likely = isOther
    ? ` Did you mean ${elsewhere
        .filter(({ name }) => name === flag)
        .map(({ call }) => call)
        .join(" or ")}?`
    : didYouMean(flag, own);
  return `${what} for ${command.name()}.${likely === "" ? ` ${seeHelp(command)}` : likely}`;
}

function flagsOf(command: Command): readonly string[] {
  return command.options.flatMap(({ long }) => (long === undefined ? [] : [long]));
}
