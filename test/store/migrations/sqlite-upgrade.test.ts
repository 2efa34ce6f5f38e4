import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely } from "kysely";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import { createSqliteDialect } from "../../../src/store/sqlite/dialect.ts";
import { openDatabase } from "../../../src/store/sqlite/file.ts";
import { outboxUpgrade } from "./upgrade-outbox.ts";
import { renewalsUpgrade } from "./upgrade-renewals.ts";
import { stepsUpgrade } from "./upgrade-steps.ts";
import { type OldSchema, upgradeContract } from "./upgrade.ts";

upgradeContract(
  "SQLite",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "wa-token-upgrade-"));
    const path = join(folder, "wa-token.db");
    const db = new Kysely<OldSchema>({ dialect: createSqliteDialect(openDatabase(path, false)) });
    return {
      db,
      open: async () => openSqliteStore({ path, exclusive: true }),
      remove: async () => {
        await db.destroy();
        await rm(folder, { recursive: true });
      },
    };
  },
  [stepsUpgrade, outboxUpgrade, renewalsUpgrade],
);
