import type { WatchStore } from "../watch/ports.ts";
import { isUnchanged, saveChanges } from "./alerts.ts";
import { GIVEN_BACK } from "./claiming.ts";
import { stateToColumns } from "./codec.ts";
import { toColumn } from "./columns.ts";
import { addHistory } from "./history.ts";
import { addNotes } from "./notes.ts";
import type { StoreBase } from "./store-base.ts";

/** Saves what an inspection found, with all that follows from it, in one transaction. */
export const createSaveRound =
  (base: StoreBase): WatchStore["saveRound"] =>
  async (claim, { state, checkedAt, nextDueAt, history, notes }) =>
    base.db.transaction().execute(async (trx) => {
      const seen = claim.state.alert;
      if (seen !== null && !(await isUnchanged(trx, base.dialect, seen))) {
        // Somebody answered the alert meanwhile: the watch is still due, and the next look knows of it.
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
      if (state.alert !== null) await saveChanges(trx, base, [{ alert: state.alert, history, notes }]);
      else {
        await addHistory(trx, history);
        await addNotes(trx, notes);
      }
      return true;
    });
