import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import { readPostgres, readPostgresAudit } from "../../../src/store/postgres/read-postgres.ts";
import { createDatabase, postgres, useDatabase } from "../../support/postgres-database.ts";
import { fillWithRenewals } from "../contract/latest-renewals.ts";
import { NOON } from "../contract/states.ts";

describe.skipIf(postgres === null)("reading a PostgreSQL", () => {
  const database = useDatabase("migrated");

  it("gives the watches", async () => {
    const { server } = database();
    const store = await openPostgresStore({ server, pool: 1 });
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    expect(await readPostgres(server)).toMatchObject({ kind: "there", records: [{ name: "orders" }] });
    await store.close();
  });

  it("gives the latest renewal of each watch", async () => {
    const { server } = database();
    const store = await openPostgresStore({ server, pool: 1 });
    const renewals = await fillWithRenewals(store);
    expect(await readPostgres(server)).toEqual(expect.objectContaining({ kind: "there", renewals }));
    await store.close();
  });

  it("gives the audit, newest first", async () => {
    const { server } = database();
    expect(await readPostgresAudit(server, { limit: 9 })).toMatchObject({ kind: "there" });
    expect(await readPostgresAudit(server, { watch: "nobody", since: NOON, limit: 9 })).toEqual({
      kind: "there",
      entries: [],
    });
  });

  it("creates no tables, and refuses a server that does not answer", async () => {
    const { server, sql, drop } = await createDatabase("empty");
    onTestFinished(drop);
    expect(await readPostgres(server)).toEqual({ kind: "outdated" });
    expect(await readPostgresAudit(server, { limit: 9 })).toEqual({ kind: "outdated" });
    expect(await sql("select tablename from pg_tables where schemaname = 'public'")).toEqual([]);
    await expect(readPostgres({ ...server, port: 1 })).rejects.toMatchObject({ code: "unreachable" });
  });
});
