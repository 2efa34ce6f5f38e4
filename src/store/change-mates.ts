import type { Kysely } from "kysely";
import type { Alert } from "../watch/alert.ts";
import type { AlertChange } from "../watch/ports.ts";
import { saveChanges } from "./alerts.ts";
import { alertFromRow } from "./codec.ts";
import { readMembers } from "./group-members.ts";
import type { Schema } from "./schema.ts";
import type { StoreBase } from "./store-base.ts";

/**
 * Changes the other open alerts of an alert's group that people were told of. Who is just being changed is left out: two
 * that wait for each other's alerts would never end.
 */
export const changeMates = async (
  trx: Kysely<Schema>,
  base: StoreBase,
  id: string,
  change: (mate: Alert) => AlertChange | undefined,
): Promise<void> => {
  const own = await trx.selectFrom("alerts").select("group_id").where("id", "=", id).executeTakeFirst();
  const group = own?.group_id ?? null;
  if (group === null) return;
  for await (const rows of readMembers(trx, group, (query) => base.dialect.lockRows(query, "skip"))) {
    const mates = rows
      .filter((row) => row.id !== id && row.resolved_at === null && row.replied_revision > 0)
      .flatMap((row) => base.unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? []);
    await saveChanges(
      trx,
      base,
      mates.flatMap((mate) => change(mate) ?? []),
    );
  }
};
