import { confirm, input, password, select } from "@inquirer/prompts";
import type { Terminal } from "../io.ts";

/** Asks a person on a terminal. Every question rejects with `Stopped` after Ctrl-C or Ctrl-D. */
export interface Questions {
  /** A text that the terminal shows. Enter alone gives `suggested`, or an empty text. */
  readonly text: (message: string, suggested?: string) => Promise<string>;
  /** A text that the terminal does not show, not even its length. */
  readonly hidden: (message: string) => Promise<string>;
  readonly choose: <T>(message: string, choices: readonly Choice<T>[]) => Promise<T>;
  readonly confirm: (message: string, suggested: boolean) => Promise<boolean>;
  /** Resolves when the person presses Enter. An aborted signal ends the question without an error. */
  readonly enter: (message: string, signal: AbortSignal) => Promise<void>;
}

interface Choice<T> {
  readonly name: string;
  readonly value: T;
}

/** The person stopped the dialogue. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** @param stopping aborted when the process is asked to stop */
export function createQuestions(terminal: Terminal, stopping: AbortSignal): Questions {
  const ask = <T>(question: (context: Context) => Promise<T>, more?: AbortSignal): Promise<T> =>
    asked(terminal, question, more === undefined ? stopping : AbortSignal.any([stopping, more]));
  return {
    text: (message, suggested) =>
      ask((context) =>
        input({ message, theme: THEME, ...(suggested === undefined ? {} : { default: suggested }) }, context),
      ),
    hidden: (message) => ask((context) => password({ message, toggleMask: false, theme: THEME }, context)),
    choose: (message, choices) => ask((context) => select({ message, choices, loop: false, theme: THEME }, context)),
    confirm: (message, suggested) => ask((context) => confirm({ message, default: suggested, theme: THEME }, context)),
    enter: async (message, signal) => {
      try {
        await ask((context) => password({ message, toggleMask: false, theme: UNMASKED }, context), signal);
      } catch (error) {
        if (!signal.aborted || stopping.aborted) throw error;
      }
    },
  };
}

interface Context extends Terminal {
  readonly signal: AbortSignal;
}

/** By default, a green tick stands before each answer, also before a value that a service then refuses. */
const THEME = { prefix: { idle: "?", done: "?" } };

/** Nothing is typed except Enter, so the remark "[input is masked]" would only confuse. */
const UNMASKED = { ...THEME, style: { maskedText: "" } };

/**
 * Asks a question. Ctrl-C, a signal and the end of the input stop the dialogue. The library does not notice the end of
 * the input (@inquirer/core 12, create-prompt; tried 2026-11).
 */
async function asked<T>(
  { input: from, output }: Terminal,
  question: (context: Context) => Promise<T>,
  stopping: AbortSignal,
): Promise<T> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  const onKey = (_text: unknown, key: { readonly ctrl?: boolean; readonly name?: string } | undefined): void => {
    if (key?.ctrl === true && key.name === "d") end();
  };
  from.once("end", end);
  from.on("keypress", onKey);
  try {
    return await question({ input: from, output, signal: AbortSignal.any([stopping, ended.signal]) });
  } catch (error) {
    if (error instanceof Error && ENDS.has(error.name)) throw new Stopped("The dialogue was stopped", { cause: error });
    throw error;
  } finally {
    from.off("end", end);
    from.off("keypress", onKey);
  }
}

/** The errors of the library for Ctrl-C and for an aborted signal. */
const ENDS: ReadonlySet<string> = new Set(["ExitPromptError", "AbortPromptError"]);
