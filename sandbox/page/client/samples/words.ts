import type { Sample } from "../../protocol/sample-requests.ts";

/** The text of each sample's button. */
export const SAMPLE_WORDS: Readonly<Record<Sample, string>> = {
  healthy: "Healthy, never expires",
  expiring: "Expires in 5 days",
  expired: "Expired",
  revoked: "Revoked",
  missing_permission: "Permission missing",
  other_app: "From another app",
  temporary: "Temporary user token",
  unassigned: "Account not assigned",
  malformed: "Malformed",
  in_quotes: "In quotes",
};
