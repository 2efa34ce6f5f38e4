import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { DeliveryClaim } from "../watch/outbox.ts";
import type { WatchStore } from "../watch/ports.ts";
import { alertFromRow, channelOf, refFromRow, repliesFromRow, repliesToColumn, toColumn } from "./codec.ts";
import type { Schema } from "./schema.ts";
import type { StoreDialect } from "./store-dialect.ts";

/** Written out, not bound: the index of undelivered alerts is used only for the words it was made with. */
const NO_REPLIES = sql<string>`'[]'`;

const owedAlerts = (db: Kysely<Schema>) =>
  db
    .selectFrom("alerts")
    .selectAll()
    .where((is) => is.or([is("delivered_revision", "<", is.ref("revision")), is("replies", "<>", NO_REPLIES)]))
    .orderBy("opened_at")
    .orderBy("id");

/** The half of the store that deliveries use: alerts whose message or replies Slack does not have yet. */
export const createOutboxPart = (
  db: Kysely<Schema>,
  dialect: StoreDialect,
): Pick<
  WatchStore,
  "claimUndelivered" | "saveDelivery" | "releaseDelivery" | "saveDeliveryFailure" | "listUndelivered"
> => ({
  claimUndelivered: async ({ now, leaseMs, limit }) => {
    const at = toColumn(now);
    const lease = randomUUID();
    return db.transaction().execute(async (trx) => {
      const owed = owedAlerts(trx)
        .where((is) => is.or([is("retry_at", "is", null), is("retry_at", "<=", at)]))
        .where((is) => is.or([is("lease_until", "is", null), is("lease_until", "<=", at)]))
        .limit(limit);
      const rows = await dialect.lockRows(owed, "skip").execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return [];
      await trx
        .updateTable("alerts")
        .set({ lease, lease_until: toColumn(new Date(now.getTime() + leaseMs)) })
        .where("id", "in", ids)
        .execute();
      return rows.map((row): DeliveryClaim => ({
        alert: alertFromRow(row),
        ref: refFromRow(row),
        deliveredRevision: row.delivered_revision,
        repliedRevision: row.replied_revision,
        failures: row.failures,
        lease,
      }));
    });
  },

  saveDelivery: async (claim, done) =>
    db.transaction().execute(async (trx) => {
      const { id } = claim.alert;
      const row = await dialect
        .lockRows(trx.selectFrom("alerts").selectAll().where("id", "=", id), "wait")
        .executeTakeFirst();
      if (row === undefined) return;
      // Slack took it, so it counts even when it took longer than the lease; but it undoes nothing of a faster one.
      const late = row.lease !== claim.lease;
      const message = done.kind !== "reply";
      if (message && late && row.delivered_revision >= done.revision) return;
      const replied = done.kind === "edit" ? row.replied_revision : Math.max(row.replied_revision, done.revision);
      await trx
        .updateTable("alerts")
        .set({
          replied_revision: replied,
          // Read again here, because a round may have added one since the claim.
          replies: repliesToColumn(repliesFromRow(row).filter((reply) => reply.revision > replied)),
          failures: 0,
          retry_at: null,
          last_error: null,
          ...(message && {
            delivered_revision: Math.max(row.delivered_revision, done.revision),
            channel: done.ref.channel,
            ts: done.ref.ts,
          }),
        })
        .where("id", "=", id)
        .execute();
    }),

  releaseDelivery: async (claim) => {
    await db
      .updateTable("alerts")
      .set({ lease: null, lease_until: null })
      .where("id", "=", claim.alert.id)
      .where("lease", "=", claim.lease)
      .execute();
  },

  saveDeliveryFailure: async (claim, { error, retryAt }) => {
    await db
      .updateTable("alerts")
      .set((is) => ({
        failures: is("failures", "+", 1),
        retry_at: toColumn(retryAt),
        last_error: error,
        lease: null,
        lease_until: null,
      }))
      .where("id", "=", claim.alert.id)
      .where("lease", "=", claim.lease)
      .execute();
  },

  listUndelivered: async () => {
    const rows = await owedAlerts(db).execute();
    return rows.map((row) => ({ watch: row.watch, channel: channelOf(row), error: row.last_error }));
  },
});
