import { oweRenewal } from "../../outbox/owe-renewal.ts";
import type { RenewalStore } from "../../renewal/ports.ts";
import { addOwed } from "../outbox/owed-rows.ts";
import type { StoreBase } from "../store-base.ts";
import { renewalToColumns } from "../tables/codec.ts";
import { addAudit } from "../watches/history.ts";

/**
 * Saves the next revision with its entries and owed rows, in one transaction. Two programs never both save one
 * revision. When only the answer of the commit was lost, the retry returns false although the first try saved it.
 */
export function createSaveRenewal({ db }: StoreBase): RenewalStore["saveRenewal"] {
  return async (renewal, entries) =>
    db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("renewals")
        .set(renewalToColumns(renewal))
        .where("id", "=", renewal.id)
        .where("revision", "=", renewal.revision - 1)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return false;
      await addOwed(trx, oweRenewal(renewal, entries, "content"));
      await addAudit(trx, entries);
      return true;
    });
}
