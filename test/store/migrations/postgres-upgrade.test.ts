import { Kysely } from "kysely";
import { describe } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { createPostgresDialect } from "../../../src/store/postgres/dialect.ts";
import { createPool } from "../../../src/store/postgres/pool.ts";
import { createDatabase, postgres } from "../../support/postgres-database.ts";
import { killedUpgrade } from "./upgrade-killed.ts";
import { outboxUpgrade } from "./upgrade-outbox.ts";
import { renewalsUpgrade } from "./upgrade-renewals.ts";
import { stepsUpgrade } from "./upgrade-steps.ts";
import { type OldSchema, upgradeContract } from "./upgrade.ts";

describe.skipIf(postgres === null)("with a server", () => {
  upgradeContract(
    "PostgreSQL",
    async () => {
      const { server, drop } = await createDatabase("empty");
      const pool = createPool(server, { size: 1, onBroken: () => {} });
      const db = new Kysely<OldSchema>({ dialect: createPostgresDialect(pool) });
      return {
        db,
        open: async () => openPostgresStore({ server, pool: 2 }),
        remove: async () => {
          await db.destroy();
          await drop();
        },
      };
    },
    [stepsUpgrade, outboxUpgrade, killedUpgrade, renewalsUpgrade],
  );
});
