import type { DeliveryClaim, OutboxStore } from "../watch/outbox.ts";
import { failing, GIVEN_BACK, isFree, mayBeTried, SUCCEEDED, taking } from "./claiming.ts";
import { alertFromRow, refFromRow, repliesFromRow, repliesToColumns } from "./codec.ts";
import { addNotes } from "./notes.ts";
import { isOwed, isToJoin, placeOf } from "./owed.ts";
import { DECODED, inPieces } from "./pieces.ts";
import type { AlertsTable } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";
import { asideUntil, takeReadable } from "./unreadable.ts";
import { isUrgent } from "./urgent.ts";

/** Alerts with a message of their own, or that shall have one. */
export const createOutboxPart = ({
  db,
  dialect,
  unreadable,
  leaseOwner,
}: StoreBase): Pick<
  OutboxStore,
  "claimUndelivered" | "saveDelivery" | "releaseDelivery" | "giveUpMessage" | "saveDeliveryFailure"
> => ({
  claimUndelivered: async (options) => {
    const { now, urgentOnly, except } = options;
    const taken = taking(options, leaseOwner());
    const take = async (limit: number) =>
      db.transaction().execute(async (trx) => {
        const owed = trx
          .selectFrom("alerts")
          .selectAll()
          .where("group_id", "is", null)
          .where(isOwed)
          .where(isFree(now))
          .where(mayBeTried(now))
          .where((is) => is.not(isToJoin))
          .$if(urgentOnly, (query) => query.where(isUrgent))
          .$if(except.length > 0, (query) => query.where(placeOf, "not in", except))
          .orderBy("priority")
          .orderBy("opened_at")
          .orderBy("id")
          .limit(limit);
        const found = await dialect.lockRows(owed, "skip").execute();
        const ids = found.map(({ id }) => id);
        if (ids.length > 0) await trx.updateTable("alerts").set(taken).where("id", "in", ids).execute();
        return found;
      });
    const claimOf = async (row: AlertsTable): Promise<DeliveryClaim | undefined> => {
      const alert = unreadable.read("alerts", row.id, () => alertFromRow(row));
      if (alert === undefined) {
        const error = unreadable.messageOf("alerts", row.id) ?? "";
        const failed = db.updateTable("alerts").set(failing({ error, retryAt: asideUntil(now) }));
        await failed.where("id", "=", row.id).where("lease", "=", taken.lease).execute();
        return undefined;
      }
      return {
        alert,
        ref: refFromRow(row),
        deliveredRevision: row.delivered_revision,
        repliedRevision: row.replied_revision,
        failures: row.failures,
        fallbackRevision: row.fallback_revision,
        lease: taken.lease,
      };
    };
    return takeReadable(options.limit, async (limit) => {
      const rows = await take(limit);
      const readable: DeliveryClaim[] = [];
      for await (const piece of inPieces(rows, DECODED))
        for (const row of piece) {
          const claim = await claimOf(row);
          if (claim !== undefined) readable.push(claim);
        }
      return { taken: rows.length, readable };
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
      // Read again here, because a round may have added one since the claim.
      const replies = unreadable.read("alerts", id, () => repliesFromRow(row));
      const owed = replies?.filter(({ revision }) => revision > replied);
      await trx
        .updateTable("alerts")
        .set({
          replied_revision: replied,
          ...(owed !== undefined && repliesToColumns(row.severity, owed)),
          ...SUCCEEDED,
          ...(message && {
            delivered_revision: Math.max(row.delivered_revision, done.revision),
            channel: done.ref.channel,
            ts: done.ref.ts,
            // Put into a group after its lease had ended, while Slack still took its own message: that one stands.
            group_id: null,
          }),
        })
        .where("id", "=", id)
        .execute();
    }),

  releaseDelivery: async (claim) => {
    await db
      .updateTable("alerts")
      .set(GIVEN_BACK)
      .where("id", "=", claim.alert.id)
      .where("lease", "=", claim.lease)
      .execute();
  },

  giveUpMessage: async (claim) => {
    await db
      .updateTable("alerts")
      .set({ ...GIVEN_BACK, ...SUCCEEDED, channel: null, ts: null, delivered_revision: 0 })
      .where("id", "=", claim.alert.id)
      .where("lease", "=", claim.lease)
      .execute();
  },

  saveDeliveryFailure: async (claim, { notes = [], ...failure }) =>
    db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("alerts")
        .set({ ...failing(failure), ...(notes.length > 0 && { fallback_revision: claim.alert.revision }) })
        .where("id", "=", claim.alert.id)
        .where("lease", "=", claim.lease)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows > 0n) await addNotes(trx, notes);
    }),
});
