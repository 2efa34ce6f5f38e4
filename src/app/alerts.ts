import type { AlertAnswer, AlertDeps } from "../slack/deps.ts";
import type { Alert } from "../watch/alert.ts";
import type { WatchStore } from "../watch/ports.ts";
import { acknowledge, snooze, unacknowledge, unsnooze } from "../watch/respond.ts";

export interface AlertParts {
  readonly store: Pick<WatchStore, "changeAlert">;
  readonly deliver: () => Promise<unknown>;
  readonly now: () => Date;
}

/** What people can do to an alert from Slack: the rules of watch/ on the alert as the store has it now. */
export const alertDeps = ({ store, deliver, now }: AlertParts): AlertDeps => {
  const change = async (id: string, by: (alert: Alert) => Alert | undefined): Promise<AlertAnswer> => {
    let changed = false;
    const alert = await store.changeAlert(id, (found) => {
      const after = by(found);
      changed = after !== undefined;
      return after;
    });
    if (alert === undefined) return { kind: "gone" };
    return { kind: changed ? "done" : "unchanged", alert };
  };
  return {
    find: async (id) => {
      const alert = await store.changeAlert(id, () => undefined);
      return alert === undefined ? { kind: "gone" } : { kind: "unchanged", alert };
    },
    acknowledge: (id, by) => change(id, (alert) => acknowledge(alert, by, now())),
    unacknowledge: (id, by) => change(id, (alert) => unacknowledge(alert, by, now())),
    snooze: (id, asked) => change(id, (alert) => snooze(alert, asked, now())),
    unsnooze: (id, by) => change(id, (alert) => unsnooze(alert, by, now())),
    deliver: async () => {
      await deliver();
    },
  };
};
