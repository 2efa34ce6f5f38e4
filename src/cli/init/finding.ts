import type { VariableName } from "../../config/variables.ts";
import { readOneVariable } from "../../config/one-variable.ts";

/** The result of asking a service about a value: what the value belongs to, or why it is wrong. */
export type Found<T = unknown> =
  | {
      readonly ok: true;
      /** For example "Workspace Acme". */
      readonly found: string;
      /** Something to know although the value is right. */
      readonly note?: string | undefined;
      readonly about: T;
    }
  | Wrong;

export interface Wrong {
  readonly ok: false;
  /** A sentence about the mistake and the next step. */
  readonly problem: string;
  /** True when a person can decide to use the value, because it may be right, or become right later. */
  readonly keepable: boolean;
  /** True when a service confirmed the problem, although the value can be kept. */
  readonly isConfirmed: boolean;
}

export function wrong(problem: string, keepable = false, isConfirmed = false): Wrong {
  return { ok: false, problem, keepable, isConfirmed };
}

/** Checks a value by the rules for its variable. Asks a service only about a value of the right form. */
export async function checkText<T>(
  name: VariableName,
  text: string,
  ask: (value: string) => Found<T> | Promise<Found<T>>,
): Promise<Found<T>> {
  const reading = readOneVariable(name, text);
  return "problem" in reading ? wrong(reading.problem) : ask(reading.value);
}
