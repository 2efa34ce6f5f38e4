import { reveal, type Secret } from "./secret.ts";
import { shapeRemedy } from "./shape-remedy.ts";
import { SHAPE_RULES } from "./shape-rules.ts";
import type { Source } from "./source.ts";

/** Why a value cannot be a token. Neither sentence ever repeats it. */
export interface ShapeProblem {
  /** "It looks like JSON." */
  readonly looks: string;
  /** How to get the bare token out of it, at the place where the value stands. */
  readonly remedy: string;
}

/** Undefined when the value may be a token. `source` is where it was read; undefined when a person gave it. */
export const shapeProblem = (secret: Secret, source?: Source): ShapeProblem | undefined => {
  const value = reveal(secret);
  const rule = SHAPE_RULES.find(({ matches }) => matches(value));
  return rule === undefined
    ? undefined
    : { looks: `${rule.looks(value)}.`, remedy: shapeRemedy(rule.kind, value, source) };
};
