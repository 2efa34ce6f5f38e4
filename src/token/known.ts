import { newTokenHelps } from "./findings/new-token-helps.ts";
import type { InspectionFailure } from "./inspection.ts";
import type { Verdict } from "./verdict.ts";

export const ALERT_KINDS = ["problem", "not_checked"] as const;

/** The information that an open alert has: the last answer, and why there is no newer one. */
export interface Known {
  readonly kind: (typeof ALERT_KINDS)[number];
  readonly verdict: Verdict | null;
  readonly failing: { readonly failure: InspectionFailure } | null;
}

/** True when Meta blocked or deleted the app. Nothing else is known then, and no new token helps. */
export function isBlocked(failing: Known["failing"]): boolean {
  return failing?.failure.kind === "app_blocked";
}

/** True when the alert can only say that the checks give no answer, whatever the last answer was. */
export function isUnanswered({ kind, verdict, failing }: Known): boolean {
  return (kind === "not_checked" && failing !== null) || verdict === null || isBlocked(failing);
}

/** True when the alert is about a live token whose IDs were not read. */
export function isAboutIds({ kind, verdict, failing }: Known): boolean {
  return kind === "not_checked" && failing === null && verdict !== null;
}

/** True when a new token ends the alert. */
export function isSolvedByToken(known: Known): boolean {
  return known.verdict !== null && !isUnanswered(known) && !isAboutIds(known) && newTokenHelps(known.verdict);
}
