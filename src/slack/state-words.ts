import type { State } from "../token/finding.ts";
import { words } from "../words/words.ts";

/** Stands beside the word, never instead of it. */
const STATE_SIGNS: Record<State, string> = {
  healthy: "✅",
  expiring: "⏳",
  degraded: "⚠️",
  expired: "⛔",
  revoked: "⛔",
  invalid: "⛔",
  unknown: "❔",
};

/** How a state is headed. */
export interface StateWord {
  readonly sign: string;
  readonly word: string;
}

export const stateWord = (state: State): StateWord => ({ sign: STATE_SIGNS[state], word: words.states[state] });

/** For a token that is alive, where not everything could be checked. */
export const openWord = (word: string): StateWord => ({ sign: STATE_SIGNS.unknown, word });

/** "⏳ Expiring". */
export const signed = ({ sign, word }: StateWord): string => `${sign} ${word}`;
