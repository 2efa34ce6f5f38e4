import { describe, expect, it } from "vitest";
import { EmptyWatchlistError, syncWatchlist, type SyncOptions } from "../../src/app/watchlist.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite.ts";
import { NEW_WATCH, type WatchState } from "../../src/alert/alert.ts";
import type { Claim, WatchStore } from "../../src/watch/ports.ts";
import type { Watch } from "../../src/watch/watch.ts";
import { useFolder } from "../store/sqlite/sqlite-folder.ts";
import { aCard, aFailure, after, anAlert, aPolicy, aVerdict, aWatch, durations, NOW } from "../support/builders.ts";
import { bookOf } from "../../src/watch/watch-book.ts";
import { saveRound } from "../support/save-round.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const named = (...names: readonly string[]) => bookOf(names.map((name) => aWatch({ name })));

const folder = useFolder();

/** The real store with these watches. */
const withStore = async (stored: readonly string[], run: (store: WatchStore) => Promise<void>): Promise<void> => {
  const store = await openSqliteStore({ path: folder.path("watches.db"), exclusive: true });
  try {
    await sync(store, { watches: named(...stored) });
    await run(store);
  } finally {
    await store.close();
  }
};

const namesIn = async (store: WatchStore): Promise<readonly string[]> => (await store.list()).map(({ name }) => name);

const sync = (store: WatchStore, fields: Partial<SyncOptions>): Promise<void> =>
  syncWatchlist({
    store,
    watches: named(),
    metaApp: undefined,
    now: NOW,
    removes: true,
    allowEmpty: false,
    ...fields,
  });

const claimOf = async (store: WatchStore, name: string): Promise<Claim> => {
  const [claim] = await store.claimDue({
    names: [name],
    now: NOW,
    leaseMs: 1,
    limit: 1,
    which: "all",
    roundStartedAt: after(1),
  });
  if (claim === undefined) throw new Error("nothing is due");
  return claim;
};

describe("changing the store to match the watchlist", () => {
  it("adds new watches and removes old ones", () =>
    withStore(["a", "b"], async (store) => {
      await sync(store, { watches: named("b", "c") });
      expect(await namesIn(store)).toEqual(["b", "c"]);
    }));

  it("ends the open alert of a removed watch, and still owes the message about it", () =>
    withStore(["a"], async (store) => {
      const claim = await claimOf(store, "a");
      const alert = anAlert({ card: aCard({ name: "a" }) });
      const state = { ...NEW_WATCH, verdict: aVerdict(), alert };
      expect(
        await saveRound(store, claim, {
          state,
          checkedAt: NOW,
          nextDueAt: after(1),
          replies: [],
          history: [],
          messages: [],
        }),
      ).toBe(true);
      await sync(store, { watches: named("b"), now: after(2) });
      const found = await store.findAlerts({ kind: "alert", id: alert.id });
      expect(found?.alerts).toMatchObject([{ resolution: "unwatched", resolvedAt: after(2) }]);
      expect(await store.undelivered()).toMatchObject([{ watch: "a", kind: "alert", channel: alert.card.channel }]);
    }));

  it("removes nothing next to a running bot, not even when an empty watchlist was allowed", () =>
    withStore(["a"], async (store) => {
      await sync(store, { watches: named("b"), removes: false });
      await sync(store, { removes: false, allowEmpty: true });
      expect(await namesIn(store)).toEqual(["a", "b"]);
    }));
});

/** Checks the watch `a` with this state. It is due again tomorrow. */
const checked = async (store: WatchStore, state: Partial<WatchState> = {}): Promise<void> => {
  const claim = await claimOf(store, "a");
  const outcome = {
    state: { ...NEW_WATCH, verdict: aVerdict(), ...state },
    checkedAt: NOW,
    nextDueAt: after(DAY),
    replies: [],
    history: [],
    messages: [],
  };
  expect(await saveRound(store, claim, outcome)).toBe(true);
};

const dueAt = async (store: WatchStore): Promise<Date | undefined> => (await store.list())[0]?.nextDueAt;

describe("a stored watch", () => {
  it.each<[string, Partial<Watch>, string | undefined]>([
    ["a shorter interval", { checkIntervalMs: MINUTE }, undefined],
    ["another source", { source: { kind: "exec", argv: ["vault", "read", "other"] } }, undefined],
    ["another phone number", { phoneNumberId: "100000000002002" }, undefined],
    ["another account", { whatsappBusinessAccountId: undefined }, undefined],
    ["other thresholds", { policy: aPolicy({ warnAt: durations("60d") }) }, undefined],
    ["other scopes", { policy: aPolicy({ requiredScopes: ["whatsapp_business_messaging"] }) }, undefined],
    [
      "a Meta app of its own",
      { app: { id: "42", secret: { kind: "source", source: { kind: "env", name: "S" } } } },
      undefined,
    ],
    ["the bot's Meta app, which it lacked", {}, "42"],
  ])("is due at once with %s", (_, fields, metaApp) =>
    withStore(["a"], async (store) => {
      await checked(store);
      const changed = aWatch({ name: "a", ...fields });
      await sync(store, {
        watches: bookOf([changed]),
        metaApp: metaApp === undefined ? undefined : { id: metaApp },
        now: after(MINUTE),
      });
      expect(await dueAt(store)).toEqual(after(MINUTE));
    }),
  );

  it.each<[string, Partial<Watch>]>([
    ["nothing changed", {}],
    ["only the people and the channel changed", { owner: "U0000000009", channel: "C0000000009", consumers: [] }],
  ])("keeps its time when %s", (_, fields) =>
    withStore(["a"], async (store) => {
      await checked(store);
      await sync(store, { watches: bookOf([aWatch({ name: "a", ...fields })]), now: after(MINUTE) });
      expect(await dueAt(store)).toEqual(after(DAY));
    }),
  );

  it("with a changed definition is due only after the wait that Graph stated", () =>
    withStore(["a"], async (store) => {
      const failure = aFailure({ kind: "throttled", retryAfterMs: 30 * MINUTE });
      await checked(store, { failing: { failure, since: NOW, tries: 1 } });
      await sync(store, { watches: bookOf([aWatch({ name: "a", checkIntervalMs: MINUTE })]), now: after(MINUTE) });
      expect(await dueAt(store)).toEqual(after(30 * MINUTE));
    }));
});

describe("an empty watchlist", () => {
  it("is accepted with an empty store", () =>
    withStore([], async (store) => {
      await sync(store, {});
      expect(await namesIn(store)).toEqual([]);
    }));

  it.each([
    [["a"], "remembers 1 watch."],
    [["a", "b"], "remembers 2 watches."],
  ])("is refused when the store has %j, names both solutions, and removes nothing", (stored, words) =>
    withStore(stored, async (store) => {
      const failed = await sync(store, {}).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(EmptyWatchlistError);
      expect(String(failed)).toContain(words);
      expect(String(failed)).toMatch(/Set WATCHLIST or WHATSAPP_ACCESS_TOKEN\. .*--allow-empty\.$/);
      expect(await namesIn(store)).toEqual(stored);
    }),
  );

  it("is also refused next to a running bot, because an empty round would look successful", () =>
    withStore(["a"], async (store) => {
      await expect(sync(store, { removes: false })).rejects.toBeInstanceOf(EmptyWatchlistError);
    }));

  it("empties the store when that was allowed", () =>
    withStore(["a"], async (store) => {
      await sync(store, { allowEmpty: true });
      expect(await namesIn(store)).toEqual([]);
    }));
});
