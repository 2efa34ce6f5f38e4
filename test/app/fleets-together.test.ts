import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NEW_WATCH } from "../../src/alert/alert.ts";
import { openFleets } from "../../src/app/fleets/open-fleets.ts";
import { configOf } from "../config/environment.ts";
import { useFolder } from "../store/sqlite/sqlite-folder.ts";
import { after, anAlert, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";
import { saveRound } from "../support/save-round.ts";

const folder = useFolder();

type Store = Awaited<ReturnType<typeof openMemoryStore>>;

/** A bot with two fleets in files. */
const setUp = async (early: string, late: string, store?: Store) => {
  const paths = { early: folder.path("early.jsonl"), late: folder.path("late.jsonl") };
  const write = (fleet: keyof typeof paths, content: string): void => writeFileSync(paths[fleet], content);
  write("early", early);
  write("late", late);
  const watchlist = `watches:
  - { name: early, fleet: "file:${paths.early}" }
  - { name: late, fleet: "file:${paths.late}" }
`;
  const config = await configOf({ WATCHLIST: "w.yml", ALERT_CHANNEL: "C0123456789" }, { "w.yml": watchlist });
  const { log, lines: logged } = keepLog();
  const fleets = openFleets(config, { env: {}, ownSecretNames: new Set(), now: () => NOW, log });
  const kept = store ?? (await openMemoryStore());
  fleets.attach(kept, { removes: true });
  const stored = async () => (await kept.list()).map(({ name }) => name);
  return { fleets, paths, write, logged, store: kept, stored, names: () => [...fleets.book.keys()].toSorted() };
};

const lines = (...names: readonly string[]): string =>
  names.map((name) => `{"name":"${name}","source":"env:TOKEN"}\n`).join("");

const alertAbout = async (store: Store, name: string) => {
  const round = { names: [name], now: NOW, leaseMs: 1, limit: 1, which: "all", roundStartedAt: after(1) } as const;
  const [claim] = await store.claimDue(round);
  if (claim === undefined) throw new TypeError("nothing is due");
  const state = { ...NEW_WATCH, alert: anAlert({ card: { ...anAlert().card, name } }) };
  const nextDueAt = after(1_000);
  await saveRound(store, claim, { state, checkedAt: NOW, nextDueAt, replies: [], history: [], messages: [] });
};

describe("a name that moves between fleets", () => {
  it.each([
    {
      what: "to a later fleet",
      early: ["a", "c", "mover"],
      late: ["b"],
      moved: { early: ["a", "c"], late: ["b", "mover"] },
    },
    {
      what: "to an earlier fleet",
      early: ["a"],
      late: ["b", "c", "mover"],
      moved: { early: ["a", "mover"], late: ["b", "c"] },
    },
    {
      what: "to both",
      early: ["a"],
      late: ["b", "c", "mover"],
      moved: { early: ["a", "mover"], late: ["b", "c", "mover"] },
    },
  ])("$what keeps its alert", async ({ early, late, moved }) => {
    const { fleets, store, write, stored, names } = await setUp(lines(...early), lines(...late));
    await fleets.refresh();
    await alertAbout(store, "mover");
    const before = await store.find("mover");
    write("early", lines(...moved.early));
    write("late", lines(...moved.late));
    await fleets.refresh();
    const all = ["a", "b", "c", "mover"];
    expect([names(), await stored(), fleets.troubles()]).toEqual([all, all, []]);
    expect(await store.find("mover")).toEqual(before);
    expect(await store.history({ watch: "mover", limit: 1 })).toEqual([]);
  });

  it("keeps its alert while the list that it moves to is not saved", async () => {
    const { fleets, store, write, names } = await setUp(lines("a", "c", "mover"), lines("b"));
    await fleets.refresh();
    await alertAbout(store, "mover");
    fleets.attach({ ...store, sync: () => Promise.reject(new Error("the disk is full")) }, { removes: true });
    write("early", lines("a", "c"));
    write("late", lines("b", "mover"));
    await fleets.refresh();
    expect([names(), fleets.troubles().map(({ message }) => message)]).toEqual([
      ["a", "b", "c", "mover"],
      [
        "The store did not save the list: the disk is full. The bot keeps the last list: 3 watches.",
        "The store did not save the list: the disk is full. The bot keeps the last list: 1 watch.",
      ],
    ]);
    fleets.attach(store, { removes: true });
    await fleets.refresh();
    expect([names(), fleets.troubles()]).toEqual([["a", "b", "c", "mover"], []]);
    expect(await store.history({ watch: "mover", limit: 1 })).toEqual([]);
  });
});

describe("a fleet that becomes readable after the start", () => {
  it.each([
    { what: "and is complete", late: lines("b"), removed: ["gone"] },
    { what: "with a malformed line", late: `${lines("b")}garbage\n`, removed: [] },
  ])("has its watches in the store at once, $what", async ({ late, removed }) => {
    const first = await setUp(lines("a", "gone"), lines("b"));
    await first.fleets.refresh();
    const { fleets, paths, write, stored } = await setUp(lines("a", "new"), "", first.store);
    rmSync(paths.late);
    await fleets.refresh();
    expect(await stored()).toEqual(["a", "b", "gone", "new"]);
    write("late", late + lines("newer"));
    await fleets.refresh();
    expect(await stored()).toEqual(["a", "b", "gone", "new", "newer"].filter((name) => !removed.includes(name)));
  });

  it("removes nothing from the other fleet before, and everything that left after", async () => {
    const first = await setUp(lines("a", "mover", "gone"), lines("b"));
    await first.fleets.refresh();
    const { fleets, paths, write, stored } = await setUp(lines("a", "mover", "gone"), "", first.store);
    rmSync(paths.late);
    await fleets.refresh();
    write("early", lines("a", "new"));
    await fleets.refresh();
    expect(await stored()).toEqual(["a", "b", "gone", "mover", "new"]);
    write("late", lines("b", "mover"));
    await fleets.refresh();
    expect(await stored()).toEqual(["a", "b", "mover", "new"]);
  });

  it("removes nothing in a program that only runs a round", async () => {
    const first = await setUp(lines("a", "gone"), lines("b"));
    await first.fleets.refresh();
    const { fleets, write, store, stored } = await setUp(lines("a", "new"), lines("b"), first.store);
    fleets.attach(store, { removes: false });
    await fleets.refresh();
    write("early", lines("a"));
    await fleets.refresh();
    expect(await stored()).toEqual(["a", "b", "gone", "new"]);
  });
});
