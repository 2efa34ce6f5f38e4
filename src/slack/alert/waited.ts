import { describeSpan } from "../../token/duration.ts";
import type { Alert } from "../../watch/alert.ts";

/** " for 1 hour": how long an alert had waited for an answer at an instant; empty when the alert no longer says so. */
export const waitedText = ({ criticalSince, acceptedAt, snoozed }: Alert, at: Date): string => {
  if (criticalSince === null || acceptedAt === null) return "";
  // The wait begins where the rule that escalates begins it (watch/escalate.ts); a test holds the two together.
  const since = Math.max(...[criticalSince, acceptedAt, snoozed?.until ?? criticalSince].map(Number));
  return since < at.getTime() ? ` for ${describeSpan(at.getTime() - since)}` : "";
};
