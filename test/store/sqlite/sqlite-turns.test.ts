import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open-sqlite.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { respond } from "../../../src/alert/respond.ts";
import { allInto, eachAlone, only } from "../contract/contract-store.ts";
import { useFolder } from "./sqlite-folder.ts";
import {
  aCard,
  anAbsence,
  anAlert,
  anEntry,
  anOutcome,
  asItIs,
  aState,
  aWord,
  changed,
  claiming,
  minutes,
  NOON,
} from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const COUNT = 300;
const { path } = useFolder();

/** The number of turns of other work during an operation. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0;
  let over = false;
  const count = (): void => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
};

/** A store with 300 watches, all with a problem. */
const openAiling = async (): Promise<WatchStore> => {
  const store = await openSqliteStore({ path: path("wa-token.db"), exclusive: true });
  const names = Array.from({ length: COUNT }, (_, index) => `watch-${index}`);
  await store.sync(
    names.map((name) => ({ name, definition: "d" })),
    NOON,
  );
  const due = { names, now: NOON, leaseMs: 60_000, limit: COUNT, which: "due", roundStartedAt: NOON } as const;
  for (const claim of await store.claimDue(due)) {
    const alert = anAlert({ id: claim.watch, card: aCard({ name: claim.watch }) });
    await saveRound(store, claim, anOutcome({ state: aState({ alert }), nextDueAt: minutes(15) }));
  }
  return store;
};

const turns = async (work: () => Promise<unknown>): Promise<void> => {
  expect(await turnsDuring(work)).toBeGreaterThanOrEqual(2);
};

const post = async (store: WatchStore, claims: readonly MessageClaim[]): Promise<void> =>
  store.sent(
    claims.map((claim) => {
      const call = { kind: "post", settles: claim.owed.map(({ id }) => id) } as const;
      return { claim, call, ref: { channel: "C0000000001", ts: `${claim.message.id}.1` }, at: NOON };
    }),
  );

// SQLite works in this thread, so a store that handles many rows without a break keeps Slack waiting.
describe("while the store works on many rows others have their turn", () => {
  it("in lists, groups and answers, and all of it is done", async () => {
    const store = await openAiling();
    await turns(async () => expect(await store.list()).toHaveLength(COUNT));
    await turns(() => store.regroup(allInto("g"), NOON));
    await store.claim(claiming());
    let claims: readonly MessageClaim[] = [];
    await turns(async () => {
      claims = await store.claim(claiming({ now: minutes(1) }));
    });
    const taken = only(claims);
    expect(taken.alerts).toHaveLength(COUNT);
    await turns(() => post(store, [taken]));
    expect(await store.undelivered()).toEqual([]);
    await turns(async () => {
      const answer = await store.changeAlerts({ kind: "message", id: "g" }, (alert) =>
        respond(alert, "U1", { kind: "acknowledge" }, NOON),
      );
      expect(answer).toMatchObject({ alerts: { length: COUNT }, changed: { length: COUNT } });
    });
    const alerts = taken.alerts.map(({ alert }) => alert.id);
    await turns(() => store.failed(taken, { kind: "abandon", alerts }, "is_archived", minutes(1)));
    expect(await store.undelivered()).toHaveLength(COUNT);
    await turns(() =>
      store.sync([], NOON, {
        resolveRemoved: (alert) => ({ ...asItIs({ ...alert, resolvedAt: NOON }), history: [anEntry()] }),
      }),
    );
    expect(await store.list()).toEqual([]);
    await store.close();
  });

  it("in messages of their own", async () => {
    const store = await openAiling();
    await turns(() => store.regroup(eachAlone, NOON));
    const messages = Array.from({ length: COUNT }, (_, index) => anAbsence({ id: `n${index}`, routes: [`C${index}`] }));
    await turns(() => store.advanceDeadline("m", null, { at: NOON, spec: "" }, messages));
    let claims: readonly MessageClaim[] = [];
    await turns(async () => {
      claims = await store.claim(claiming({ limit: COUNT + 1 }));
    });
    expect(claims).toHaveLength(COUNT + 1);
    await turns(() => store.release(claims));
    const again = await store.claim(claiming({ limit: COUNT + 1 }));
    await turns(() => post(store, again));
    await store.release(again);
    // The first of the alerts' messages in the channel was posted.
    expect(await store.undelivered()).toHaveLength(COUNT - 1);
    await store.close();
  });

  it("in what a channel refuses", async () => {
    const store = await openAiling();
    await store.regroup(allInto("g"), NOON);
    await post(store, await store.claim(claiming()));
    for (let change = 0; change < 2; change++)
      await store.changeAlerts({ kind: "message", id: "g" }, (alert) => changed(alert, {}, [aWord()]));
    const group = only(await store.claim(claiming({ now: minutes(1) })));
    const ids = group.owed.map(({ id }) => id);
    const fallback = anAbsence({ id: "list", kind: "fallback", alerts: group.alerts.map(({ alert }) => alert.id) });
    const retry = { kind: "retry", isRefused: true, at: minutes(9), accepted: [], messages: [fallback] } as const;
    await turns(() =>
      store.failed(group, { ...retry, drops: ids.slice(0, 100), toldElsewhere: ids.slice(100) }, "x", NOON),
    );
    expect((await store.undelivered()).map(({ kind }) => kind).toSorted()).toEqual(["fallback", "group"]);
    await store.close();
  });
});
