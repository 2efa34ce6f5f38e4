import { describe, expect, it } from "vitest";
import { EmptyWatchlistError, syncWatchlist, type SyncOptions } from "../../src/app/watchlist.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { NEW_WATCH } from "../../src/watch/alert.ts";
import type { WatchStore } from "../../src/watch/ports.ts";
import { useFolder } from "../store/sqlite-folder.ts";
import { aCard, after, anAlert, aVerdict, NOW } from "../support/builders.ts";

const named = (...names: readonly string[]) => names.map((name) => ({ name }));

const folder = useFolder();

/** The real store, with these watches in it. */
const withStore = async (stored: readonly string[], run: (store: WatchStore) => Promise<void>): Promise<void> => {
  const store = await openSqliteStore({ path: folder.path("watches.db"), exclusive: true });
  try {
    await store.sync(named(...stored), NOW);
    await run(store);
  } finally {
    await store.close();
  }
};

const namesIn = async (store: WatchStore): Promise<readonly string[]> => (await store.list()).map(({ name }) => name);

const sync = (store: WatchStore, fields: Partial<SyncOptions>): Promise<void> =>
  syncWatchlist({ store, watches: [], now: NOW, retire: true, allowEmpty: false, ...fields });

describe("bringing the store in line with the watchlist", () => {
  it("adds what is new and takes away what left", () =>
    withStore(["a", "b"], async (store) => {
      await sync(store, { watches: named("b", "c") });
      expect(await namesIn(store)).toEqual(["b", "c"]);
    }));

  it("ends the open alert of a watch that left, and still owes the word about it", () =>
    withStore(["a"], async (store) => {
      const [claim] = await store.claimDue({ now: NOW, leaseMs: 1, limit: 1, which: "all", roundStartedAt: after(1) });
      if (claim === undefined) throw new Error("nothing is due");
      const alert = anAlert({ card: aCard({ name: "a" }) });
      const state = { ...NEW_WATCH, verdict: aVerdict(), alert };
      expect(await store.saveRound(claim, { state, checkedAt: NOW, nextDueAt: after(1) })).toBe(true);
      await sync(store, { watches: named("b"), now: after(2) });
      const [owed] = await store.claimUndelivered({ now: after(2), leaseMs: 1, limit: 1 });
      expect(owed?.alert).toMatchObject({ id: alert.id, resolution: "unwatched", resolvedAt: after(2) });
    }));

  it("takes nothing away beside a running bot, not even for an empty watchlist", () =>
    withStore(["a"], async (store) => {
      await sync(store, { watches: named("b"), retire: false });
      await sync(store, { retire: false });
      expect(await namesIn(store)).toEqual(["a", "b"]);
    }));
});

describe("an empty watchlist", () => {
  it("is fine over an empty store", () =>
    withStore([], async (store) => {
      await sync(store, {});
      expect(await namesIn(store)).toEqual([]);
    }));

  it.each([
    [["a"], "remembers 1 watch."],
    [["a", "b"], "remembers 2 watches."],
  ])("over the stored %j is refused, with both ways out, and nothing is lost", (stored, words) =>
    withStore(stored, async (store) => {
      const failed = await sync(store, {}).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(EmptyWatchlistError);
      expect(String(failed)).toContain(words);
      expect(String(failed)).toMatch(/Set WATCHLIST or WHATSAPP_ACCESS_TOKEN; .*--allow-empty\.$/);
      expect(await namesIn(store)).toEqual(stored);
    }),
  );

  it("empties the store when that was allowed", () =>
    withStore(["a"], async (store) => {
      await sync(store, { allowEmpty: true });
      expect(await namesIn(store)).toEqual([]);
    }));
});
