import type { Verdict } from "../token/verdict.ts";
import type { Alert, Reason, Reply } from "./alert.ts";
import { commit } from "./change-alert.ts";
import type { AlertChange } from "./alert-change.ts";
import { recordOutsideRound } from "./record.ts";

/** An action of a person on the alerts of a target. */
export type Action =
  | { readonly kind: "acknowledge" }
  /** `given`: only acknowledgements from this instant, that is, from one press. Absent: any. */
  | { readonly kind: "unacknowledge"; readonly given?: Date | undefined }
  /** `reason`: the person's own text, as typed. */
  | { readonly kind: "snooze"; readonly until: Date; readonly reason: string }
  /** `begun`: only snoozes that began at this instant. Absent: any. */
  | { readonly kind: "unsnooze"; readonly begun?: Date | undefined }
  /** Verdicts of a check by alert ID; null when the check gave no answer. Alerts without an entry do not change. */
  | { readonly kind: "checked"; readonly found: ReadonlyMap<string, Verdict | null> };

/**
 * The change of an alert by a person's action. Undefined when it changes nothing: the alert ended, another person was
 * faster, or the store already saved this action and only its confirmation was lost.
 * @param by Slack user ID
 */
export function respond(alert: Alert, by: string, deed: Action, now: Date): AlertChange | undefined {
  if (alert.resolvedAt !== null) return undefined;
  const { acknowledged, snoozed } = alert;
  const response = { by, at: now } as const;
  switch (deed.kind) {
    case "acknowledge":
      return acknowledged === null ? recorded(alert, { acknowledged: response }, response, "acknowledged") : undefined;
    case "unacknowledge":
      return acknowledged !== null && isOf(acknowledged.at, deed.given)
        ? recorded(alert, { acknowledged: null, ...restarted(alert, now) }, response, "unacknowledged")
        : undefined;
    case "snooze": {
      const { until, reason } = deed;
      const isSame = snoozed?.by === by && snoozed.reason === reason && snoozed.until.getTime() === until.getTime();
      if (until <= now || isSame) return undefined;
      return recorded(alert, { snoozed: { ...response, until, reason } }, response, "snoozed", {
        remark: reason,
        until,
      });
    }
    case "unsnooze":
      return snoozed !== null && isOf(snoozed.at, deed.begun)
        ? recorded(alert, { snoozed: null, ...restarted(alert, now) }, response, "unsnoozed")
        : undefined;
    case "checked": {
      const found = deed.found.get(alert.id);
      return found === undefined ? undefined : checked(alert, response, found);
    }
  }
}

/** The most characters of a snooze's reason. The form accepts this many, and the alert shows all of them. */
export const LONGEST_REASON = 300;

interface Response {
  readonly by: string;
  readonly at: Date;
}

/** All answers of one button press have the same time, so undo affects only this press. */
function isOf(at: Date, pressed: Date | undefined): boolean {
  return pressed === undefined || at.getTime() === pressed.getTime();
}

/** Changes the message, and records the action in thread and history. Notifies nobody. */
function recorded(
  alert: Alert,
  fields: Partial<Alert>,
  { by, at }: Response,
  reason: Reason,
  said: { readonly remark?: string; readonly until?: Date } = {},
): AlertChange {
  const changed = commit(alert, { ...alert, ...fields });
  const history = [
    recordOutsideRound(changed, { reason, by, remark: said.remark ?? null, until: said.until ?? null }, at),
  ];
  return { alert: changed, at, replies: [replyOf(changed.verdict, { by, at }, reason)], history, messages: [] };
}

function replyOf(verdict: Verdict | null, { by, at }: Response, reason: Reason): Reply {
  return { reason, at, notice: false, verdict, by };
}

/** The alert has no response again: reminders and escalation count from now. */
function restarted(alert: Alert, now: Date): Partial<Alert> {
  return { spokeAt: now, criticalSince: alert.severity === "critical" ? now : null };
}

/**
 * Shows in thread, message and history that a person pressed Check now and the alert is still open. Notifies nobody.
 */
function checked(alert: Alert, response: Response, found: Verdict | null): AlertChange | undefined {
  const { by, at } = response;
  if (alert.checked?.by === by && alert.checked.at.getTime() === at.getTime()) return undefined;
  const changed = commit(alert, { ...alert, checked: response });
  const state = found?.state ?? "unknown";
  const history = [{ ...recordOutsideRound(changed, { reason: "checked", by }, at), from: state, to: state }];
  return { alert: changed, at, replies: [replyOf(found, response, "checked")], history, messages: [] };
}
