import type { State } from "../../token/findings/finding.ts";

/** The one word for each state of a token. Headings, lists and alerts use the same word. */
export const states: Readonly<Record<State, string>> = {
  healthy: "Healthy",
  expiring: "Expiring",
  degraded: "Degraded",
  expired: "Expired",
  revoked: "Revoked",
  invalid: "Invalid",
  unknown: "Unknown",
};

/** Replaces "Healthy" when a configured ID was not read. */
export const notFullyChecked = "Alive, not fully checked";
