import type { AlertAnswer, AlertDeps, GroupAnswer } from "../slack/deps.ts";
import type { Alert } from "../watch/alert.ts";
import type { Escalation } from "../watch/escalate.ts";
import type { AlertChange, WatchStore } from "../watch/ports.ts";
import { acknowledge, snooze, unacknowledge, unsnooze } from "../watch/respond.ts";

export interface AlertParts {
  readonly store: Pick<WatchStore, "changeAlert" | "changeGroup">;
  readonly escalation: Escalation;
  /** Told of every press, whatever came of it: Slack's messages and Homes may have to be brought up to date. */
  readonly onAnswer: () => void;
  readonly now: () => Date;
}

type ChangeAlert = (alert: Alert) => AlertChange | undefined;

const nothing: ChangeAlert = () => undefined;

/** What people can do to an alert from Slack: the rules of watch/ on the alert as the store has it now. */
export const alertDeps = ({ store, escalation, onAnswer, now }: AlertParts): AlertDeps => {
  const change = async (id: string, by: ChangeAlert): Promise<AlertAnswer> => {
    let changed = false;
    const alert = await store.changeAlert(id, (found) => {
      const after = by(found);
      changed = after !== undefined;
      return after;
    });
    onAnswer();
    if (alert === undefined) return { kind: "gone" };
    return { kind: changed ? "done" : "unchanged", alert };
  };
  const changeGroup = async (id: string, by: ChangeAlert): Promise<GroupAnswer> => {
    const done = await store.changeGroup(id, by);
    onAnswer();
    if (done === undefined) return { kind: "gone" };
    return done.changed.length > 0 ? { kind: "done", ...done } : { kind: "unchanged", ...done };
  };
  return {
    find: async (id) => {
      const alert = await store.changeAlert(id, nothing);
      return alert === undefined ? { kind: "gone" } : { kind: "unchanged", alert };
    },
    acknowledge: (id, by) => change(id, (alert) => acknowledge(alert, by, now(), escalation)),
    unacknowledge: (id, by) => change(id, (alert) => unacknowledge(alert, by, now())),
    snooze: (id, asked) => change(id, (alert) => snooze(alert, asked, now(), escalation)),
    unsnooze: (id, by) => change(id, (alert) => unsnooze(alert, by, now())),
    findGroup: async (id) => {
      const found = await store.changeGroup(id, nothing);
      return found === undefined ? { kind: "gone" } : { kind: "unchanged", group: found.group, open: found.open };
    },
    acknowledgeGroup: (id, by) => changeGroup(id, (alert) => acknowledge(alert, by, now(), escalation)),
    snoozeGroup: (id, asked) => changeGroup(id, (alert) => snooze(alert, asked, now(), escalation)),
    deliver: async () => onAnswer(),
  };
};
