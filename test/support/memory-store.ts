import { type Alert, NEW_WATCH, type WatchState } from "../../src/watch/alert.ts";
import type { DeliveryClaim, MessageRef } from "../../src/watch/outbox.ts";
import type { WatchStore } from "../../src/watch/ports.ts";

interface WatchRow {
  state: WatchState;
  checkedAt: Date | null;
  nextDueAt: Date;
  lease: string | null;
  leaseUntil: number;
}

interface AlertRow {
  alert: Alert;
  ref: MessageRef | null;
  deliveredRevision: number;
  repliedRevision: number;
  failures: number;
  error: string | null;
  retryAt: Date | null;
  lease: string | null;
  leaseUntil: number;
}

type MemoryStore = Pick<
  WatchStore,
  "claimDue" | "saveRound" | "claimUndelivered" | "saveDelivery" | "releaseDelivery" | "saveDeliveryFailure"
> & {
  readonly watches: Map<string, WatchRow>;
  readonly alerts: Map<string, AlertRow>;
  /** Puts an alert into the outbox. */
  owe(alert: Alert, fields?: Partial<AlertRow>): void;
};

/** A store in memory with the rules of the port, for tests of the rounds and deliveries alone. */
export const createMemoryStore = (watchNames: readonly string[] = [], dueAt = new Date(0)): MemoryStore => {
  let leases = 0;
  const watches = new Map<string, WatchRow>(
    watchNames.map((name) => [
      name,
      { state: NEW_WATCH, checkedAt: null, nextDueAt: dueAt, lease: null, leaseUntil: 0 },
    ]),
  );
  const alerts = new Map<string, AlertRow>();

  const owe: MemoryStore["owe"] = (alert, fields) => {
    const none = { ref: null, deliveredRevision: 0, repliedRevision: 0, failures: 0, error: null, retryAt: null };
    alerts.set(alert.id, { ...none, lease: null, leaseUntil: 0, ...alerts.get(alert.id), ...fields, alert });
  };
  const isOwed = ({ alert, deliveredRevision, repliedRevision }: AlertRow): boolean =>
    deliveredRevision < alert.revision || alert.replies.some(({ revision }) => revision > repliedRevision);
  const held = (claim: DeliveryClaim): AlertRow | undefined => {
    const row = alerts.get(claim.alert.id);
    return row?.lease === claim.lease ? row : undefined;
  };

  return {
    watches,
    alerts,
    owe,
    async claimDue({ names, now, leaseMs, limit, which, roundStartedAt }) {
      const free = [...watches].filter(
        ([name, row]) =>
          names.includes(name) &&
          row.leaseUntil <= now.getTime() &&
          (row.checkedAt === null || row.checkedAt < roundStartedAt) &&
          (which === "all" || row.nextDueAt <= now),
      );
      return free.slice(0, limit).map(([watch, row]) => {
        row.lease = `lease-${++leases}`;
        row.leaseUntil = now.getTime() + leaseMs;
        return { watch, state: row.state, lease: row.lease };
      });
    },
    async saveRound(claim, { state, checkedAt, nextDueAt }) {
      const row = watches.get(claim.watch);
      if (row?.lease !== claim.lease) return false;
      watches.set(claim.watch, { state, checkedAt, nextDueAt, lease: null, leaseUntil: 0 });
      if (state.alert !== null) owe(state.alert);
      return true;
    },
    async claimUndelivered({ now, leaseMs, limit }) {
      const owed = [...alerts.values()].filter(
        (row) => isOwed(row) && row.leaseUntil <= now.getTime() && (row.retryAt === null || row.retryAt <= now),
      );
      return owed.slice(0, limit).map((row) => {
        row.lease = `lease-${++leases}`;
        row.leaseUntil = now.getTime() + leaseMs;
        const { alert, ref, deliveredRevision, repliedRevision, failures, lease } = row;
        return { alert, ref, deliveredRevision, repliedRevision, failures, lease };
      });
    },
    async saveDelivery(claim, done) {
      const row = held(claim);
      if (row === undefined) return;
      Object.assign(row, { failures: 0, error: null, retryAt: null });
      if (done.kind !== "edit") row.repliedRevision = done.revision;
      if (done.kind !== "reply") Object.assign(row, { ref: done.ref, deliveredRevision: done.revision });
    },
    async releaseDelivery(claim) {
      const row = held(claim);
      if (row !== undefined) Object.assign(row, { lease: null, leaseUntil: 0 });
    },
    async saveDeliveryFailure(claim, { error, retryAt }) {
      const row = held(claim);
      if (row !== undefined)
        Object.assign(row, { failures: row.failures + 1, error, retryAt, lease: null, leaseUntil: 0 });
    },
  };
};
