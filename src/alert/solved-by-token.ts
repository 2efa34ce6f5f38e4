import { newTokenHelps } from "../token/findings/new-token-helps.ts";
import { isAboutIds, isUnanswered } from "../token/known.ts";
import type { Alert } from "./alert.ts";

/** True when a new token ends the alert. */
export function isSolvedByToken(alert: Alert): boolean {
  return alert.verdict !== null && !isUnanswered(alert) && !isAboutIds(alert) && newTokenHelps(alert.verdict);
}
