import { describe } from "vitest";
import { openPostgresStore } from "../../src/store/open-postgres.ts";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { storeContract } from "./contract.ts";

describe.skipIf(postgres === null)("with a server", () => {
  const database = useDatabase("migrated");

  storeContract("PostgreSQL", async () => ({
    open: async () => openPostgresStore({ server: database().server, pool: 2, causeOf }),
    remove: async () => {
      await database().sql("truncate watches, alerts, groups, notes, history, channel_slots, marks, viewers");
    },
  }));
});
