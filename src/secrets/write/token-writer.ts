import type { TokenWriter, WriteTarget, Written } from "../../renewal/ports.ts";
import { redact } from "../../token/secret/shape.ts";
import { type CommandsOptions, createCommands } from "../commands.ts";
import { type Machine, thisMachine } from "./disk.ts";
import { createFileWriter } from "./file-writer.ts";
import { labelOf } from "./file-target.ts";
import { withoutTrouble } from "./write-trouble.ts";

export interface TokenWriterOptions extends CommandsOptions {
  readonly machine?: Machine;
}

/** Saves tokens in the place that the operator named. Messages name the place and never show its content. */
export function createTokenWriter({ machine = thisMachine(), ...options }: TokenWriterOptions): TokenWriter {
  const commands = createCommands(options);
  const files = createFileWriter(machine);
  const save = async (target: CommandTarget, secret: Parameters<TokenWriter["save"]>[1]): Promise<Written> => {
    const reading = await commands.run(target.argv, COMMAND_MS, secret);
    return reading.ok ? { ok: true } : failed(target, reading.problem);
  };
  return {
    check: async (target) => {
      if (target.kind !== "exec") return files.check(target);
      const problem = await commands.problemOf(target.argv);
      return problem === undefined ? { ok: true, secret: null } : { ok: false, message: sentence(target, problem) };
    },
    save: (target, secret, expected) =>
      target.kind === "exec"
        ? withoutTrouble(
            () => save(target, secret),
            (problem) => failed(target, problem),
          )
        : files.save(target, secret, expected),
    previous: async (target) => (target.kind === "exec" ? { ok: true, secret: null } : files.previous(target)),
    putBack: async (target, ours) =>
      target.kind === "exec" ? failed(target, NO_PREVIOUS) : files.putBack(target, ours),
    clean: async (target) => (target.kind === "exec" ? undefined : files.clean(target)),
    dropPrevious: async (target) => (target.kind === "exec" ? undefined : files.dropPrevious(target)),
  };
}

type CommandTarget = Extract<WriteTarget, { kind: "exec" }>;

/** Programs of secret stores may ask their server several times. */
const COMMAND_MS = 30_000;

const NO_PREVIOUS =
  "the bot does not keep the old value for a command. Save the old token in the secret store yourself.";

function failed(target: CommandTarget, problem: string): Written {
  return { ok: false, kind: "failed", message: sentence(target, problem) };
}

function sentence(target: CommandTarget, problem: string): string {
  return redact(`Cannot save with ${labelOf(target)}: ${problem}`);
}
