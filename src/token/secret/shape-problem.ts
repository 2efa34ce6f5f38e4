import { jsonFilter } from "./json-filter.ts";
import { reveal, type Secret } from "./secret.ts";
import { redact } from "./shape.ts";
import { SHAPE_RULES, type ShapeKind } from "./shape-rules.ts";
import type { Source } from "./source.ts";

/**
 * Where a value was read, with the details that people need to correct it there. A command line may contain a secret,
 * so it is left out.
 */
export type Place = Exclude<Source, { readonly kind: "exec" }> | { readonly kind: "exec" };

/** Why a value cannot be a token. It contains no part of the value. */
export interface ShapeProblem {
  readonly shape: ShapeKind;
  /** Null when a person entered the value. */
  readonly place: Place | null;
  /** The number of characters, when the value is too short. */
  readonly length?: number | undefined;
  /** The jq filter for the token in JSON. Absent when there is none, or when it must not be shown. */
  readonly filter?: string | undefined;
}

/** Undefined when the value may be a token. `source` is where it was read. Undefined: a person entered it. */
export function shapeProblem(secret: Secret, source?: Source): ShapeProblem | undefined {
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
}

/** Redacts the source, because a person may have put a token in place of a path or name. */
function placeOf(source: Source): Place {
  switch (source.kind) {
    case "env":
      return { kind: "env", name: redact(source.name) };
    case "file":
      return { kind: "file", path: redact(source.path) };
    case "dotenv":
      return { kind: "dotenv", path: redact(source.path), name: redact(source.name) };
    case "exec":
      return { kind: "exec" };
    case "fleet":
      return { kind: "fleet", path: redact(source.path), watch: source.watch };
  }
}
