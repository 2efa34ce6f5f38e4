import type { RenewalStore } from "../../renewal/ports.ts";
import { GIVEN_BACK, isFree, taking } from "../claiming.ts";
import type { StoreBase } from "../store-base.ts";

/** Claims the work on a renewal for this program. The lease of a dead program is freed as for watches. */
export function createClaimRenewal({
  db,
  leaseOwner,
}: StoreBase): Pick<RenewalStore, "claimRenewal" | "releaseRenewal"> {
  return {
    claimRenewal: async (id, now, leaseMs) => {
      const { numUpdatedRows } = await db
        .updateTable("renewals")
        .set(taking({ now, leaseMs }, leaseOwner()))
        .where("id", "=", id)
        .where(isFree(now))
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    // Another program may have claimed it after this program's lease ended.
    releaseRenewal: async (id) => {
      await db
        .updateTable("renewals")
        .set(GIVEN_BACK)
        .where("id", "=", id)
        .where("lease_owner", "=", leaseOwner())
        .execute();
    },
  };
}
