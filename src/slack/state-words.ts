import type { State } from "../token/finding.ts";
import { words } from "../words/words.ts";

/** Stands behind the word, never instead of it. */
const STATE_SIGNS: Record<State, string> = {
  healthy: "✅",
  expiring: "⏳",
  degraded: "⚠️",
  expired: "⛔",
  revoked: "⛔",
  invalid: "⛔",
  unknown: "❔",
};

/** "Expiring ⏳". */
export const stateWithSign = (state: State): string => `${words.states[state]} ${STATE_SIGNS[state]}`;
