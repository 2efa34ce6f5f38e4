import type { State } from "../../token/findings/finding.ts";
import { words } from "../../words/words.ts";

/** The heading of a state. */
export interface StateWord {
  readonly sign: string;
  readonly word: string;
}

export function stateWord(state: State): StateWord {
  return { sign: STATE_SIGNS[state], word: words.states[state] };
}

/** For a token that is alive but was not fully checked. */
export function openWord(word: string): StateWord {
  return { sign: STATE_SIGNS.unknown, word };
}

/** "⏳ Expiring" */
export function signed({ sign, word }: StateWord): string {
  return `${sign} ${word}`;
}

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
