import type { Alert, Reason, Reply } from "../../alert/alert.ts";

/** The reasons of the messages that a check produces for an alert: its opening, and each later message. */
export function reasonsOf(alert: Alert, replies: readonly Reply[], at: Date): readonly Reason[] {
  const opened = alert.openedAt.getTime() === at.getTime() && alert.resolvedAt === null;
  const first: Reason = alert.kind === "problem" ? "first" : "not_checked";
  return [...(opened ? [first] : []), ...replies.map(({ reason }) => reason)];
}
