import { type Kysely, sql, type SqlBool } from "kysely";
import type { Group } from "../watch/group.ts";
import { SUCCEEDED } from "./claiming.ts";
import { BOUND, inPieces } from "./pieces.ts";
import type { Schema } from "./schema.ts";

/** What the group has of an alert no more, by what Slack took. */
const FORGOTTEN = {
  post: { delivered_revision: 0, replied_revision: 0 },
  edit: { delivered_revision: 0 },
  reply: { replied_revision: 0 },
} as const;

/**
 * Notes that a group's message or thread tells of these alerts no more. One that neither does leaves the group here, in
 * the transaction that notes it, and is owed on its own as new: until then the group owes it, whatever happens between.
 */
export const saveLeft = async (
  trx: Kysely<Schema>,
  group: Pick<Group, "id" | "cause">,
  leaving: readonly string[],
  kind: keyof typeof FORGOTTEN,
): Promise<void> => {
  for await (const ids of inPieces(leaving, BOUND)) {
    const these = trx.updateTable("alerts").where("group_id", "=", group.id).where("id", "in", ids);
    await these.set(FORGOTTEN[kind]).execute();
    await these
      .set({ group_id: null, ...SUCCEEDED })
      .where("delivered_revision", "=", 0)
      .where("replied_revision", "=", 0)
      // A round may have brought it back meanwhile, or ended it: then it stays, and the group owes it as new.
      .where("resolved_at", "is", null)
      .where(sql<SqlBool>`(cause is null or cause <> ${group.cause})`)
      .execute();
  }
};

/** Closes a group that has no open alert: no more may join. */
export const endIfOver = async (trx: Kysely<Schema>, id: string, at: string): Promise<void> => {
  const alive = await trx
    .selectFrom("alerts")
    .select("id")
    .where("group_id", "=", id)
    .where("resolved_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  if (alive === undefined)
    await trx
      .updateTable("groups")
      .set({ resolved_at: at })
      .where("id", "=", id)
      .where("resolved_at", "is", null)
      .execute();
};
