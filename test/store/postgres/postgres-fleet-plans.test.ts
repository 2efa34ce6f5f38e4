import { CompiledQuery, Kysely, type LogEvent } from "kysely";
import { describe, expect, it } from "vitest";
import { createPostgresDialect, postgresStoreDialect } from "../../../src/store/postgres/dialect.ts";
import { createPool, renewable } from "../../../src/store/postgres/pool.ts";
import type { Schema } from "../../../src/store/tables/schema.ts";
import { createWatchStore } from "../../../src/store/watch-store.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { aCard, anAlert, anOutcome, aState, minutes, NOON } from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const WATCHES = 100_000;
/** This many watches have a resolved alert. */
const RESOLVED = 20_000;

/**
 * Copies of one inspected watch and of its resolved alert. The watches are due after each other. In the list of columns,
 * `(jsonb_populate_record(…)).*` would call the function once for each column.
 */
const FLEET = [
  `insert into watches select shop.* from watches, generate_series(1, ${WATCHES}) n,
     jsonb_populate_record(watches, jsonb_build_object(
       'name', 'shop-' || n, 'failing', null,
       'next_due_at', to_char(timestamp '2999-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) shop`,
  `insert into alerts select copy.* from alerts, generate_series(1, ${RESOLVED}) n,
     jsonb_populate_record(alerts, jsonb_build_object('id', 'a' || n, 'watch', 'shop-' || n)) copy`,
  "analyze",
];

describe.skipIf(postgres === null)("PostgreSQL with 100,000 watches", () => {
  const database = useDatabase("migrated");

  it("reads no table from end to end, in a tick, an inspection, or an answer about one watch", async () => {
    const { server } = database();
    const connections = renewable(createPool(server, { size: 1, onBroken: () => {} }));
    const seen: CompiledQuery[] = [];
    const log = ({ query }: LogEvent): void => {
      if (/"(?:watches|alerts|history)"/.test(query.sql)) seen.push(query);
    };
    const db = new Kysely<Schema>({ dialect: createPostgresDialect(connections), log });
    const store = createWatchStore(db, postgresStoreDialect(server, connections));
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    const names = ["orders", "shop-1", "shop-2"];
    const due = (now: Date) =>
      ({
        names,
        now,
        leaseMs: 60_000,
        limit: 100,
        which: "due",
        roundStartedAt: now,
        resolvedSince: minutes(-15),
      }) as const;
    const alert = anAlert({ card: aCard(), resolvedAt: NOON, resolution: "recovered" });
    for (const claim of await store.claimDue(due(NOON)))
      await saveRound(store, claim, anOutcome({ state: aState({ alert }), checkedAt: NOON, nextDueAt: minutes(15) }));
    for (const statement of FLEET) await database().sql(statement);

    const plansOf = async (work: () => Promise<unknown>): Promise<string> => {
      seen.length = 0;
      await work();
      expect(seen).not.toEqual([]);
      const plans: string[] = [];
      for (const { sql, parameters } of seen.splice(0)) {
        const { rows } = await db.executeQuery<{ "QUERY PLAN": string }>(
          CompiledQuery.raw(`explain ${sql}`, [...parameters]),
        );
        plans.push(sql, ...rows.map((row) => row["QUERY PLAN"]));
      }
      return plans.join("\n");
    };
    const idle = await plansOf(async () => expect(await store.claimDue(due(minutes(1)))).toEqual([]));
    expect(idle).toContain("watches_due");
    expect(idle).not.toMatch(/Seq Scan|Sort|Bitmap/);
    // Statistics that still show many due watches must not lead to a scan.
    await database().sql("update watches set next_due_at = '2020-01-01T00:00:00.000Z' where name like 'shop-1%'");
    await database().sql("analyze watches");
    await database().sql("update watches set next_due_at = '2999-01-01T00:00:00.000Z' where name like 'shop-1%'");
    for (const onlyUrgent of [false, true]) {
      const plan = await plansOf(async () =>
        expect(await store.claimDue({ ...due(minutes(2)), onlyUrgent })).toEqual([]),
      );
      expect(plan).not.toMatch(/Seq Scan|Sort|Bitmap/);
    }
    const [claim] = await store.claimDue(due(minutes(15)));
    if (claim === undefined) throw new Error("nothing was due");
    for (const work of [
      async () => store.claimDue(due(minutes(20))),
      async () => saveRound(store, claim, anOutcome({ state: claim.state, nextDueAt: minutes(30) })),
      async () => store.find("shop-7"),
      async () => store.history({ watch: "shop-7", limit: 5 }),
      async () => store.troubles(20),
    ])
      expect(await plansOf(work)).not.toMatch(/Seq Scan on (?:watches|alerts)/);
    await store.close();
  });

  it("has no index with a column of a claim or of a failed try, so these updates write to no index (HOT)", async () => {
    const found = await database().sql<{ index: string; column: string }>(
      `select indexrelid::regclass::text as index, attname as column
         from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
         where indrelid in ('watches'::regclass, 'messages'::regclass)`,
    );
    expect(found).toContainEqual({ index: "watches_due", column: "next_due_at" });
    const often = /^(?:lease|lease_owner|lease_until|claimed_at|failures|retry_at|last_error)$/;
    expect(found.filter(({ column }) => often.test(column))).toEqual([]);
  });
});
