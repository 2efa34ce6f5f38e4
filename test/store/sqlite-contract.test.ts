import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { causeOf } from "../../src/watch/cause.ts";
import { storeContract } from "./contract.ts";

storeContract("SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wa-token-store-"));
  return {
    open: async () => openSqliteStore({ path: join(folder, "wa-token.db"), exclusive: false, causeOf }),
    remove: async () => rm(folder, { recursive: true }),
  };
});
