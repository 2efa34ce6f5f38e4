import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createFleetBook } from "../../src/app/fleets/fleet-book.ts";
import { openFleets } from "../../src/app/fleets/open-fleets.ts";
import { createKeepWatches } from "../../src/app/keep-watches.ts";
import { openSqliteStore } from "../../src/store/sqlite/open-sqlite.ts";
import { configOf } from "../config/environment.ts";
import { useFolder } from "../store/sqlite/sqlite-folder.ts";
import { after, aWatch, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";

const MINUTE = 60_000;
const folder = useFolder();

/** Replicas with one fleet on a real store. Each reads the fleet when the test says so. */
const twoReplicas = async (...names: readonly string[]) => {
  const store = await openSqliteStore({ path: folder.path("watches.db"), exclusive: true });
  const path = folder.path("fleet.jsonl");
  const write = (...listed: readonly string[]) =>
    writeFileSync(path, listed.map((name) => `{"name":"${name}","source":"env:TOKEN"}\n`).join(""));
  write(...names);
  const time = { minutes: 0 };
  const now = () => after(time.minutes * MINUTE);
  const start = async () => {
    const { log } = keepLog();
    const watchlist = `watches:\n  - { name: customers, fleet: "file:${path}", channel: C0123456789 }\n`;
    const config = await configOf({ WATCHLIST: "watchlist.yml" }, { "watchlist.yml": watchlist });
    const fleets = openFleets(config, { env: {}, ownSecretNames: new Set(), now, log });
    fleets.attach(store, { removes: true });
    await fleets.refresh();
    const keep = createKeepWatches({ watches: fleets.book, metaApp: undefined, log });
    return { refresh: fleets.refresh, keep: () => keep(store, now()) };
  };
  const [first, second] = [await start(), await start()];
  const keepUntil = async (minutes: number): Promise<void> => {
    for (; time.minutes <= minutes; time.minutes += 1) for (const { keep } of [first, second]) await keep();
  };
  const stored = async () => (await store.list()).map(({ name }) => name);
  return { store, path, write, first, second, keepUntil, stored };
};

/** A bot with these watches on a real store, next to other programs with other watchlists. */
const setUp = async (...names: readonly string[]) => {
  const store = await openSqliteStore({ path: folder.path("watches.db"), exclusive: true });
  const { log, lines } = keepLog();
  const watches = names.map((name) => aWatch({ name }));
  const keep = createKeepWatches({ watches: createFleetBook(watches, []), metaApp: undefined, log });
  const startWith = (...others: readonly string[]) =>
    store.sync(
      others.map((name) => ({ name, definition: "d" })),
      NOW,
      { resolveRemoved: (alert) => ({ alert, at: NOW, replies: [], history: [], messages: [] }) },
    );
  const namesIn = async () => (await store.list()).map(({ name }) => name);
  return { store, lines, startWith, namesIn, keepAt: (minutes: number) => keep(store, after(minutes * MINUTE)) };
};

describe("watches that are missing from the store", () => {
  it("are added again after ten minutes, due at once, with a line in the log", async () => {
    const { store, lines, startWith, namesIn, keepAt } = await setUp("crm", "new", "orders");
    await startWith("crm", "orders");
    await keepAt(0);
    await keepAt(9);
    expect(await namesIn()).toEqual(["crm", "orders"]);
    expect(lines).toEqual([]);
    await keepAt(10);
    expect(await namesIn()).toEqual(["crm", "new", "orders"]);
    expect((await store.find("new"))?.nextDueAt).toEqual(after(10 * MINUTE));
    expect(lines).toMatchObject([{ watches: ["new"], msg: expect.stringContaining("the same watchlist") }]);
    await keepAt(30);
    expect(lines).toHaveLength(1);
    await store.close();
  });

  it("are not added by a replica that is being replaced", async () => {
    const { store, startWith, namesIn, keepAt } = await setUp("gone", "orders");
    await startWith("gone", "orders");
    await keepAt(0);
    await startWith("orders");
    for (const minute of [1, 2, 3, 9]) await keepAt(minute);
    expect(await namesIn()).toEqual(["orders"]);
    await store.close();
  });

  it("start a new wait when they were there in between", async () => {
    const { store, startWith, namesIn, keepAt } = await setUp("new", "orders");
    await startWith("orders");
    await keepAt(0);
    await startWith("new", "orders");
    await keepAt(5);
    await startWith("orders");
    await keepAt(11);
    expect(await namesIn()).toEqual(["orders"]);
    await keepAt(21);
    expect(await namesIn()).toEqual(["new", "orders"]);
    await store.close();
  });

  it("are looked for every five minutes, and when a known one is due", async () => {
    const { store, startWith, keepAt, namesIn } = await setUp("new", "orders");
    await startWith("orders");
    const looks: number[] = [];
    const missing = store.missing.bind(store);
    for (const minute of [0, 1, 4, 5, 6, 9, 10, 11, 16]) {
      store.missing = async (names) => {
        looks.push(minute);
        return missing(names);
      };
      await keepAt(minute);
    }
    expect(looks).toEqual([0, 5, 10, 16]);
    expect(await namesIn()).toEqual(["new", "orders"]);
    await store.close();
  });

  it("are added later when the store does not answer", async () => {
    const { store, lines, keepAt } = await setUp("orders");
    await store.close();
    await expect(keepAt(0)).resolves.toBeUndefined();
    expect(lines).toMatchObject([{ msg: "the store did not report whether watches are missing" }]);
  });
});

describe("a watch of a fleet that another replica removed", () => {
  type Replicas = Awaited<ReturnType<typeof twoReplicas>>;
  const readAgain = ({ second }: Replicas) => second.refresh();

  it.each<[string, (replicas: Replicas) => void | Promise<void>]>([
    ["reads the fleet later", () => undefined],
    ["cannot read the fleet", ({ path, second }) => (rmSync(path), second.refresh())],
    ["finds half of the list", ({ write, second }) => (write("a"), second.refresh())],
    [
      "finds a line without a name",
      ({ path, second }) => (writeFileSync(path, `garbage\n${A_AND_B}`), second.refresh()),
    ],
    ["reads the same list", readAgain],
  ])("stays away when this replica %s", async (_, meanwhile) => {
    const replicas = await twoReplicas("a", "b", "gone");
    const { store, write, first, keepUntil, stored } = replicas;
    await keepUntil(1);
    write("a", "b");
    await first.refresh();
    await keepUntil(7);
    await meanwhile(replicas);
    await keepUntil(60);
    expect(await stored()).toEqual(["a", "b"]);
    await store.close();
  });

  it("is added again when this replica has read it since then", async () => {
    const replicas = await twoReplicas("a", "b", "back");
    const { store, write, first, keepUntil, stored } = replicas;
    await keepUntil(1);
    write("a", "b");
    await first.refresh();
    await keepUntil(7);
    write("a", "b", "back");
    await readAgain(replicas);
    await keepUntil(14);
    expect(await stored()).toEqual(["a", "b"]);
    await keepUntil(15);
    expect(await stored()).toEqual(["a", "b", "back"]);
    await store.close();
  });
});

const A_AND_B = `{"name":"a","source":"env:TOKEN"}\n{"name":"b","source":"env:TOKEN"}\n`;
