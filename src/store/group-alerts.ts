import type { Kysely } from "kysely";
import type { GroupCandidate, Grouping } from "../watch/group.ts";
import type { OutboxStore } from "../watch/outbox.ts";
import { isFree, SUCCEEDED } from "./claiming.ts";
import { toColumn } from "./columns.ts";
import { BOUND, inPieces, PLAIN, readInPieces } from "./pieces.ts";
import type { GroupsTable, Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";

const keyOf = (cause: string | null, channel: string): string => JSON.stringify([cause, channel]);

interface Shared {
  readonly id: string;
  readonly cause: string | null;
  readonly card_channel: string;
  readonly group_id: string | null;
}

/** Open alerts whose cause others may share. */
const sharing = (db: Kysely<Schema>) =>
  db
    .selectFrom("alerts")
    .select(["id", "cause", "card_channel", "group_id"])
    .where("resolved_at", "is", null)
    .where("cause", "is not", null)
    .orderBy("id");

/** Puts alerts that were never posted into groups. */
export const createGroupAlerts = ({ db, dialect }: StoreBase): OutboxStore["groupAlerts"] => {
  const readAll = async (query: ReturnType<typeof sharing>, lock: boolean): Promise<readonly Shared[]> => {
    const found: Shared[] = [];
    const rows = readInPieces<Shared>(PLAIN, async (last, size) => {
      const next = (last === undefined ? query : query.where("id", ">", last.id)).limit(size);
      return (lock ? dialect.lockRows(next, "wait") : next).execute();
    });
    for await (const piece of rows) found.push(...piece);
    return found;
  };

  /** Locked: nobody posts them meanwhile, and another replica that groups waits here and then finds them settled. */
  const readLoose = async (trx: Kysely<Schema>, now: Date): Promise<readonly Shared[]> =>
    readAll(sharing(trx).where("ts", "is", null).where("group_id", "is", null).where(isFree(now)), true);

  /** All open alerts that share cause and channel with a loose one. */
  const readCandidates = async (trx: Kysely<Schema>, loose: readonly Shared[]): Promise<readonly GroupCandidate[]> => {
    const wanted = new Set(loose.map(({ cause, card_channel }) => keyOf(cause, card_channel)));
    const free = new Set(loose.map(({ id }) => id));
    const alike = (await readAll(sharing(trx), false)).filter((row) => wanted.has(keyOf(row.cause, row.card_channel)));
    const groups = await readGroups(trx, alike);
    return alike.flatMap(({ id, cause, card_channel, group_id }): readonly GroupCandidate[] => {
      if (cause === null) return [];
      // One that will leave its group, because its cause is another one now, says nothing of that group.
      const joined = group_id !== null && groups.get(group_id) === cause ? group_id : null;
      return [{ id, cause, channel: card_channel, settled: !free.has(id), group: joined }];
    });
  };

  /** The causes of the open groups that some are in. */
  const readGroups = async (trx: Kysely<Schema>, rows: readonly Shared[]): Promise<ReadonlyMap<string, string>> => {
    const ids = new Set(rows.map(({ group_id }) => group_id).filter((id) => id !== null));
    const causes = new Map<string, string>();
    for await (const piece of inPieces([...ids], BOUND)) {
      const open = trx.selectFrom("groups").select(["id", "cause"]).where("id", "in", piece);
      for (const { id, cause } of await open.where("resolved_at", "is", null).execute()) causes.set(id, cause);
    }
    return causes;
  };

  /** True when the group is there and open; it stays so until the transaction ends. */
  const openGroup = async (trx: Kysely<Schema>, { group, cause, channel }: Grouping, now: Date): Promise<boolean> => {
    const row: Pick<GroupsTable, "id" | "cause" | "card_channel" | "opened_at" | "failures"> = {
      id: group,
      cause,
      card_channel: channel,
      opened_at: toColumn(now),
      failures: 0,
    };
    await trx
      .insertInto("groups")
      .values(row)
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    const stored = await dialect
      .lockRows(trx.selectFrom("groups").select("resolved_at").where("id", "=", group), "wait")
      .executeTakeFirst();
    return stored?.resolved_at === null;
  };

  return async (plan, now) =>
    db.transaction().execute(async (trx) => {
      const loose = await readLoose(trx, now);
      if (loose.length === 0) return 0;
      const free = new Set(loose.map(({ id }) => id));
      let joined = 0;
      for (const grouping of plan(await readCandidates(trx, loose))) {
        const joining = grouping.alerts.filter((id) => free.delete(id));
        // Its last alert was resolved meanwhile: they are planned for again at the next delivery.
        if (joining.length === 0 || !(await openGroup(trx, grouping, now))) continue;
        for await (const ids of inPieces(joining, BOUND))
          await trx
            .updateTable("alerts")
            .set({ group_id: grouping.group, delivered_revision: 0, replied_revision: 0, ...SUCCEEDED })
            .where("id", "in", ids)
            .execute();
        joined += joining.length;
      }
      return joined;
    });
};
