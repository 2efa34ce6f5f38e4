import { describeSpan } from "../../token/duration.ts";
import type { Alert } from "../../watch/alert.ts";

/** " for 1 hour": how long nobody had answered at an instant; empty where the alert does not tell any more. */
export const waitedText = ({ criticalSince, snoozed }: Alert, at: Date): string => {
  if (criticalSince === null) return "";
  // Whoever snoozed it had answered; the wait began anew when that ended.
  const since = snoozed !== null && snoozed.until > criticalSince ? snoozed.until : criticalSince;
  return since < at ? ` for ${describeSpan(at.getTime() - since.getTime())}` : "";
};
