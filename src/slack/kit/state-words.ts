import type { State } from "../../token/findings/finding.ts";
import { words } from "../../words/words.ts";

/** The sign accompanies the word and never replaces it. */
const STATE_SIGNS: Record<State, string> = {
  healthy: "✅",
  expiring: "⏳",
  degraded: "⚠️",
  expired: "⛔",
  revoked: "⛔",
  invalid: "⛔",
  unknown: "❔",
};

/** The heading of a state. */
export interface StateWord {
  readonly sign: string;
  readonly word: string;
}

export const stateWord = (state: State): StateWord => ({ sign: STATE_SIGNS[state], word: words.states[state] });

/** For a token that is alive but was not fully checked. */
export const openWord = (word: string): StateWord => ({ sign: STATE_SIGNS.unknown, word });

/** "⏳ Expiring" */
export const signed = ({ sign, word }: StateWord): string => `${sign} ${word}`;
