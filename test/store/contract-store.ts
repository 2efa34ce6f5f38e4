import { afterEach, beforeEach } from "vitest";
import type { Alert, WatchState } from "../../src/watch/alert.ts";
import type { DeliveryClaim } from "../../src/watch/outbox.ts";
import type { Claim, ClaimDueOptions, WatchStore } from "../../src/watch/ports.ts";
import { anOutcome, aState, claiming, minutes, NOON } from "./states.ts";

/** An empty database of its own for one test. */
export interface ContractDatabase {
  /** Opens a store on it; called twice, the two stand for two programs on one database. */
  readonly open: () => Promise<WatchStore>;
  /** Takes it away after every store on it was closed. */
  readonly remove: () => Promise<void>;
}

export const LEASE_MS = 60_000;

export const names = (claims: readonly Claim[]): readonly string[] => claims.map(({ watch }) => watch);
export const ids = (claims: readonly DeliveryClaim[]): readonly string[] => claims.map(({ alert }) => alert.id);

export const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`expected one, got ${list.length}`);
  return first;
};

/** A store on an empty database for each test, and the steps that the tests of the contract are written in. */
export const useStore = (makeDatabase: () => Promise<ContractDatabase>) => {
  let database: ContractDatabase;
  let store: WatchStore;
  let opened: WatchStore[];

  const open = async (): Promise<WatchStore> => {
    const next = await database.open();
    opened.push(next);
    return next;
  };
  beforeEach(async () => {
    database = await makeDatabase();
    opened = [];
    store = await open();
  });
  afterEach(async () => {
    for (const one of opened) await one.close();
    await database.remove();
  });

  const claimDue = async (fields: Partial<ClaimDueOptions> = {}, from = store): Promise<readonly Claim[]> =>
    from.claimDue({
      names: (await store.list()).map(({ name }) => name),
      now: NOON,
      leaseMs: LEASE_MS,
      limit: 10,
      which: "due",
      roundStartedAt: NOON,
      ...fields,
    });
  const claimUndelivered = async (now = NOON, from = store): Promise<readonly DeliveryClaim[]> =>
    from.claimUndelivered(claiming({ now }));

  /** One round over one watch that ends with this state; the watch is due again at once. */
  const round = async (state: WatchState, watch = "orders"): Promise<void> => {
    await store.sync([{ name: watch, definition: "d" }], NOON);
    const claims = await claimDue({ now: minutes(1_000), roundStartedAt: minutes(1_000), which: "all" });
    for (const claim of claims)
      await store.saveRound(
        claim,
        anOutcome({
          state: claim.watch === watch ? state : claim.state,
          checkedAt: NOON,
          nextDueAt: NOON,
        }),
      );
  };
  const roundWith = async (alert: Alert): Promise<void> => round(aState({ alert }), alert.card.name);
  const stateOf = async (watch: string): Promise<WatchState | undefined> =>
    (await store.list()).find((record) => record.name === watch)?.state;

  return { store: () => store, open, claimDue, claimUndelivered, round, roundWith, stateOf };
};

export type StoreSteps = ReturnType<typeof useStore>;
