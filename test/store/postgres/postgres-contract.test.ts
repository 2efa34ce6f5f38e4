import { describe } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { storeContract } from "../contract/contract.ts";
import { keptConnections } from "./kept-connections.ts";

describe.skipIf(postgres === null)("with a server", () => {
  const database = useDatabase("migrated");
  const connections = keptConnections(database, 2);

  storeContract("PostgreSQL", async () => ({
    open: async () => openPostgresStore({ server: database().server, pool: 2 }),
    openFirst: async () => connections.open(),
    run: async (statement) => {
      await database().sql(statement);
    },
    ask: async (query) => database().sql<{ id: string }>(query),
    remove: async () => database().clear(),
  }));
});
