import { MINUTE_MS } from "../../src/token/duration.ts";
import { NEW_WATCH, type WatchState } from "../../src/watch/alert.ts";
import type { HistoryEntry } from "../../src/watch/history.ts";
import type { AlertChange, Mark, WatchStore } from "../../src/watch/ports.ts";
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
        return { watch, state: row.state, lease: row.lease };
      });
    },
    async saveRound(claim, { state, checkedAt, nextDueAt, history, notes }) {
      const row = watches.get(claim.watch);
      if (row?.lease !== claim.lease) return false;
      watches.set(claim.watch, { state, checkedAt, nextDueAt, lease: null, leaseUntil: 0 });
      if (state.alert !== null) outbox.owe(state.alert);
      leave({ history, notes });
      return true;
    },
    async changeAlert(id, change) {
      const alert = outbox.alerts.get(id)?.alert;
      const changed = alert && change(alert);
      if (changed === undefined) return alert;
      outbox.owe(changed.alert);
      leave(changed);
      const row = watches.get(changed.alert.card.name);
      if (row?.state.alert?.id === id) row.state = { ...row.state, alert: changed.alert };
      return changed.alert;
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
