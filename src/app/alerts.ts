import type { AlertDeps } from "../slack/deps.ts";
import type { Alert } from "../watch/alert.ts";
import type { WatchStore } from "../watch/ports.ts";
import { respond } from "../watch/respond.ts";

export interface AlertParts {
  readonly store: Pick<WatchStore, "findAlerts" | "changeAlerts">;
  /** Told of every press, whatever came of it: Slack's messages and Homes may have to be brought up to date. */
  readonly onAnswer: () => void;
  readonly now: () => Date;
}

/** What people can do about alerts from Slack: the rules of watch/ on the alerts as the store has them now. */
export function alertDeps({ store, onAnswer, now }: AlertParts): AlertDeps {
  return {
    find: (target) => store.findAlerts(target),
    answer: async (target, by, deed) => {
      // All at one instant, by which the deed can be undone.
      const at = now();
      const tried = new Map<string, Alert>();
      const found = await store.changeAlerts(target, (alert) => {
        const change = respond(alert, by, deed, at);
        if (change !== undefined) tried.set(alert.id, change.alert);
        return change;
      });
      onAnswer();
      return found && { ...found, changed: found.alerts.filter((alert) => isDone(alert, tried.get(alert.id))) };
    },
  };
}

/**
 * True when the stored alert has this person's answer. The store asks again after a try that it rolled back, and after one
 * that it saved although the answer to the commit got lost: only the alert tells the two apart.
 */
function isDone(stored: Alert, tried: Alert | undefined): boolean {
  return tried !== undefined && answersOf(stored) === answersOf(tried);
}

/** What people's answers change of an alert; each answer has its own instant. */
function answersOf({ acknowledged, snoozed, checked, spokeAt }: Alert): string {
  return JSON.stringify([acknowledged, snoozed, checked, spokeAt]);
}
