import { containsTokenShape } from "../token/secret/shape.ts";
import { VARIABLE_TABLE } from "./variables.ts";

/** A configuration problem. The message names the variable or the watchlist entry, the mistake and the next step. */
export interface Problem {
  readonly name: string;
  readonly message: string;
}

/** Problems with `X_FILE` are reported under X. */
export function variableOf({ name }: Problem): string {
  return name.replace(/_FILE$/, "");
}

/** Sorts problems in the order of the variable table. Problems of one variable keep their order. */
export function inTableOrder(problems: readonly Problem[]): readonly Problem[] {
  const names: readonly string[] = VARIABLE_TABLE.map(({ name }) => name);
  const rank = (problem: Problem): number => {
    const index = names.indexOf(variableOf(problem));
    return index < 0 ? names.length : index;
  };
  return problems.toSorted((a, b) => rank(a) - rank(b));
}

/** Shows a value in a message: quoted when it is short and plain, otherwise only its length. */
export function shown(value: string): string {
  return value.length <= LONGEST_SHOWN && !containsTokenShape(value) && /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(value)
    ? `"${value}"`
    : `a value of ${value.length} characters`;
}

/** Shows a path in a message. A text that does not look like a path may be a secret in the wrong place. */
export function shownPath(path: string): string {
  return /[/\\.]/.test(path) && !/\p{Cc}/u.test(path) && !containsTokenShape(path) ? path : shown(path);
}

/**
 * The problem of a token in a place that must not contain one.
 * @param key the variable, or the key in the watchlist
 */
export function misplacedToken(name: string, key = name): Problem {
  return {
    name,
    message:
      `${name} contains something that looks like a token, but must not contain one. ` +
      (SOURCES.includes(key) ? "Replace it with a source, for example file:/path or env:NAME. " : "Remove it. ") +
      "If others could read it, treat the token as leaked and generate a new one.",
  };
}

/** Shorter than app secrets and signing secrets (32 characters), so that no message can repeat one. */
const LONGEST_SHOWN = 24;

/** The variable and the keys that name the place of a token or secret. */
const SOURCES: readonly string[] = ["WHATSAPP_TOKEN_SOURCE", "source", "appSecret"];
