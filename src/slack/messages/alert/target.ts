import type { Target } from "../../../watch/ports.ts";

/** The target of a button. To undo one press that changed many alerts, `at` is the time of that press. */
export interface ButtonTarget {
  readonly target: Target;
  readonly at: Date | undefined;
}

/** The value of a button or the metadata of a form: an alert's ID, or "message:" and a message's ID. */
export function targetValue({ kind, id }: Target, at?: Date): string {
  return `${kind === "message" ? MESSAGE : ""}${id}${at === undefined ? "" : ` ${at.toISOString()}`}`;
}

/**
 * Reads a value from `targetValue`. An unreadable value becomes an unknown alert ID. Without its time, an undo button
 * would undo every press.
 */
export function readTarget(value: string): ButtonTarget {
  const [, name = "", time] = VALUE.exec(value) ?? [];
  const at = time === undefined ? undefined : new Date(time);
  if (name === "" || (at !== undefined && Number.isNaN(at.getTime())))
    return { target: { kind: "alert", id: value }, at: undefined };
  const target: Target = name.startsWith(MESSAGE)
    ? { kind: "message", id: name.slice(MESSAGE.length) }
    : { kind: "alert", id: name };
  return { target, at };
}

const MESSAGE = "message:";

/** Accepts a time only as `targetValue` writes it, because `Date` parses almost any text with a digit. */
const VALUE = /^(\S+)(?: (\d{4}-\d\d-\d\dT[\d:.]+Z))?$/;
