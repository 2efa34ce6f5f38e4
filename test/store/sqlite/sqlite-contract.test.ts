import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { storeContract } from "../contract/contract.ts";

/** Made once: most of the time of a new store goes to its tables. */
let empty: string;

beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), "wa-token-store-"));
  await (await openSqliteStore({ path: join(empty, "wa-token.db"), exclusive: false })).close();
});

afterAll(() => rm(empty, { recursive: true }));

storeContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wa-token-store-"));
  await cp(empty, folder, { recursive: true });
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
