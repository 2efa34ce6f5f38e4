import { MINUTE_MS } from "../../src/token/duration.ts";
import { type Alert, NEW_WATCH, type WatchState } from "../../src/watch/alert.ts";
import type { HistoryEntry } from "../../src/watch/history.ts";
import type { AlertChange, Mark, WatchStore } from "../../src/watch/ports.ts";
import { isRecent } from "../../src/watch/reopen.ts";
import { createMemoryOutbox, type MemoryOutbox } from "./memory-outbox.ts";

interface WatchRow {
  state: WatchState;
  checkedAt: Date | null;
  nextDueAt: Date;
  lease: string | null;
  leaseUntil: number;
}

const AHEAD_MS = 5 * MINUTE_MS;

type MemoryStore = Pick<WatchStore, "claimDue" | "saveRound" | "changeAlert" | "history" | "readMark" | "moveMark"> &
  MemoryOutbox & {
    readonly watches: Map<string, WatchRow>;
    /** Oldest first. */
    readonly entries: HistoryEntry[];
    readonly marks: Map<string, Mark>;
  };

/** A store in memory with the rules of the port, for tests of the rounds and deliveries alone. */
export const createMemoryStore = (watchNames: readonly string[] = [], dueAt = new Date(0)): MemoryStore => {
  let leases = 0;
  const outbox = createMemoryOutbox();
  const watches = new Map<string, WatchRow>(
    watchNames.map((name) => [
      name,
      { state: NEW_WATCH, checkedAt: null, nextDueAt: dueAt, lease: null, leaseUntil: 0 },
    ]),
  );
  const entries: HistoryEntry[] = [];
  const marks = new Map<string, Mark>();
  const leave = ({ history, notes }: Pick<AlertChange, "history" | "notes">): void => {
    entries.push(...history);
    outbox.oweNotes(notes);
  };

  const keep = (changed: AlertChange | undefined): Alert | undefined => {
    if (changed === undefined) return undefined;
    const { alert } = changed;
    outbox.owe(alert);
    leave(changed);
    const row = watches.get(alert.card.name);
    if (row?.state.alert?.id === alert.id) row.state = { ...row.state, alert };
    return alert;
  };

  return {
    ...outbox,
    watches,
    entries,
    marks,
    async claimDue({ names, now, leaseMs, limit, which, roundStartedAt }) {
      // What was noted by a clock that has been set back since binds nobody.
      const latest = new Date(now.getTime() + AHEAD_MS);
      const free = [...watches].filter(
        ([name, row]) =>
          names.includes(name) &&
          (row.leaseUntil <= now.getTime() || row.leaseUntil > latest.getTime() + leaseMs) &&
          ((row.checkedAt !== null && row.checkedAt > latest) ||
            ((row.checkedAt === null || row.checkedAt < roundStartedAt) && (which === "all" || row.nextDueAt <= now))),
      );
      return free.slice(0, limit).map(([watch, row]) => {
        row.lease = `lease-${++leases}`;
        row.leaseUntil = now.getTime() + leaseMs;
        const lately = [...outbox.alerts.values()]
          .map(({ alert }) => alert)
          .filter((alert) => alert.card.name === watch && isRecent(alert, now) && alert.id !== row.state.alert?.id);
        const state = lately.length > 0 ? { ...row.state, lately } : row.state;
        return { watch, state, lease: row.lease };
      });
    },
    async saveRound(claim, { state, checkedAt, nextDueAt, history, notes, mates }) {
      const row = watches.get(claim.watch);
      if (row?.lease !== claim.lease) return false;
      watches.set(claim.watch, { state, checkedAt, nextDueAt, lease: null, leaseUntil: 0 });
      if (state.alert !== null) outbox.owe(state.alert);
      leave({ history, notes });
      const own = outbox.alerts.get(state.alert?.id ?? "");
      if (mates === undefined || own === undefined || own.group === null) return true;
      for (const { alert, group, repliedRevision } of outbox.alerts.values())
        if (group === own.group && alert !== own.alert && alert.resolvedAt === null && repliedRevision > 0)
          keep(mates(alert));
      return true;
    },
    async changeAlert(id, change) {
      const alert = outbox.alerts.get(id)?.alert;
      return keep(alert && change(alert)) ?? alert;
    },
    async history({ watch, limit }) {
      return entries
        .filter((entry) => watch === undefined || entry.watch === watch)
        .toReversed()
        .slice(0, limit);
    },
    async readMark(name) {
      return marks.get(name) ?? null;
    },
    async moveMark(name, from, to, notes) {
      const mark = marks.get(name) ?? null;
      if (mark?.at.getTime() !== from?.at.getTime() || mark?.spec !== from?.spec) return false;
      marks.set(name, to);
      outbox.oweNotes(notes);
      return true;
    },
  };
};
