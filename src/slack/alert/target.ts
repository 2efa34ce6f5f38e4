import type { Target } from "../../watch/ports.ts";

/** What a button is about, and for taking back what one press did to many: the instant of that press. */
export interface ButtonTarget {
  readonly target: Target;
  readonly at: Date | undefined;
}

const MESSAGE = "message:";

/** An instant only as `targetValue` writes it: a `Date` is made of almost any text that has a digit in it. */
const VALUE = /^(\S+)(?: (\d{4}-\d\d-\d\dT[\d:.]+Z))?$/;

/** As the value of a button or the metadata of a form: an alert's id, or "message:" and a message's id. */
export function targetValue({ kind, id }: Target, at?: Date): string {
  return `${kind === "message" ? MESSAGE : ""}${id}${at === undefined ? "" : ` ${at.toISOString()}`}`;
}

/**
 * What cannot be read is taken for an alert's id, which nobody knows: without its instant a button that takes back one
 * press would take back all.
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
