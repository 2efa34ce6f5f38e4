import { containsTokenShape } from "../token/shape.ts";
import { VARIABLE_TABLE } from "./variables.ts";

/** Something wrong with the configuration: which variable (or line of the watchlist), what is wrong, what to do. */
export interface Problem {
  readonly name: string;
  readonly message: string;
}

/** The variable that a problem is about; `X_FILE` is one of giving X. */
export const variableOf = ({ name }: Problem): string => name.replace(/_FILE$/, "");

/** Problems in the order of the table of variables, those of one variable in the order they were found. */
export const inTableOrder = (problems: readonly Problem[]): readonly Problem[] => {
  const names: readonly string[] = VARIABLE_TABLE.map(({ name }) => name);
  const rank = (problem: Problem): number => {
    const index = names.indexOf(variableOf(problem));
    return index < 0 ? names.length : index;
  };
  return problems.toSorted((a, b) => rank(a) - rank(b));
};

/** App secrets and signing secrets have 32 characters; nothing that long is repeated. */
const LONGEST_SHOWN = 24;

/** A value as a message may repeat it: quoted when it is short and plain, otherwise only its length. */
export const shown = (value: string): string =>
  value.length <= LONGEST_SHOWN && !containsTokenShape(value) && /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(value)
    ? `"${value}"`
    : `a value of ${value.length} characters`;

/** A path as a message may repeat it; what does not look like one may be a secret in the wrong place. */
export const shownPath = (path: string): string =>
  /[/\\.]/.test(path) && !/\p{Cc}/u.test(path) && !containsTokenShape(path) ? path : shown(path);

/** The sentence for a token where none belongs; the value is not repeated. */
export const misplacedToken = (name: string): Problem => ({
  name,
  message:
    `${name} holds something that looks like a token, which does not belong there. Take it out; if others could read ` +
    "it, treat it as leaked and generate a new one.",
});
