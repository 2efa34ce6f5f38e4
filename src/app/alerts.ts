import type { AlertAnswer, AlertDeps, GroupAnswer, ManyAnswer } from "../slack/deps.ts";
import type { Alert } from "../watch/alert.ts";
import type { Escalation } from "../watch/escalate.ts";
import type { AlertChange, WatchStore } from "../watch/ports.ts";
import { acknowledge, checked, snooze, unacknowledge, unsnooze } from "../watch/respond.ts";

export interface AlertParts {
  readonly store: Pick<WatchStore, "changeAlert" | "changeGroup">;
  readonly escalation: Escalation;
  /** Told of every press, whatever came of it: Slack's messages and Homes may have to be brought up to date. */
  readonly onAnswer: () => void;
  readonly now: () => Date;
}

type ChangeAlert = (alert: Alert) => AlertChange | undefined;

const nothing: ChangeAlert = () => undefined;

const isAt = (deed: { readonly at: Date } | null, at: Date): boolean => deed?.at.getTime() === at.getTime();

/** What people can do to an alert from Slack: the rules of watch/ on the alert as the store has it now. */
export const alertDeps = ({ store, escalation, onAnswer, now }: AlertParts): AlertDeps => {
  const changeOne = async (id: string, by: ChangeAlert): Promise<AlertAnswer> => {
    let changed = false;
    const alert = await store.changeAlert(id, (found) => {
      const after = by(found);
      changed = after !== undefined;
      return after;
    });
    if (alert === undefined) return { kind: "gone" };
    return { kind: changed ? "done" : "unchanged", alert };
  };
  const change = async (id: string, by: ChangeAlert): Promise<AlertAnswer> => {
    const answer = await changeOne(id, by);
    onAnswer();
    return answer;
  };
  /** All at one instant, by which the deed can be undone. */
  const changeGroup = async (
    id: string,
    by: (alert: Alert, at: Date) => AlertChange | undefined,
  ): Promise<GroupAnswer> => {
    const at = now();
    const done = await store.changeGroup(id, (alert) => by(alert, at));
    onAnswer();
    if (done === undefined) return { kind: "gone" };
    return done.changed.length > 0 ? { kind: "done", ...done } : { kind: "unchanged", ...done };
  };
  /** Messages are brought up to date once, after the last of them. */
  const changeMany = async (
    ids: readonly string[],
    by: (alert: Alert, at: Date) => AlertChange | undefined,
  ): Promise<ManyAnswer> => {
    const at = now();
    let changed = 0;
    try {
      for (const id of ids) if ((await changeOne(id, (alert) => by(alert, at))).kind === "done") changed++;
    } finally {
      onAnswer();
    }
    return { changed };
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
    checked: (id, by, found) => change(id, (alert) => checked(alert, by, found, now())),
    findGroup: async (id) => {
      // By id: a store that must begin its transaction again asks about each once more.
      const alerts = new Map<string, Alert>();
      const found = await store.changeGroup(id, (alert) => {
        alerts.set(alert.id, alert);
        return undefined;
      });
      if (found === undefined) return { kind: "gone" };
      return { kind: "unchanged", group: found.group, alerts: [...alerts.values()], open: found.open };
    },
    acknowledgeGroup: (id, by) => changeGroup(id, (alert, at) => acknowledge(alert, by, at, escalation)),
    unacknowledgeGroup: (id, by, given) =>
      changeGroup(id, (alert, at) => (isAt(alert.acknowledged, given) ? unacknowledge(alert, by, at) : undefined)),
    snoozeGroup: (id, asked) => changeGroup(id, (alert, at) => snooze(alert, asked, at, escalation)),
    unsnoozeGroup: (id, by, begun) =>
      changeGroup(id, (alert, at) => (isAt(alert.snoozed, begun) ? unsnooze(alert, by, at) : undefined)),
    checkedGroup: (id, by, found) =>
      changeGroup(id, (alert, at) => {
        const verdict = found.get(alert.id);
        return verdict === undefined ? undefined : checked(alert, by, verdict, at);
      }),
    acknowledgeMany: (ids, by) => changeMany(ids, (alert, at) => acknowledge(alert, by, at, escalation)),
    snoozeMany: (ids, asked) => changeMany(ids, (alert, at) => snooze(alert, asked, at, escalation)),
    deliver: async () => onAnswer(),
  };
};
