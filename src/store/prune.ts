import type { Kysely } from "kysely";
import type { WatchStore } from "../watch/ports.ts";
import { toColumn } from "./columns.ts";
import { isOwed } from "./owed.ts";
import { BOUND, breathe } from "./pieces.ts";
import type { Schema } from "./schema.ts";

type Table = "history" | "notes" | "alerts" | "groups";

type Ids = readonly { readonly id: string }[];

const endedGroups = (db: Kysely<Schema>, at: string) =>
  db.selectFrom("groups").select("groups.id").where("groups.resolved_at", "<", at);

/** Rows of before then that nothing needs any more. */
const oldRows = async (db: Kysely<Schema>, table: Table, at: string): Promise<Ids> => {
  switch (table) {
    case "history":
      return db.selectFrom("history").select("id").where("at", "<", at).limit(BOUND).execute();
    case "notes":
      return db
        .selectFrom("notes")
        .select("id")
        .where("at", "<", at)
        .where("ts", "is not", null)
        .limit(BOUND)
        .execute();
    case "alerts":
      return db
        .selectFrom("alerts")
        .select("id")
        .where("resolved_at", "<", at)
        .where((is) => is.not(isOwed))
        .where((is) => is.or([is("group_id", "is", null), is("group_id", "in", endedGroups(db, at))]))
        .limit(BOUND)
        .execute();
    case "groups":
      return endedGroups(db, at)
        .where((is) =>
          is.not(is.exists(is.selectFrom("alerts").select("alerts.id").whereRef("alerts.group_id", "=", "groups.id"))),
        )
        .limit(BOUND)
        .execute();
  }
};

const forget = async (db: Kysely<Schema>, table: Table, at: string): Promise<number> => {
  for (let gone = 0; ; await breathe()) {
    const ids = (await oldRows(db, table, at)).map(({ id }) => id);
    if (ids.length > 0) await db.deleteFrom(table).where("id", "in", ids).execute();
    gone += ids.length;
    if (ids.length < BOUND) return gone;
  }
};

/** Forgets what is old, a piece at a time; an alert goes before its group. */
export const createPrune =
  (db: Kysely<Schema>): WatchStore["prune"] =>
  async (before, viewersBefore = before) => {
    const at = toColumn(before);
    let gone = 0;
    for (const table of ["history", "notes", "alerts", "groups"] as const) gone += await forget(db, table, at);
    const unseen = db.deleteFrom("viewers").where("seen_at", "<", toColumn(viewersBefore));
    return gone + Number((await unseen.executeTakeFirstOrThrow()).numDeletedRows);
  };
