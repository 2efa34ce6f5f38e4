import type { Kysely } from "kysely";
import type { WatchStore } from "../../watch/ports.ts";
import { toColumn } from "../tables/columns.ts";
import type { Schema } from "../tables/schema.ts";

/** Remembers the people who opened the bot's Home. */
export function createViewersPart(db: Kysely<Schema>): Pick<WatchStore, "rememberViewer" | "viewers"> {
  return {
    rememberViewer: async (user, now) => {
      const seen_at = toColumn(now);
      await db
        .insertInto("viewers")
        .values({ user_id: user, seen_at })
        .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ seen_at }))
        .execute();
    },

    viewers: async ({ since, limit }) => {
      const rows = await db
        .selectFrom("viewers")
        .select("user_id")
        .where("seen_at", ">=", toColumn(since))
        .orderBy("seen_at", "desc")
        .orderBy("user_id")
        .limit(limit)
        .execute();
      return rows.map(({ user_id }) => user_id);
    },
  };
}
