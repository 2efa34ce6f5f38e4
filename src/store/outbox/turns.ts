import { type Kysely, sql } from "kysely";
import { isWaiting } from "../../token/set-back.ts";
import type { Outbox } from "../../outbox/outbox.ts";
import { latestOf } from "../claiming.ts";
import { toColumn } from "../tables/columns.ts";
import type { ChannelSlotsTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Reserves sending times for each channel, shared by all replicas. */
export function createTurns({ db, dialect }: StoreBase): Pick<Outbox, "reserveTurn" | "delayChannel"> {
  return {
    reserveTurn: async (channel, now, paceMs) =>
      db.transaction().execute(async (trx) => {
        await addChannel(trx, channel);
        const row = await dialect
          .lockRows(trx.selectFrom("channel_slots").selectAll().where("channel", "=", channel), "wait")
          .executeTakeFirst();
        const slot = nextSlot(row, now);
        const delayed = row?.delayed_until ?? null;
        await trx
          .updateTable("channel_slots")
          .set({
            asked_at: toColumn(now),
            next_at: toColumn(new Date(slot + paceMs)),
            // A wait past this slot was saved before the clock was set back, so it is removed.
            delayed_until: timeOf(delayed) > slot ? null : delayed,
          })
          .where("channel", "=", channel)
          .execute();
        return new Date(slot);
      }),

    delayChannel: async (channel, until) =>
      db.transaction().execute(async (trx) => {
        const at = toColumn(until);
        await addChannel(trx, channel);
        await trx
          .updateTable("channel_slots")
          .set({ delayed_until: sql`case when delayed_until > ${at} then delayed_until else ${at} end` })
          .where("channel", "=", channel)
          .execute();
      }),
  };
}

/** No program reserves a slot this far ahead. A later slot was written by a wrong clock and would block the channel. */
const FURTHEST_MS = 5 * 60_000;

function timeOf(text: string | null): number {
  return text === null ? 0 : new Date(text).getTime();
}

/** The next slot of a channel, in milliseconds since the epoch. */
function nextSlot(row: ChannelSlotsTable | undefined, now: Date): number {
  const asked = row?.asked_at ?? null;
  // The clock was set back after the last reservation, so the saved slot is not valid.
  if (row === undefined || (asked !== null && asked > latestOf(now))) return now.getTime();
  const from = Math.max(now.getTime(), timeOf(row.delayed_until));
  const next = timeOf(row.next_at);
  return isWaiting(next, from, FURTHEST_MS) ? next : from;
}

async function addChannel(trx: Kysely<Schema>, channel: string): Promise<void> {
  await trx
    .insertInto("channel_slots")
    .values({ channel })
    .onConflict((conflict) => conflict.column("channel").doNothing())
    .execute();
}
