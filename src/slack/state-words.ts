import type { State } from "../token/finding.ts";

/** The one word for each state; header, status and alerts say the same. */
export const STATE_WORDS = {
  healthy: "Healthy",
  expiring: "Expiring",
  degraded: "Degraded",
  expired: "Expired",
  revoked: "Revoked",
  invalid: "Invalid",
  unknown: "Unknown",
} as const satisfies Record<State, string>;

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
export const stateWithSign = (state: State): string => `${STATE_WORDS[state]} ${STATE_SIGNS[state]}`;
