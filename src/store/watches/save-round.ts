import type { Kysely } from "kysely";
import type { Alert } from "../../alert/alert.ts";
import type { StoredChange, WatchStore } from "../../watch/ports.ts";
import { isShownIn, isUnchanged } from "./alerts.ts";
import { GIVEN_BACK } from "../claiming.ts";
import { alertFromRow, stateToColumns } from "../tables/codec.ts";
import { toColumn } from "../tables/columns.ts";
import { addHistory } from "./history.ts";
import { addMessages } from "../outbox/new-messages.ts";
import { DECODED, readInBatches } from "../tables/batches.ts";
import { saveChanges } from "./save-changes.ts";
import type { AlertsTable, Schema } from "../tables/schema.ts";
import type { StoreBase } from "../store-base.ts";

/** Saves the result of an inspection with all its consequences, in one transaction. */
export function createSaveRound(base: StoreBase): WatchStore["saveRound"] {
  return async (claim, { state, checkedAt, nextDueAt, replies, history, messages, members }) =>
    base.db.transaction().execute(async (trx) => {
      const seen = claim.state.alert;
      if (seen !== null && !(await isUnchanged(trx, base.dialect, seen))) {
        // A person answered the alert in the meantime. The watch stays due, and the next inspection sees the answer.
        await trx
          .updateTable("watches")
          .set(GIVEN_BACK)
          .where("name", "=", claim.watch)
          .where("lease", "=", claim.lease)
          .execute();
        return false;
      }
      const { numUpdatedRows } = await trx
        .updateTable("watches")
        .set({
          ...stateToColumns(state),
          checked_at: toColumn(checkedAt),
          next_due_at: toColumn(nextDueAt),
          ...GIVEN_BACK,
        })
        .where("name", "=", claim.watch)
        .where("lease", "=", claim.lease)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      const { alert } = state;
      if (alert === null) {
        await addHistory(trx, history);
        await addMessages(trx, messages);
        return true;
      }
      const changed = members === undefined ? [] : await changeGroupMembers(trx, base, alert.id, members);
      // The escalation message names all alerts that escalate together.
      const completed = messages.map((message) => ({
        ...message,
        alerts: [...new Set([...message.alerts, ...changed])],
      }));
      await saveChanges(trx, base, [{ alert, at: checkedAt, replies, history, messages: completed }]);
      return true;
    });
}

/**
 * Changes the group's other open alerts that its thread already shows, and returns their IDs. Skips an alert that
 * another program is changing, because two programs that wait for each other's alerts would deadlock.
 */
async function changeGroupMembers(
  trx: Kysely<Schema>,
  base: StoreBase,
  id: string,
  change: (member: Alert) => StoredChange | undefined,
): Promise<readonly string[]> {
  const own = await trx.selectFrom("alerts").select("message_id").where("id", "=", id).executeTakeFirst();
  const home = own?.message_id ?? null;
  if (home === null) return [];
  const members = readInBatches<AlertsTable>(DECODED, async (last, size) => {
    const shown = trx
      .selectFrom("alerts")
      .selectAll()
      .where("message_id", "=", home)
      .where("resolved_at", "is", null)
      .where("id", "<>", id)
      .where(isShownIn(home))
      .orderBy("id")
      .limit(size);
    return base.dialect.lockRows(last === undefined ? shown : shown.where("id", ">", last.id), "skip").execute();
  });
  const changed: string[] = [];
  for await (const rows of members) {
    const changes = rows
      .flatMap((row) => base.unreadable.read("alerts", row.id, () => alertFromRow(row)) ?? [])
      .flatMap((member) => change(member) ?? []);
    await saveChanges(trx, base, changes);
    for (const { alert } of changes) changed.push(alert.id);
  }
  return changed;
}
