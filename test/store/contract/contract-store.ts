import { afterEach, beforeEach, expect } from "vitest";
import type { Alert, WatchState, Reply } from "../../../src/alert/alert.ts";
import { type Delivery, type MessageRef, placeOf } from "../../../src/outbox/message.ts";
import { type Call, nextCall } from "../../../src/outbox/next-call.ts";
import type { ClaimOptions, MessageClaim } from "../../../src/outbox/outbox.ts";
import type { Candidates, Placing, Plan } from "../../../src/outbox/plan-places.ts";
import type { Claim, ClaimDueOptions, WatchStore } from "../../../src/watch/ports.ts";
import { auditOutbox } from "../../support/audit-outbox.ts";
import { anOutcome, aState, claiming, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

/** A separate empty database for one test. */
export interface ContractDatabase {
  /** Opens a store on it. Two stores stand for two programs on one database. */
  readonly open: () => Promise<WatchStore>;
  /** Opens the first store of a test, when that can be cheaper than to open one as a program does. */
  readonly openFirst?: () => Promise<WatchStore>;
  /** Changes rows without the store. */
  readonly run: (statement: string) => Promise<void>;
  /** The rows of a query. */
  readonly ask: (query: string) => Promise<readonly { readonly id: string }[]>;
  /** Deletes it after all its stores are closed. */
  readonly remove: () => Promise<void>;
}

export const LEASE_MS = 60_000;
const HOUR_MS = 60 * 60_000;

export const names = (claims: readonly Claim[]): readonly string[] => claims.map(({ watch }) => watch);
/** The alerts of a message, oldest first. */
export const shown = ({ alerts }: Delivery): readonly string[] => alerts.map(({ alert }) => alert.id);
/** The owed rows of a message, in order: "content", "joined", "worse"… */
export const owed = ({ owed: rows }: Delivery): readonly string[] => rows.map(({ what }) => what);

export const only = <T>(list: readonly T[]): T => {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`expected one, got ${list.length}`);
  return first;
};

const planned = (places: readonly Placing[]): Plan => ({ places, merges: [], reminders: [] });

/** Gives each alert without a home its own message, named `<alert> in <channel>`. */
export const eachAlone = ({ alerts }: Candidates): Plan =>
  planned(
    alerts
      .filter(({ home }) => home === "none")
      .map(({ id, channel }) => ({ kind: "alert", message: `${id} in ${channel}`, alert: id, channel })),
  );

/** Moves all movable alerts into one group with the cause and channel of the first. */
export const allInto =
  (message: string) =>
  ({ alerts }: Candidates): Plan => {
    const loose = alerts.filter(({ home, cause }) => home !== "settled" && cause !== null);
    const [first] = loose;
    if (first === undefined || first.cause === null) return planned([]);
    const { cause, channel } = first;
    return planned([{ kind: "group", message, cause, channel, alerts: loose.map(({ id }) => id) }]);
  };

/** A call that Slack accepted. */
export interface Told {
  readonly claim: MessageClaim;
  readonly call: Call;
}

/** Delivers everything that a store owes now. Returns the calls in the order in which Slack accepted them. */
export const deliverAll = async (store: WatchStore, now: Date, plan = eachAlone): Promise<readonly Told[]> => {
  const told: Told[] = [];
  await store.regroup(plan, now);
  for (;;) {
    const claims = await store.claim(claiming({ now }));
    if (claims.length === 0) return told;
    for (const one of claims) {
      const call = nextCall(one, now, { repeatCriticalMs: 4 * HOUR_MS });
      if (call === undefined) throw new Error(`message ${one.message.id} was claimed and owes nothing`);
      await store.sent([{ claim: one, call, ref: refAfter(one, call), at: now }]);
      if (call.kind !== "forget") told.push({ claim: one, call });
    }
    await store.release(claims);
  }
};

/** The position of a message after Slack accepted a call. A post creates a new position. */
const refAfter = (delivery: Delivery, call: Call): MessageRef | null => {
  if (call.kind === "forget") return null;
  if (call.kind !== "post") return call.ref;
  return { channel: placeOf(delivery.message), ts: `1700000000.${delivery.message.id}` };
};

/** A store on an empty database for each test, with the steps of the contract tests. */
export const useStore = (makeDatabase: () => Promise<ContractDatabase>) => {
  let database: ContractDatabase;
  let store: WatchStore;
  let opened: WatchStore[];

  const keep = (next: WatchStore): WatchStore => {
    opened.push(next);
    return next;
  };
  const open = async (): Promise<WatchStore> => keep(await database.open());
  beforeEach(async () => {
    database = await makeDatabase();
    opened = [];
    store = keep(await (database.openFirst ?? database.open)());
  });
  afterEach(async () => {
    const problems = await auditOutbox(async (query) => database.ask(query));
    for (const one of opened) await one.close();
    await database.remove();
    expect(problems).toEqual([]);
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

  /** Gives every alert without a home its own message, and claims the most urgent message of each place. */
  const claim = async (fields: Partial<ClaimOptions> = {}, from = store): Promise<readonly MessageClaim[]> => {
    await from.regroup(eachAlone, fields.now ?? NOON);
    return from.claim(claiming(fields));
  };

  const deliver = async (now = NOON, plan = eachAlone): Promise<readonly Told[]> => deliverAll(store, now, plan);

  /** One round over one watch that ends in this state. The watch is due again at once. */
  const round = async (state: WatchState, watch = "orders", words: readonly Reply[] = []): Promise<void> => {
    await store.sync([{ name: watch, definition: "d" }], NOON);
    const claims = await claimDue({ now: minutes(1_000), roundStartedAt: minutes(1_000), which: "all" });
    for (const one of claims) {
      const mine = one.watch === watch;
      const outcome = anOutcome({ state: mine ? state : one.state, replies: mine ? words : [] });
      await saveRound(store, one, outcome);
    }
  };
  const roundWith = async (alert: Alert, words: readonly Reply[] = []): Promise<void> =>
    round(aState({ alert }), alert.card.name, words);
  const stateOf = async (watch: string): Promise<WatchState | undefined> =>
    (await store.list()).find((record) => record.name === watch)?.state;

  const run = async (statement: string): Promise<void> => database.run(statement);

  return { store: () => store, open, run, claimDue, claim, deliver, round, roundWith, stateOf };
};

export type StoreSteps = ReturnType<typeof useStore>;
