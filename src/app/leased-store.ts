import { createLeaseKeeper } from "../watch/lease-keeper.ts";
import type { OpenedStore } from "./delivery.ts";
import { openStore } from "./open-store.ts";
import type { Parts } from "./parts.ts";

/**
 * Opens the store, corrects the clock by it, and starts to keep this program's leases. The stack ends both.
 * @param exclusive true for a bot. A single round does not close a store that was passed in
 */
export async function openLeasedStore(
  { config, clock, machineNow, givenStore, wait, log }: Parts,
  opened: AsyncDisposableStack,
  exclusive: boolean,
): Promise<OpenedStore> {
  const store = givenStore ?? (await openStore(config, { exclusive, log }));
  if (exclusive || givenStore === undefined) opened.defer(() => store.close());
  await clock.correct(store);
  const leases = createLeaseKeeper({ machineNow, wait, log });
  opened.defer(() => leases.stop());
  await leases.start(store);
  return { store, leases };
}
