import type { AlertDeps } from "../slack/deps.ts";
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
      const done = new Set<string>();
      const found = await store.changeAlerts(target, (alert) => {
        const change = respond(alert, by, deed, at);
        // The store asks again when the answer to its commit got lost; then the alert has the change already.
        if (change !== undefined) done.add(alert.id);
        return change;
      });
      onAnswer();
      return found && { ...found, changed: found.alerts.filter(({ id }) => done.has(id)) };
    },
    deliver: async () => onAnswer(),
  };
}
