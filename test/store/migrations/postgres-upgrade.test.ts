import { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { createPostgresDialect } from "../../../src/store/postgres/dialect.ts";
import { createPool } from "../../../src/store/postgres/pool.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { EXPECTED_SETTINGS, storedSettings } from "../postgres/table-settings.ts";
import { killedUpgrade } from "./upgrade-killed.ts";
import { outboxUpgrade } from "./upgrade-outbox.ts";
import { renewalsUpgrade } from "./upgrade-renewals.ts";
import { stepsUpgrade } from "./upgrade-steps.ts";
import { BEFORE_RENEWALS, type OldSchema, type OldSteps, upgradeContract } from "./upgrade.ts";

const settingsUpgrade = ({ db, open, takeSteps }: OldSteps): void => {
  describe("the storage settings of tables whose rows change all the time", () => {
    for (const [steps, kind] of [
      [0, "a new database"],
      [BEFORE_RENEWALS, "an upgraded database"],
    ] as const)
      it(`are set in ${kind}`, async () => {
        await takeSteps(steps);
        expect(await storedSettings(db())).toEqual({});
        await open();
        expect(await storedSettings(db())).toEqual(EXPECTED_SETTINGS);
      });
  });
};

describe.skipIf(postgres === null)("with a server", () => {
  const database = useDatabase("empty");
  let db: Kysely<OldSchema>;
  beforeAll(() => {
    const pool = createPool(database().server, { size: 1, onBroken: () => {} });
    db = new Kysely({ dialect: createPostgresDialect(pool) });
  });
  afterAll(() => db.destroy());

  upgradeContract(
    "PostgreSQL",
    async () => ({
      db,
      open: async () => openPostgresStore({ server: database().server, pool: 2 }),
      remove: async () => database().deleteTables(),
    }),
    [stepsUpgrade, outboxUpgrade, killedUpgrade, renewalsUpgrade, settingsUpgrade],
  );
});
