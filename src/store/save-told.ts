import { type Kysely, sql } from "kysely";
import type { GroupClaim } from "../watch/outbox.ts";
import { repliesFromRow, repliesToColumns } from "./codec.ts";
import { NO_REPLIES } from "./owed.ts";
import { BOUND, DECODED, inPieces } from "./pieces.ts";
import type { AlertsTable, Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";

/** What Slack took of a group: a post says everything, an edit changes the message, a reply tells the thread. */
type Told = "post" | "edit" | "reply";

const alikeOf = ({ members }: Pick<GroupClaim, "members">) => Map.groupBy(members, ({ alert }) => alert.revision);

/** Notes of a group's alerts that a note says elsewhere how they are now. */
export const saveToldElsewhere = async (trx: Kysely<Schema>, claim: GroupClaim): Promise<void> => {
  for (const [revision, same] of alikeOf(claim))
    for await (const piece of inPieces(same, BOUND))
      await trx
        .updateTable("alerts")
        .set({ fallback_revision: revision })
        .where("group_id", "=", claim.group.id)
        .where(
          "id",
          "in",
          piece.map(({ alert }) => alert.id),
        )
        .execute();
};

type RestRow = Pick<AlertsTable, "id" | "watch" | "severity" | "replies">;

/**
 * Notes of a group's alerts what Slack has now, thousands in a few statements: those of one revision are alike, unless a
 * round has raised it since.
 */
export const saveTold = async (
  trx: Kysely<Schema>,
  dialect: StoreDialect,
  { group, members }: GroupClaim,
  kind: Told,
): Promise<void> => {
  const these = (ids: readonly string[]) =>
    trx.updateTable("alerts").where("group_id", "=", group.id).where("id", "in", ids);

  const showMessage = async (ids: readonly string[], revision: number): Promise<void> => {
    await these(ids).set({ delivered_revision: revision }).where("delivered_revision", "<", revision).execute();
  };

  /** Those that changed since they were claimed still owe the replies that came with it. */
  const keepRest = async (ids: readonly string[], revision: number): Promise<void> => {
    const changed = trx
      .selectFrom("alerts")
      .select(["id", "watch", "severity", "replies"])
      .where("group_id", "=", group.id)
      .where("id", "in", ids)
      .where("revision", ">", revision)
      .where("replied_revision", "<", revision);
    const rows = await dialect.lockRows(changed, "wait").execute();
    for await (const piece of inPieces<RestRow>(rows, DECODED))
      for (const row of piece) {
        const owed = repliesFromRow(row).filter((reply) => reply.revision > revision);
        const columns = { replied_revision: revision, ...repliesToColumns(row.severity, owed) };
        await trx.updateTable("alerts").set(columns).where("id", "=", row.id).execute();
      }
  };

  const tellThread = async (ids: readonly string[], revision: number): Promise<void> => {
    await these(ids)
      .set({
        replied_revision: revision,
        replies: NO_REPLIES,
        priority: sql<number>`case when severity = 'critical' then 1 else 2 end`,
      })
      .where("revision", "=", revision)
      .execute();
    // After that: whoever was to raise one of them waits now, and those raised before are found here.
    await keepRest(ids, revision);
  };

  for (const [revision, same] of alikeOf({ members }))
    for await (const piece of inPieces(same, BOUND)) {
      const ids = piece.map(({ alert }) => alert.id);
      if (kind !== "reply") await showMessage(ids, revision);
      if (kind !== "edit") await tellThread(ids, revision);
    }
};
