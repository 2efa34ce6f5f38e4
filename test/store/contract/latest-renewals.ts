import { expect } from "vitest";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { aCard, aLine, aRenewal, ended, minutes } from "./states.ts";

/** More watches than the store decodes at once. */
const OTHERS = Array.from({ length: 30 }, (_, index) => `shop-${index}`);

/** Fills a store with renewals. Returns the one of each watch that the store itself calls the latest. */
export async function fillWithRenewals(store: WatchStore): Promise<ReadonlyMap<string, Renewal | undefined>> {
  const save = async (id: string, watch: string, startedAt: Date, isEnded: boolean): Promise<void> => {
    const renewal = aRenewal({ id, watch, card: aCard({ name: watch }), startedAt, place: null });
    expect(await store.startRenewal(renewal, [aLine({ renewal: id, watch })])).toBeNull();
    if (isEnded) expect(await store.saveRenewal(ended(renewal), [])).toBe(true);
  };
  await save("crm-1", "crm", minutes(0), true);
  await save("crm-2", "crm", minutes(5), true);
  await save("pay-2", "pay", minutes(0), true);
  await save("pay-1", "pay", minutes(0), true);
  // The clock was set back before the open one started.
  await save("orders-1", "orders", minutes(9), true);
  await save("orders-2", "orders", minutes(0), false);
  for (const name of OTHERS) await save(`${name}-1`, name, minutes(1), true);
  const latest = new Map<string, Renewal | undefined>();
  for (const watch of ["crm", "pay", "orders", ...OTHERS]) latest.set(watch, await store.findRenewal(watch));
  expect(["crm", "pay", "orders"].map((watch) => latest.get(watch)?.id)).toEqual(["crm-2", "pay-1", "orders-2"]);
  return latest;
}
