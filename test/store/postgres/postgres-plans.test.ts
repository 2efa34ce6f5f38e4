import { CompiledQuery, Kysely, type LogEvent } from "kysely";
import { describe, expect, it } from "vitest";
import { createPostgresDialect, postgresStoreDialect } from "../../../src/store/postgres/dialect.ts";
import { createPool, renewable } from "../../../src/store/postgres/pool.ts";
import type { Schema } from "../../../src/store/tables/schema.ts";
import { createWatchStore } from "../../../src/store/watch-store.ts";
import type { ClaimOptions } from "../../../src/outbox/outbox.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { eachAlone } from "../contract/contract-store.ts";
import { aCard, anAlert, anOutcome, aState, claiming, minutes, NOON } from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const ROWS = 20_000;
const MESSAGES = 15_000;
const PLACES = 50;

/**
 * Copies the alert, its message and its owed row. The copies of the message belong to several places. In the list of
 * columns, `(jsonb_populate_record(…)).*` would call the function once for each column.
 */
const BACKLOG = [
  `insert into alerts select copy.* from alerts, generate_series(1, ${MESSAGES}) n,
     jsonb_populate_record(alerts, jsonb_build_object('id', 'a' || n, 'watch', 'a' || n, 'message_id', 'm' || n)) copy`,
  `insert into messages select copy.* from messages, generate_series(1, ${MESSAGES}) n,
     jsonb_populate_record(messages, jsonb_build_object(
       'id', 'm' || n, 'subject', 'a' || n, 'route', 'C' || n % ${PLACES}, 'channel', 'C' || n % ${PLACES}, 'ts', n || '.1',
       'posted_at', created_at)) copy`,
  `insert into owed select copy.* from owed, generate_series(1, ${ROWS}) n,
     jsonb_populate_record(owed, jsonb_build_object(
       'id', 'r' || n, 'alert_id', 'a' || 1 + n % ${MESSAGES}, 'message_id', 'm' || 1 + n % ${MESSAGES}, 'what', 'content',
       'priority', 1 + n % 2)) copy`,
];

describe.skipIf(postgres === null)("PostgreSQL with a backlog of owed rows", () => {
  const database = useDatabase("migrated");

  it("finds due rows in the order of an index, and never scans all owed rows", async () => {
    const { server } = database();
    const connections = renewable(createPool(server, { size: 1, onBroken: () => {} }));
    const seen: CompiledQuery[] = [];
    const log = ({ query }: LogEvent): void => {
      if (query.sql.includes('from "owed"')) seen.push(query);
    };
    const db = new Kysely<Schema>({ dialect: createPostgresDialect(connections), log });
    const store = createWatchStore(db, postgresStoreDialect(server, connections));
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    const due = {
      names: ["orders"],
      now: NOON,
      leaseMs: 60_000,
      limit: 1,
      which: "due",
      roundStartedAt: NOON,
    } as const;
    const alert = anAlert({ id: "orders", card: aCard() });
    for (const claim of await store.claimDue(due))
      await saveRound(store, claim, anOutcome({ state: aState({ alert }) }));
    await store.regroup(eachAlone, NOON);
    for (const statement of [...BACKLOG, "analyze"]) await database().sql(statement);

    const plansOf = async (options: Partial<ClaimOptions>): Promise<readonly string[]> => {
      seen.length = 0;
      await store.release(await store.claim(claiming(options)));
      const plans: string[] = [];
      for (const { sql, parameters } of seen.splice(0)) {
        const explain = CompiledQuery.raw(`explain ${sql}`, [...parameters]);
        const { rows } = await db.executeQuery<{ "QUERY PLAN": string }>(explain);
        plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
      }
      return plans;
    };
    const places = Array.from({ length: PLACES }, (_, index) => `C${index}`);
    for (const options of [
      {},
      { limit: PLACES },
      { quiet: true },
      { except: places },
      { limit: 1, now: minutes(-60) },
    ]) {
      const [look, ...others] = await plansOf(options);
      expect(look).toContain("Index Only Scan using owed_order on owed");
      expect(look).not.toContain("Sort");
      for (const plan of others) expect(plan).not.toContain("Seq Scan on owed");
    }
    // Nothing may be sent. PostgreSQL then starts with the messages, and still never reads all owed rows.
    await database().sql("update messages set retry_at = '2999-01-01T00:00:00.000Z'");
    await database().sql("analyze");
    for (const plan of await plansOf({})) expect(plan).not.toContain("Seq Scan on owed");
    await store.close();
  });
});
