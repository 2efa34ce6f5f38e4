import type { Kysely } from "kysely";
import type { GroupMember } from "../watch/group.ts";
import type { ClaimOptions, GroupClaim, OutboxStore } from "../watch/outbox.ts";
import { failing, GIVEN_BACK, isFree, mayBeTried, SUCCEEDED, taking } from "./claiming.ts";
import { alertFromRow, refFromRow } from "./codec.ts";
import { toColumn } from "./columns.ts";
import { groupFromRow, readMembers } from "./group-members.ts";
import { endIfOver, saveLeft } from "./leave-group.ts";
import { addNotes } from "./notes.ts";
import { isOwedByGroup, placeOf } from "./owed.ts";
import { BOUND, inPieces } from "./pieces.ts";
import { saveTold, saveToldElsewhere } from "./save-told.ts";
import type { AlertsTable, GroupsTable, Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";
import { asideUntil } from "./unreadable.ts";
import { isUrgentGroup } from "./urgent.ts";

/** Groups that owe something, with the highest priority of what they owe; the first to be delivered first. */
export const owedGroups = (db: Kysely<Schema>) =>
  db
    .selectFrom("groups")
    .innerJoin(
      (from) =>
        from
          .selectFrom("alerts")
          .select((is) => ["group_id", is.fn.min("priority").as("priority")])
          .where("group_id", "is not", null)
          .where(isOwedByGroup)
          .groupBy("group_id")
          .as("owed"),
      (join) => join.onRef("owed.group_id", "=", "groups.id"),
    )
    .select(["groups.id", "owed.priority"])
    .orderBy("owed.priority")
    .orderBy("groups.opened_at")
    .orderBy("groups.id");

/** Alerts that one message shows: the group owes what any of them owes. */
export const createGroupsPart = ({
  db,
  dialect,
  unreadable,
  leaseOwner,
}: StoreBase): Pick<OutboxStore, "claimGroups" | "saveGroupDelivery" | "releaseGroup" | "saveGroupFailure"> => {
  const take = async (options: ClaimOptions, taken: ReturnType<typeof taking>): Promise<readonly GroupsTable[]> => {
    const { now, limit, urgentOnly, except } = options;
    return db.transaction().execute(async (trx) => {
      const owed = await owedGroups(trx)
        .where(isFree(now))
        .where(mayBeTried(now))
        .$if(urgentOnly, (query) => query.where(isUrgentGroup))
        .$if(except.length > 0, (query) => query.where(placeOf, "not in", except))
        .limit(limit)
        .execute();
      const order = owed.map(({ id }) => id);
      if (order.length === 0) return [];
      const free = trx.selectFrom("groups").selectAll().where("id", "in", order).where(isFree(now));
      const rows = await dialect.lockRows(free.where(mayBeTried(now)), "skip").execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await trx.updateTable("groups").set(taken).where("id", "in", ids).execute();
      return rows.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
    });
  };

  /** One that cannot be read is owed on its own from now on: its group shows the others. */
  const putOut = async (group: string, { id }: AlertsTable, now: Date): Promise<void> => {
    const failed = failing({ error: unreadable.messageOf("alerts", id) ?? "", retryAt: asideUntil(now) });
    await db
      .updateTable("alerts")
      // Nor does it join again, until somebody who can read it saves its cause.
      .set({ group_id: null, cause: null, delivered_revision: 0, ...failed })
      .where("group_id", "=", group)
      .where("id", "=", id)
      .execute();
  };

  const membersOf = async (group: string, now: Date): Promise<readonly GroupMember[]> => {
    const members: GroupMember[] = [];
    for await (const rows of readMembers(db, group))
      for (const row of rows) {
        const alert = unreadable.read("alerts", row.id, () => alertFromRow(row));
        if (alert === undefined) await putOut(group, row, now);
        else
          members.push({
            alert,
            deliveredRevision: row.delivered_revision,
            repliedRevision: row.replied_revision,
            fallbackRevision: row.fallback_revision,
          });
      }
    return members;
  };

  /** Locks the group; undefined when somebody else holds it by now. */
  const held = async (trx: Kysely<Schema>, { group, lease }: GroupClaim): Promise<GroupsTable | undefined> =>
    dialect
      .lockRows(trx.selectFrom("groups").selectAll().where("id", "=", group.id).where("lease", "=", lease), "wait")
      .executeTakeFirst();

  return {
    claimGroups: async (options) => {
      const taken = taking(options, leaseOwner());
      const claims: GroupClaim[] = [];
      for (const row of await take(options, taken))
        claims.push({
          group: groupFromRow(row),
          // What joins or changes while they are read is owed after this delivery.
          members: await membersOf(row.id, options.now),
          ref: refFromRow(row),
          failures: row.failures,
          lease: taken.lease,
        });
      return claims;
    },

    saveGroupDelivery: async (claim, done) =>
      db.transaction().execute(async (trx) => {
        const { id } = claim.group;
        const row = await dialect
          .lockRows(trx.selectFrom("groups").select(["lease", "ts"]).where("id", "=", id), "wait")
          .executeTakeFirst();
        // Slack took it, so it counts even when it took longer than the lease; but a faster one's post stands.
        if (row === undefined || (done.kind === "post" && row.lease !== claim.lease && row.ts !== null)) return;
        const noticed = done.kind === "post" || (done.kind === "reply" && done.notice);
        await trx
          .updateTable("groups")
          .set({
            ...SUCCEEDED,
            ...(done.kind !== "reply" && { channel: done.ref.channel, ts: done.ref.ts }),
            ...(noticed && { spoke_at: toColumn(done.at) }),
          })
          .where("id", "=", id)
          .execute();
        const leaving = new Set(done.leaving);
        const members = claim.members.filter(({ alert }) => !leaving.has(alert.id));
        await saveTold(trx, { dialect, unreadable }, { ...claim, members }, done.kind);
        await saveLeft(trx, claim.group, [...leaving], done.kind);
        await endIfOver(trx, id, toColumn(done.at));
      }),

    releaseGroup: async (claim, { leave, resolved }) =>
      db.transaction().execute(async (trx) => {
        const row = await held(trx, claim);
        if (row === undefined) return;
        const { id } = claim.group;
        for await (const ids of inPieces(leave, BOUND))
          await trx
            .updateTable("alerts")
            .set({ group_id: null, delivered_revision: 0, ...SUCCEEDED })
            .where("group_id", "=", id)
            .where("id", "in", ids)
            .execute();
        await trx.updateTable("groups").set(GIVEN_BACK).where("id", "=", id).execute();
        // Others may have joined since it was claimed.
        if (resolved) await endIfOver(trx, id, row.claimed_at ?? row.opened_at);
      }),

    saveGroupFailure: async (claim, { notes = [], ...failure }) =>
      db.transaction().execute(async (trx) => {
        if ((await held(trx, claim)) === undefined) return;
        await trx.updateTable("groups").set(failing(failure)).where("id", "=", claim.group.id).execute();
        if (notes.length === 0) return;
        await saveToldElsewhere(trx, claim);
        await addNotes(trx, notes);
      }),
  };
};
