import { describe } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { storeContract } from "../contract/contract.ts";

describe.skipIf(postgres === null)("with a server", () => {
  const database = useDatabase("migrated");

  storeContract("PostgreSQL", async () => ({
    open: async () => openPostgresStore({ server: database().server, pool: 2 }),
    run: async (statement) => {
      await database().sql(statement);
    },
    ask: async (query) => database().sql<{ id: string }>(query),
    remove: async () => {
      await database().sql(
        "truncate watches, alerts, messages, mentions, owed, renewals, history, channel_slots, marks, viewers, graph_budgets",
      );
    },
  }));
});
