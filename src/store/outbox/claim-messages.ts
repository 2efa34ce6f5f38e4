import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import type { ClaimOptions, MessageClaim, Outbox } from "../../outbox/outbox.ts";
import { latestOf, taking } from "../claiming.ts";
import { toColumn } from "../tables/columns.ts";
import { isDue } from "./due.ts";
import { DECODED, inBatches } from "../tables/batches.ts";
import { readDelivery } from "./read-delivery.ts";
import type { Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Claims the most urgent message of each place. */
export function createClaimMessages(base: StoreBase): Outbox["claim"] {
  const { db, dialect, leaseOwner } = base;

  const take = async (options: ClaimOptions) =>
    db.transaction().execute(async (trx) => {
      const chosen = await choose(trx, options);
      if (chosen.length === 0) return { rows: [], taken: undefined };
      const free = trx
        .selectFrom("messages")
        .selectAll()
        .where("id", "in", chosen)
        .where(isReady(options.now))
        .orderBy("id");
      const rows = await dialect.lockRows(free, "skip").execute();
      const taken = taking(options, leaseOwner());
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await trx.updateTable("messages").set(taken).where("id", "in", ids).execute();
      return { rows: rows.toSorted((a, b) => chosen.indexOf(a.id) - chosen.indexOf(b.id)), taken };
    });

  return async (options) => {
    for (;;) {
      const { rows, taken } = await take(options);
      const claims: MessageClaim[] = [];
      // The claim comes first, then the owed rows, then the alerts. A change after the claim adds an owed row of its
      // own, so it is not lost.
      for await (const piece of inBatches(rows, DECODED))
        for (const row of piece) {
          const delivery = await readDelivery(base, { ...row, ...taken }, options.now);
          if (delivery !== undefined && taken !== undefined)
            claims.push({ ...delivery, lease: taken.lease, claimedAt: options.now });
        }
      // Unreadable messages are set aside, so another pass can reach the messages behind them.
      if (claims.length > 0 || rows.length === 0) return claims;
    }
  };
}

/**
 * SQL that is true for rows that quiet hours do not delay: critical rows, people's answers in a message that Slack
 * already shows, and people's actions in a renewal, because the person waits for its message.
 */
export const isSentInQuietHours: RawBuilder<SqlBool> = sql<SqlBool>`
  (owed.priority = 1 or (owed.priority = 0 and (messages.ts is not null or messages.kind = 'renewal')))`;

/** The largest number of owed rows to read at a time. A claim of few messages reads fewer. */
const LOOK = 200;

interface Looked {
  readonly id: string;
  readonly priority: number;
  readonly at: string;
  readonly message: string;
  readonly place: string;
}

/** Returns message IDs, at most one for each place, in the order of their first due row. */
async function choose(trx: Kysely<Schema>, { now, limit, quiet, except }: ClaimOptions): Promise<readonly string[]> {
  const places = new Set(except);
  const chosen: string[] = [];
  const size = Math.min(LOOK, 4 * limit);
  for (let last: Looked | undefined; ;) {
    const rows: readonly Looked[] = await look(trx, { now, quiet, except: [...places], size, last });
    for (const { message, place } of rows) {
      if (chosen.length === limit) return chosen;
      if (places.has(place)) continue;
      places.add(place);
      chosen.push(message);
    }
    if (rows.length < size) return chosen;
    last = rows.at(-1);
  }
}

interface Look extends Pick<ClaimOptions, "now" | "quiet" | "except"> {
  readonly size: number;
  /** The last row of the previous batch. */
  readonly last: Looked | undefined;
}

async function look(trx: Kysely<Schema>, { now, quiet, except, size, last }: Look): Promise<readonly Looked[]> {
  const place = sql<string>`coalesce(messages.channel, messages.route)`;
  return trx
    .selectFrom("owed")
    .innerJoin("messages", "messages.id", "owed.message_id")
    .select(["owed.id", "owed.priority", "owed.at", "messages.id as message", place.as("place")])
    .where(isDue(now))
    .where(isReady(now))
    .$if(quiet, (query) => query.where(isSentInQuietHours))
    .$if(except.length > 0, (query) => query.where(place, "not in", except))
    .$if(last !== undefined, (query) =>
      query.where(sql<SqlBool>`(owed.priority, owed.at, owed.id) > (${last?.priority}, ${last?.at}, ${last?.id})`),
    )
    .orderBy("owed.priority")
    .orderBy("owed.at")
    .orderBy("owed.id")
    .limit(size)
    .execute();
}

/** True for a message that no program has claimed and that does not wait for a retry. */
function isReady(now: Date): RawBuilder<SqlBool> {
  const [at, latest] = [toColumn(now), latestOf(now)];
  return sql<SqlBool>`
    (messages.claimed_at > ${latest}
      or ((messages.lease_until is null or messages.lease_until <= ${at})
        and (messages.retry_at is null or messages.retry_at <= ${at})))`;
}
