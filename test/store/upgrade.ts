import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchesAndAlerts } from "../../src/store/migrations/0001-watches-and-alerts.ts";
import { watchDefinition } from "../../src/store/migrations/0002-watch-definition.ts";
import { groupsNotesHistory } from "../../src/store/migrations/0003-groups-notes-history.ts";
import { alertToColumns, repliesToColumns, stateToColumns } from "../../src/store/codec.ts";
import { toColumn } from "../../src/store/columns.ts";
import type { AlertsTable, WatchesTable } from "../../src/store/schema.ts";
import type { Alert } from "../../src/watch/alert.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { aCard, aNote, anAlert, anOutcome, aReply, asItIs, aState, claiming, minutes, NOON } from "./states.ts";

const STEPS: Readonly<Record<string, Migration>> = {
  "0001-watches-and-alerts": watchesAndAlerts,
  "0002-watch-definition": watchDefinition,
  "0003-groups-notes-history": groupsNotesHistory,
};

/** Tables with columns that are not there yet. */
export interface OldSchema {
  readonly watches: Partial<WatchesTable>;
  readonly alerts: Partial<AlertsTable>;
}

/** An empty database, with a way into it that knows no store. */
export interface OldDatabase {
  readonly db: Kysely<OldSchema>;
  readonly open: () => Promise<WatchStore>;
  /** Closes `db` and takes the database away. */
  readonly remove: () => Promise<void>;
}

const names = async (store: WatchStore, now = NOON): Promise<readonly string[]> =>
  (await store.claimUndelivered(claiming({ now }))).map(({ alert }) => alert.id);

/** What rows of earlier versions rely on, whatever database they are in. */
export const upgradeContract = (name: string, makeDatabase: () => Promise<OldDatabase>): void => {
  describe(`a store of an earlier version over ${name}`, () => {
    let old: OldDatabase;
    beforeEach(async () => {
      old = await makeDatabase();
    });
    afterEach(async () => old.remove());

    const takeSteps = async (count: number): Promise<void> => {
      const steps = Object.fromEntries(Object.entries(STEPS).slice(0, count));
      const migrator = new Migrator({ db: old.db, provider: { getMigrations: async () => steps } });
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    };
    const addWatch = async (watch: string, definition?: string): Promise<void> => {
      const state = stateToColumns(aState());
      const times = { checked_at: toColumn(NOON), next_due_at: toColumn(minutes(60)) };
      await old.db
        .insertInto("watches")
        .values({ name: watch, ...state, ...times, ...(definition !== undefined && { definition }) })
        .execute();
    };
    const addAlert = async (alert: Alert, fields: Partial<AlertsTable> = {}): Promise<void> => {
      const { severity, card_channel, ...columns } = alertToColumns(alert);
      const { replies } = repliesToColumns(severity, alert.replies);
      expect(card_channel).toBe("C0000000001");
      await old.db
        .insertInto("alerts")
        .values({ id: alert.id, ...columns, replies, delivered_revision: 0, replied_revision: 0, ...fields })
        .execute();
    };
    const named = (watch: string, fields: Partial<Alert> = {}): Alert =>
      anAlert({ id: watch, card: aCard({ name: watch }), ...fields });

    it("of the first version keeps its watches, which are due at once", async () => {
      await takeSteps(1);
      await addWatch("orders");
      const store = await old.open();
      expect(await store.list()).toMatchObject([{ name: "orders", state: aState(), nextDueAt: minutes(60) }]);
      await store.sync([{ name: "orders", definition: "d" }], minutes(1));
      expect(await store.list()).toMatchObject([{ name: "orders", state: aState(), nextDueAt: minutes(1) }]);
      await store.close();
    });

    it("owes what it owed, in the new order: what a person did, what is critical, the rest", async () => {
      await takeSteps(2);
      await addAlert(named("mild", { severity: "warning", openedAt: minutes(-3) }));
      await addAlert(named("bad", { openedAt: minutes(-2) }), { last_error: "is_archived", retry_at: toColumn(NOON) });
      await addAlert(named("seen", { severity: "warning", openedAt: minutes(-1), replies: [aReply(1, { by: "U1" })] }));
      await addAlert(named("told", { resolvedAt: NOON }), { delivered_revision: 1, channel: "C1", ts: "1.1" });
      const store = await old.open();
      expect(await store.listUndelivered()).toEqual([
        { watch: "mild", note: null, channel: "C0000000001", error: null, urgent: false },
        { watch: "bad", note: null, channel: "C0000000001", error: "is_archived", urgent: true },
        { watch: "seen", note: null, channel: "C0000000001", error: null, urgent: false },
      ]);
      expect(await names(store)).toEqual(["seen", "bad", "mild"]);
      await store.close();
    });

    it("has alerts that may share a message once a round has looked at them", async () => {
      await takeSteps(2);
      await addWatch("orders", "d");
      await addAlert(named("orders"));
      const store = await old.open();
      const offered = async (): Promise<readonly unknown[]> => {
        const seen: unknown[] = [];
        await store.groupAlerts((open) => {
          seen.push(...open);
          return [];
        }, NOON);
        return seen;
      };
      expect(await offered()).toEqual([]);
      const now = minutes(60);
      const due = { names: ["orders"], now, leaseMs: 1, limit: 1, which: "due", roundStartedAt: now } as const;
      const [claim] = await store.claimDue(due);
      if (claim === undefined) throw new Error("nothing is due");
      expect(await store.saveRound(claim, anOutcome({ state: claim.state }))).toBe(true);
      expect(await offered()).toHaveLength(1);
      await store.close();
    });

    it("takes new things as a new store does", async () => {
      await takeSteps(2);
      await addAlert(named("orders"));
      const store = await old.open();
      await store.changeAlert("orders", (alert) => ({ ...asItIs(alert), notes: [aNote()] }));
      expect(await store.claimNotes(claiming())).toHaveLength(1);
      await store.close();
    });

    it("without owners of leases gives what was taken when its lease has ended, and then to an owner", async () => {
      await takeSteps(3);
      await addWatch("orders", "d");
      const held = { lease: "old", lease_until: toColumn(minutes(61)), claimed_at: toColumn(minutes(59)) };
      await old.db.updateTable("watches").set(held).execute();
      const store = await old.open();
      const now = minutes(61);
      const due = { names: ["orders"], now, leaseMs: 1, limit: 1, which: "due", roundStartedAt: now } as const;
      const [claim] = await store.claimDue(due);
      expect(claim?.watch).toBe("orders");
      const { owner } = await store.keepLeases(() => new Date());
      expect(await old.db.selectFrom("watches").select("lease_owner").execute()).toEqual([{ lease_owner: owner }]);
      await store.close();
      expect(await old.db.selectFrom("watches").select("lease_owner").execute()).toEqual([{ lease_owner: null }]);
    });

    it("starts in spite of rows that somebody spoiled, and passes them over with a word", async () => {
      await takeSteps(2);
      await addAlert(named("spoiled"), { body: "{" });
      await addAlert(named("orders"), { replies: `[{"by":7}]` });
      const store = await old.open();
      expect(await store.listUndelivered()).toHaveLength(2);
      await addAlert(named("fine"));
      expect(await names(store)).toEqual(["fine"]);
      expect((await store.troubles()).unreadable).toHaveLength(2);
      await store.close();
    });
  });
};
