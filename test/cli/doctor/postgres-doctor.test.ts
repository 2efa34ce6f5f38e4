import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "../../../sandbox/world.ts";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { asItIs, NOON } from "../../store/contract/states.ts";
import { createDatabase, postgres, useDatabase } from "../../support/postgres-database.ts";
import { cli } from "../memory-io.ts";

const PASSWORD = "hidden-word";

describe.skipIf(postgres === null)("doctor on a PostgreSQL", () => {
  const database = useDatabase("migrated");

  const storeLine = async (
    change: { readonly port?: number; readonly database?: string },
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const world = await openWorld({ mode: "socket" });
    onTestFinished(() => world.close());
    const { port, database: name } = { ...database().server, ...change };
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
    const { out, err } = await cli(["doctor"], {
      env: { ...world.env, DATABASE_URL: url, ...env },
      cwd: world.dataDir,
      now: world.clock.now,
    });
    expect(out + err).not.toContain(PASSWORD);
    return out.split("\n").find((line) => line.includes("Store")) ?? "no such line";
  };

  it("reports that it answers, by name and host", async () => {
    const { database: name, port } = database().server;
    expect(await storeLine({})).toMatch(
      new RegExp(`^OK +Store: ${name} on 127\\.0\\.0\\.1:${port} answers and contains 0 watches\\.$`),
    );
  });

  it("reports a store with watches as a problem when none is configured", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 1 });
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    const nothing = { WHATSAPP_ACCESS_TOKEN: "", WHATSAPP_TOKEN_SOURCE: "", WATCHLIST: "" };
    expect(await storeLine({}, nothing)).toMatch(
      /^PROBLEM +Store: \w+ on .+ contains one watch, but the configuration has none, so the bot would not start\./,
    );
    await store.sync([], NOON, { resolveRemoved: asItIs });
    await store.close();
  });

  it("reports that the bot will create or upgrade tables, without doing it", async () => {
    const { server, sql, drop } = await createDatabase("empty");
    onTestFinished(drop);
    const tables = async () => sql("select tablename from pg_tables where schemaname = 'public' order by 1");
    const answer = /^OK +Store: .+ answers and contains 0 watches\. The bot upgrades it when it starts\.$/;
    expect(await storeLine({ database: server.database })).toMatch(answer);
    expect(await tables()).toEqual([]);
    const store = await openPostgresStore({ server, pool: 1 });
    await store.close();
    await sql("drop table history");
    await sql("delete from kysely_migration where name like '0003%'");
    const before = await tables();
    expect(await storeLine({ database: server.database })).toMatch(answer);
    expect(await tables()).toEqual(before);
  });

  it("reports a database of a newer version as a problem", async () => {
    const { server, sql, drop } = await createDatabase("migrated");
    onTestFinished(drop);
    await sql("insert into kysely_migration values ('0999-time-travel', '2027-01-01T00:00:00.000Z')");
    expect(await storeLine({ database: server.database })).toMatch(
      /^PROBLEM +Store: The database \w+ on .+ was upgraded by a newer version of wa-token/,
    );
  });

  it("reports a read-only database as a problem", async () => {
    const { server, sql, drop } = await createDatabase("migrated");
    onTestFinished(drop);
    await sql(`alter database ${server.database} set default_transaction_read_only = on`);
    expect(await storeLine({ database: server.database })).toMatch(
      /^PROBLEM +Store: The database \w+ on .+ is read-only/,
    );
  });

  it("reports a database that does not exist as a problem", async () => {
    expect(await storeLine({ database: "nowhere" })).toMatch(
      /^PROBLEM +Store: The database nowhere on .+ does not exist/,
    );
  });

  it("reports a server that does not answer as such", async () => {
    expect(await storeLine({ port: 1 })).toMatch(
      /^NO ANSWER +Store: The database \w+ on 127\.0\.0\.1:1 cannot be reached\./,
    );
  });
});
