import { jsonFilter } from "./json-filter.ts";
import { reveal, type Secret } from "./secret.ts";
import { redact } from "./shape.ts";
import { SHAPE_RULES, type ShapeKind } from "./shape-rules.ts";
import type { Source } from "./source.ts";

/** Where a value was read, as far as people need it to correct the value there. */
export type Place = Exclude<Source, { readonly kind: "exec" }> | { readonly kind: "exec" };

/** Why a value cannot be a token. Nothing in it repeats the value. */
export interface ShapeProblem {
  readonly shape: ShapeKind;
  /** Null when a person gave the value. */
  readonly place: Place | null;
  /** The number of characters of a value that is too short. */
  readonly length?: number | undefined;
  /** jq's filter for the token in JSON; absent when none was found, or when it must not be shown. */
  readonly filter?: string | undefined;
}

/** Undefined when the value may be a token. `source` is where it was read; undefined when a person gave it. */
export const shapeProblem = (secret: Secret, source?: Source): ShapeProblem | undefined => {
  const value = reveal(secret);
  const rule = SHAPE_RULES.find(({ matches }) => matches(value));
  if (rule === undefined) return undefined;
  const filter = rule.kind === "json" ? jsonFilter(value) : undefined;
  return {
    shape: rule.kind,
    place: source === undefined ? null : placeOf(source),
    ...(rule.kind === "short" ? { length: value.length } : {}),
    ...(filter === undefined ? {} : { filter }),
  };
};

/** Somebody may have put a token where a path or a name belongs. */
const placeOf = (source: Source): Place => {
  switch (source.kind) {
    case "env":
      return { kind: "env", name: redact(source.name) };
    case "file":
      return { kind: "file", path: redact(source.path) };
    case "dotenv":
      return { kind: "dotenv", path: redact(source.path), name: redact(source.name) };
    case "exec":
      return { kind: "exec" };
  }
};
