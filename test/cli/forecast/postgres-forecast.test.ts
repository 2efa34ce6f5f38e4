import { describe, expect, it } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { NOON } from "../../store/contract/states.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { cli } from "../memory-io.ts";

const PASSWORD = "hidden-word";

describe.skipIf(postgres === null)("round --forecast on a PostgreSQL", () => {
  const database = useDatabase("migrated");

  const forecast = async (port: number): Promise<readonly unknown[]> => {
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database().server.database}`;
    const env = {
      DATABASE_URL: url,
      WHATSAPP_TOKEN_SOURCE: "env:TOKEN",
      ALERT_CHANNEL: "C0123456789",
      DIGEST_SCHEDULE: "",
    };
    const { code, out, err } = await cli(["round", "--forecast", "5d"], { env });
    expect(out + err).not.toContain(PASSWORD);
    return [code, out, err];
  };

  it("reads the watches", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 1 });
    await store.sync([{ name: "default", definition: "d" }], NOON);
    await store.close();
    const [code, out, err] = await forecast(database().server.port);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/The bot would send no messages\..* default: the bot has not checked this token yet/s);
  });

  it("names a server that does not answer", async () => {
    expect(await forecast(1)).toEqual([3, "", expect.stringMatching(/^wa-token stopped: .*127\.0\.0\.1:1/)]);
  });
});
