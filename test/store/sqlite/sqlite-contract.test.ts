import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { storeContract } from "../contract/contract.ts";

storeContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wa-token-store-"));
  return {
    open: async () => openSqliteStore({ path: join(folder, "wa-token.db"), exclusive: false }),
    run: async (statement) => {
      using database = new DatabaseSync(join(folder, "wa-token.db"));
      database.exec(statement);
    },
    ask: async (query) => {
      using database = new DatabaseSync(join(folder, "wa-token.db"));
      return database
        .prepare(query)
        .all()
        .map(({ id }) => ({ id: String(id) }));
    },
    remove: async () => rm(folder, { recursive: true }),
  };
});
