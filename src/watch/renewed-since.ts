import type { RenewedRow } from "../outbox/digest-table.ts";
import type { RenewalStore } from "../renewal/ports.ts";
import type { Renewal } from "../renewal/renewal.ts";
import { resultOf } from "../renewal/rules/steps.ts";

/**
 * The tokens that were renewed in a period, oldest first. A renewal counts once: when the watch's source gave the new
 * token, or when the renewal was done without that step.
 * @param until the end of the period. What is read back at this instant belongs to the next one
 */
export async function renewedSince(
  store: Pick<RenewalStore, "audit" | "renewalById">,
  since: Date,
  until: Date,
): Promise<readonly RenewedRow[]> {
  const entries = await store.audit({ since, limit: MOST_ENTRIES });
  const ids = new Set(entries.flatMap((entry) => (entry.kind === "renewal" ? [entry.renewal] : [])));
  const renewed: { readonly at: Date; readonly row: RenewedRow }[] = [];
  for (const id of ids) {
    const renewal = await store.renewalById(id);
    const at = renewal === undefined ? null : renewedAt(renewal);
    if (renewal === undefined || at === null || at < since || at >= until) continue;
    const { watch, startedBy, after: token } = renewal;
    renewed.push({ at, row: { watch, by: startedBy, expiry: token?.expiry ?? { kind: "not_known" } } });
  }
  return renewed.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ row }) => row);
}

/** More than a large fleet has between two digests. */
const MOST_ENTRIES = 10_000;

/** Null: the watch has no new token, or the old one was put back. */
function renewedAt(renewal: Renewal): Date | null {
  if (renewal.outcome === "put_back") return null;
  const read = resultOf(renewal, "read_back");
  if (read?.state === "done") return read.at;
  return renewal.outcome === "done" ? renewal.endedAt : null;
}
