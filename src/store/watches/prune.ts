import type { Kysely } from "kysely";
import type { WatchStore } from "../../watch/ports.ts";
import { toColumn } from "../tables/columns.ts";
import { BOUND, breathe } from "../tables/batches.ts";
import type { Schema } from "../tables/schema.ts";

/** Deletes old rows without owed rows, in batches. An alert or renewal is deleted before its message. */
export function createPrune(db: Kysely<Schema>): WatchStore["prune"] {
  return async (before, viewersBefore = before) => {
    const at = toColumn(before);
    let gone = 0;
    for (const table of ["history", "alerts", "renewals", "messages"] as const) gone += await forget(db, table, at);
    const unseen = db.deleteFrom("viewers").where("seen_at", "<", toColumn(viewersBefore));
    const unused = db.deleteFrom("graph_budgets").where("saved_at", "<", at);
    for (const rows of [unseen, unused]) gone += Number((await rows.executeTakeFirstOrThrow()).numDeletedRows);
    return gone;
  };
}

type Table = "history" | "alerts" | "renewals" | "messages";

async function forget(db: Kysely<Schema>, table: Table, at: string): Promise<number> {
  for (let gone = 0; ; await breathe()) {
    const ids = (await oldRows(db, table, at)).map(({ id }) => id);
    if (ids.length > 0) {
      if (table === "alerts") await db.deleteFrom("mentions").where("alert_id", "in", ids).execute();
      await db.deleteFrom(table).where("id", "in", ids).execute();
    }
    gone += ids.length;
    if (ids.length < BOUND) return gone;
  }
}

async function oldRows(db: Kysely<Schema>, table: Table, at: string): Promise<readonly { readonly id: string }[]> {
  switch (table) {
    case "history":
      return db.selectFrom("history").select("id").where("at", "<", at).limit(BOUND).execute();
    case "alerts":
      return oldAlerts(db, at).limit(BOUND).execute();
    case "renewals":
      return oldRenewals(db, at).limit(BOUND).execute();
    case "messages":
      return oldMessages(db, at).limit(BOUND).execute();
  }
}

/**
 * Alerts that ended long ago and have no owed rows. The alerts of a group are deleted together, because one message
 * shows all of them.
 */
function oldAlerts(db: Kysely<Schema>, at: string) {
  return db
    .selectFrom("alerts")
    .select("alerts.id")
    .where("resolved_at", "<", at)
    .where((is) =>
      is.not(is.exists(is.selectFrom("owed").select("owed.id").whereRef("owed.alert_id", "=", "alerts.id"))),
    )
    .where((is) => {
      const owing = is.selectFrom("owed").select("owed.id").whereRef("owed.message_id", "=", "alerts.message_id");
      const beside = is
        .selectFrom("alerts as beside")
        .select("beside.id")
        .whereRef("beside.message_id", "=", "alerts.message_id")
        .where((of) => of.or([of("beside.resolved_at", "is", null), of("beside.resolved_at", ">=", at)]));
      return is.and([is.not(is.exists(owing)), is.not(is.exists(beside))]);
    });
}

/** Renewals that ended long ago, have no owed rows, and left no old token beside the new one. */
function oldRenewals(db: Kysely<Schema>, at: string) {
  return db
    .selectFrom("renewals")
    .select("renewals.id")
    .where("ended_at", "<", at)
    .where("previous_kept", "=", 0)
    .where((is) => {
      // The message of a renewal has its ID.
      const owing = is.selectFrom("owed").select("owed.id").whereRef("owed.message_id", "=", "renewals.id");
      return is.not(is.exists(owing));
    });
}

/** Messages without alerts of their own, without a renewal, without mentioned alerts and without owed rows. */
function oldMessages(db: Kysely<Schema>, at: string) {
  return db
    .selectFrom("messages")
    .select("messages.id")
    .where("created_at", "<", at)
    .where((is) => {
      const living = is.selectFrom("alerts").select("alerts.id").whereRef("alerts.message_id", "=", "messages.id");
      const listed = is
        .selectFrom("mentions")
        .select("mentions.alert_id")
        .whereRef("mentions.message_id", "=", "messages.id");
      const owing = is.selectFrom("owed").select("owed.id").whereRef("owed.message_id", "=", "messages.id");
      const renewed = is.selectFrom("renewals").select("renewals.id").whereRef("renewals.id", "=", "messages.subject");
      return is.and([living, listed, owing, renewed].map((rows) => is.not(is.exists(rows))));
    });
}
