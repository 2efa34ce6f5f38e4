import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { watchesAndAlerts } from "../../../src/store/migrations/0001-watches-and-alerts.ts";
import { watchDefinition } from "../../../src/store/migrations/0002-watch-definition.ts";
import { groupsNotesHistory } from "../../../src/store/migrations/0003-groups-notes-history.ts";
import { oneOutbox } from "../../../src/store/migrations/0005-one-outbox.ts";
import { leaseOwners } from "../../../src/store/migrations/0004-lease-owners.ts";
import { alertToColumns, stateToColumns } from "../../../src/store/tables/codec.ts";
import { toColumn, writeJson } from "../../../src/store/tables/columns.ts";
import { HistoryBodyJson } from "../../../src/store/tables/history-json.ts";
import type { WatchesTable } from "../../../src/store/tables/schema.ts";
import type { HistoryEntry } from "../../../src/alert/history.ts";
import type { Alert, Reply } from "../../../src/alert/alert.ts";
import type { Claim, WatchStore } from "../../../src/watch/ports.ts";
import { auditOutbox } from "../../support/audit-outbox.ts";
import { only } from "../contract/contract-store.ts";
import { aCard, anAlert, aState, minutes, NOON } from "../contract/states.ts";

const STEPS: Readonly<Record<string, Migration>> = {
  "0001-watches-and-alerts": watchesAndAlerts,
  "0002-watch-definition": watchDefinition,
  "0003-groups-notes-history": groupsNotesHistory,
  "0004-lease-owners": leaseOwners,
  "0005-one-outbox": oneOutbox,
};

/** The last step before messages and owed rows. */
export const BEFORE_ONE_OUTBOX = 4;

/** The last step before renewals. */
export const BEFORE_RENEWALS = 5;

type OldRow = Readonly<Record<string, string | number | null>>;

/** The tables of the steps, with all columns of each step. */
export interface OldSchema {
  readonly watches: Partial<WatchesTable>;
  readonly alerts: OldRow;
  readonly groups: OldRow;
  readonly notes: OldRow;
  readonly history: OldRow;
  readonly lease_owners: OldRow;
}

/** An empty database, with access that does not use the store. */
export interface OldDatabase {
  readonly db: Kysely<OldSchema>;
  readonly open: () => Promise<WatchStore>;
  /** Ends the use of the database. The next test gets an empty one. */
  readonly remove: () => Promise<void>;
}

/** A reply that is not in its thread yet, with its revision. */
export const anOldReply = (revision: number, fields: Partial<Reply> = {}) => ({
  revision,
  reason: "worse",
  at: minutes(revision - 10),
  notice: true,
  verdict: null,
  by: null,
  ...fields,
});

type OldReplies = readonly ReturnType<typeof anOldReply>[];

export const named = (watch: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id: watch, card: aCard({ name: watch }), ...fields });

/** A database of an earlier version for each test, with steps to fill it. */
const useOldDatabase = (makeDatabase: () => Promise<OldDatabase>) => {
  let old: OldDatabase;
  let opened: WatchStore[];
  let taken = 0;
  beforeEach(async () => {
    old = await makeDatabase();
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) await store.close();
    const tables = await old.db.introspection.getTables();
    // After each test, all rows keep the invariants.
    const problems = tables.some(({ name }) => name === "owed")
      ? await auditOutbox(async (query) => (await sql<{ id: string }>`${sql.raw(query)}`.execute(old.db)).rows)
      : [];
    await old.remove();
    expect(problems).toEqual([]);
  });

  return {
    db: () => old.db,
    open: async (): Promise<WatchStore> => {
      const store = await old.open();
      opened.push(store);
      return store;
    },
    takeSteps: async (count: number): Promise<void> => {
      taken = count;
      const steps = Object.fromEntries(Object.entries(STEPS).slice(0, count));
      const migrator = new Migrator({ db: old.db, provider: { getMigrations: async () => steps } });
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    },
    addWatch: async (watch: string, definition?: string): Promise<void> => {
      // The columns of the standing are newer than any step that these tests begin with.
      const { state: _state, rank: _rank, ends_at: _endsAt, ...state } = stateToColumns(aState());
      const times = { checked_at: toColumn(NOON), next_due_at: toColumn(minutes(60)) };
      await old.db
        .insertInto("watches")
        .values({ name: watch, ...state, ...times, ...(definition !== undefined && { definition }) })
        .execute();
    },
    addAlert: async (alert: Alert, fields: OldRow = {}, replies: OldReplies = []): Promise<void> => {
      const { severity, card_channel, ...columns } = alertToColumns(alert);
      expect(card_channel).toBe("C0000000001");
      await old.db
        .insertInto("alerts")
        .values({
          id: alert.id,
          ...columns,
          replies: JSON.stringify(replies),
          delivered_revision: 0,
          replied_revision: 0,
          ...(taken > 2 && { severity, card_channel }),
          ...fields,
        })
        .execute();
    },
    addGroup: async (id: string, cause: string, fields: OldRow = {}): Promise<void> => {
      await old.db
        .insertInto("groups")
        .values({ id, cause, card_channel: "C0000000001", opened_at: toColumn(NOON), ...fields })
        .execute();
    },
    addHistory: async (entry: HistoryEntry, position: number): Promise<void> => {
      const { watch, at } = entry;
      const body = writeJson(HistoryBodyJson, entry);
      await old.db
        .insertInto("history")
        .values({ id: `${watch} ${position}`, watch, at: toColumn(at), position, body })
        .execute();
    },
    addNote: async (id: string, body: { readonly kind: string }, fields: OldRow = {}): Promise<void> => {
      const route = "C0000000009";
      const routes = JSON.stringify([route]);
      const columns = { id, at: toColumn(NOON), priority: 1, routes, route, kind: body.kind };
      await old.db
        .insertInto("notes")
        .values({ ...columns, body: JSON.stringify(body), ...fields })
        .execute();
    },
  };
};

export type OldSteps = ReturnType<typeof useOldDatabase>;

/** The watch, claimed for a round one hour after noon. */
export const takeWatch = async (store: WatchStore, watch: string, now = minutes(60)): Promise<Claim> =>
  only(await store.claimDue({ names: [watch], now, leaseMs: 1, limit: 1, which: "due", roundStartedAt: now }));

/** The contract for rows of earlier versions, for any database. */
export const upgradeContract = (
  name: string,
  makeDatabase: () => Promise<OldDatabase>,
  parts: readonly ((steps: OldSteps) => void)[],
): void => {
  describe(`a store of an earlier version over ${name}`, () => {
    const steps = useOldDatabase(makeDatabase);
    for (const part of parts) part(steps);
  });
};
