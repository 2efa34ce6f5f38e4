import type { AlertDeps } from "../slack/requests/deps.ts";
import type { Alert } from "../alert/alert.ts";
import type { WatchStore } from "../watch/ports.ts";
import { respond } from "../alert/respond.ts";

export interface AlertParts {
  readonly store: Pick<WatchStore, "findAlerts" | "changeAlerts">;
  /** Called after every press, so that Slack messages and Homes are updated. */
  readonly onResponse: () => void;
  readonly now: () => Date;
}

/** People's actions on alerts in Slack. They apply the rules of alert/ to the stored alerts. */
export function alertDeps({ store, onResponse, now }: AlertParts): AlertDeps {
  return {
    find: (target) => store.findAlerts(target),
    respond: async (target, by, deed) => {
      // One time for all alerts, so that undo finds them again.
      const at = now();
      const tried = new Map<string, Alert>();
      const found = await store.changeAlerts(target, (alert) => {
        const change = respond(alert, by, deed, at);
        if (change !== undefined) tried.set(alert.id, change.alert);
        return change;
      });
      onResponse();
      return found && { ...found, changed: found.alerts.filter((alert) => isDone(alert, tried.get(alert.id))) };
    },
  };
}

/**
 * True when the stored alert contains this person's response. The store calls again after a rolled-back try, and also
 * after a saved try whose commit answer was lost. Only the alert shows which one happened.
 */
function isDone(stored: Alert, tried: Alert | undefined): boolean {
  return tried !== undefined && responsesOf(stored) === responsesOf(tried);
}

/** The fields that people's responses change. Each response has its own time. */
function responsesOf({ acknowledged, snoozed, checked, spokeAt }: Alert): string {
  return JSON.stringify([acknowledged, snoozed, checked, spokeAt]);
}
