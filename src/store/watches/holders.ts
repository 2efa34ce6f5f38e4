import { sql, type SqlBool } from "kysely";
import type { WatchStore } from "../../watch/ports.ts";
import type { StoreBase } from "../store-base.ts";
import { PLAIN, readInBatches } from "../tables/batches.ts";
import { stateFromRow } from "../tables/codec.ts";
import type { WatchesTable } from "../tables/schema.ts";

/** Finds watches by the token of their last answer. The database compares text, so only their rows are read in full. */
export function createHolders({ db, unreadable }: Pick<StoreBase, "db" | "unreadable">): WatchStore["holders"] {
  return async (fingerprints) => {
    const wanted = fingerprints.filter((fingerprint) => FINGERPRINT.test(fingerprint));
    const found = new Map<string, string[]>(wanted.map((fingerprint) => [fingerprint, []]));
    if (wanted.length === 0) return found;
    const mayHold = sql<SqlBool>`(${sql.join(
      wanted.map((fingerprint) => sql`verdict like ${`%"fingerprint":"${fingerprint}"%`}`),
      sql` or `,
    )})`;
    const rows = readInBatches<Row>(PLAIN, async (last, size) => {
      const next = db
        .selectFrom("watches")
        .select(["name", sql<number>`case when ${mayHold} then 1 else 0 end`.as("held")])
        .orderBy("name")
        .limit(size);
      return (last === undefined ? next : next.where("name", ">", last.name)).execute();
    });
    for await (const batch of rows) {
      const names = batch.flatMap(({ name, held }) => (held === 1 ? [name] : []));
      if (names.length === 0) continue;
      for (const row of await db.selectFrom("watches").selectAll().where("name", "in", names).orderBy("name").execute())
        found.get(fingerprintIn(row) ?? "")?.push(row.name);
    }
    return found;
  };

  function fingerprintIn(row: WatchesTable): string | undefined {
    return unreadable.read("watches", row.name, () => stateFromRow(row))?.verdict?.token?.fingerprint;
  }
}

const FINGERPRINT = /^[0-9a-f]{12}$/;

interface Row {
  readonly name: string;
  readonly held: number;
}
