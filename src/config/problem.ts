import { containsTokenShape } from "../token/shape.ts";

/** Something wrong with the configuration: which variable (or line of the watchlist), what is wrong, what to do. */
export interface Problem {
  readonly name: string;
  readonly message: string;
}

/** App secrets and signing secrets have 32 characters; nothing that long is repeated. */
const LONGEST_SHOWN = 24;

/** A value as a message may repeat it: quoted when it is short and plain, otherwise only its length. */
export const shown = (value: string): string =>
  value.length <= LONGEST_SHOWN && !containsTokenShape(value) && /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(value)
    ? `"${value}"`
    : `a value of ${value.length} characters`;

/** A path as a message may repeat it; what does not look like one may be a secret in the wrong place. */
export const shownPath = (path: string): string =>
  /[/\\.]/.test(path) && !containsTokenShape(path) ? path : shown(path);

/** The sentence for a token where none belongs; the value is not repeated. */
export const misplacedToken = (name: string): Problem => ({
  name,
  message:
    `${name} holds something that looks like a token, which does not belong there. Take it out; if others could read ` +
    "it, treat it as leaked and generate a new one.",
});
