import type { State } from "../../token/finding.ts";

/** The one word for each state of a token; headings, lists and alerts say the same. */
export const states: Readonly<Record<State, string>> = {
  healthy: "Healthy",
  expiring: "Expiring",
  degraded: "Degraded",
  expired: "Expired",
  revoked: "Revoked",
  invalid: "Invalid",
  unknown: "Unknown",
};

/** In place of "Healthy" where a configured ID was not read. */
export const notFullyChecked = "Alive, not fully checked";
