import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import { type MemoryStore, openMemoryStore } from "../support/memory-store.ts";
import { createTimeWorld, type Fate } from "./time-world.ts";

const START = new Date("2026-11-22T08:00:00.000Z");
const days = (count: number): Date => new Date(START.getTime() + count * DAY_MS);

/** The longest wait for an inspection: the interval of 15 minutes, and the next tick. */
const LONGEST_GAP = 16.5;

/** The real store, in memory because thousands of checks would wait for a disk. */
const open = async (names: readonly string[]): Promise<MemoryStore> => {
  const store = await openMemoryStore(false);
  const watches = names.map((name) => ({ name, definition: name }));
  await store.sync(watches, new Date());
  return store;
};

interface WorldFields {
  readonly start?: string;
  readonly timezone?: string;
  readonly graphMs?: number;
  readonly channel?: string;
}

type TimeWorld = ReturnType<typeof createTimeWorld>;

let world: TimeWorld | undefined;
let opened: MemoryStore | undefined;
beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(async () => {
  await world?.stop();
  await opened?.close();
  [world, opened] = [undefined, undefined];
  vi.useRealTimers();
});

/** The running chain after its first round and deliveries. */
const at = async (tokens: Readonly<Record<string, Fate>>, options: WorldFields = {}): Promise<TimeWorld> => {
  const { start, ...others } = options;
  if (start !== undefined) vi.setSystemTime(new Date(start));
  opened = await open(Object.keys(tokens));
  world = createTimeWorld({ store: opened, tokens, ...others });
  await world.start();
  return world;
};

describe("the clock is set back a day", () => {
  it("inspections keep their interval, and nothing is announced twice", async () => {
    const { pass, setClock, since, problems } = await at({
      well: "never",
      dead: "revoked",
      ending: { endsAt: days(25) },
    });
    expect(since().said.toSorted()).toEqual(["dead: post revoked", "ending: post expiring"]);
    await pass(HOUR_MS);
    expect(since().said).toEqual([]);
    setClock(-DAY_MS);
    await pass(2 * HOUR_MS);
    const done = since();
    for (const watch of ["well", "dead", "ending"]) {
      expect(done.count(watch)).toBeGreaterThanOrEqual(7);
      expect(done.count(watch)).toBeLessThanOrEqual(10);
      expect(done.longestGap(watch)).toBeLessThanOrEqual(LONGEST_GAP);
    }
    expect(done.said).toEqual([]);
    expect(problems()).toEqual([]);
  });

  it("reminders neither stop for a day nor come all at once", async () => {
    const { pass, setClock, since } = await at({ dead: "revoked" });
    // Sent at full hours, 13:00 and 17:00, each a minute later, after the reminders of one channel were collected.
    await pass(10 * HOUR_MS);
    expect(since().said).toEqual(["dead: post revoked", "dead: reminder", "dead: reminder"]);
    setClock(-DAY_MS);
    await pass(DAY_MS);
    const { messages, said } = since();
    expect(new Set(said)).toEqual(new Set(["dead: reminder"]));
    const hours = messages
      .slice(1)
      .map(({ passedMs }, index) => (passedMs - (messages[index]?.passedMs ?? 0)) / HOUR_MS);
    // Replies with a time in the future count as sent when the clock was set.
    expect(said.length).toBeGreaterThanOrEqual(5);
    expect(said.length).toBeLessThanOrEqual(6);
    expect(Math.min(...hours)).toBeGreaterThan(3.9);
    expect(Math.max(...hours)).toBeLessThan(4.5);
  });

  it("a watch that a dead process claimed is free when its lease would have ended", async () => {
    const { store, pass, setClock, since } = await at({ well: "never" });
    const lease = { leaseMs: 2 * MINUTE_MS, limit: 1, roundStartedAt: new Date(), now: new Date() };
    expect(await store.claimDue({ ...lease, names: ["well"], which: "all" })).toHaveLength(1);
    setClock(-DAY_MS);
    since();
    await pass(3 * MINUTE_MS);
    expect(since().count("well")).toBe(1);
  });
});

describe("the clock is set forward a month", () => {
  it("each watch is inspected once, and each change causes one reply", async () => {
    const { pass, sleep, since, problems } = await at({
      well: "never",
      dead: "revoked",
      thirty: { endsAt: days(60) },
      fourteen: { endsAt: days(44) },
      over: { endsAt: days(25) },
    });
    expect(since().said.toSorted()).toEqual(["dead: post revoked", "over: post expiring"]);
    // A real month: Graph's clock moved as well.
    sleep(31 * DAY_MS);
    // A reminder waits a minute for others of its channel.
    await pass(3 * MINUTE_MS);
    const done = since();
    for (const watch of ["well", "dead", "thirty", "fourteen"]) expect(done.count(watch)).toBe(1);
    expect(done.said.toSorted()).toEqual([
      "dead: reminder",
      "fourteen: post expiring",
      "over: worse",
      "thirty: post expiring",
    ]);
    await pass(HOUR_MS);
    expect(since().said).toEqual([]);
    expect(problems()).toEqual([]);
  });

  it("by mistake, and back: nothing stays silent, nothing is announced twice", async () => {
    const { pass, setClock, since } = await at({ well: "never", ending: { endsAt: days(60) }, dead: "revoked" });
    since();
    setClock(31 * DAY_MS);
    await pass(10 * MINUTE_MS);
    // By this clock it expires in 29 days.
    expect(since().said.toSorted()).toEqual(["dead: reminder", "ending: post expiring"]);
    setClock(-31 * DAY_MS);
    await pass(2 * HOUR_MS);
    const done = since();
    expect(done.said).toEqual(["ending: recovered"]);
    for (const watch of ["well", "ending", "dead"]) {
      expect(done.count(watch)).toBeGreaterThanOrEqual(7);
      expect(done.count(watch)).toBeLessThanOrEqual(10);
    }
    await pass(3 * HOUR_MS);
    expect(since().said).toEqual(["dead: reminder"]);
  });
});

describe("the thresholds of one token", () => {
  it("each is announced once, also when the clock is set forward and back on the last day", async () => {
    const { pass, setClock, since } = await at({ ending: { endsAt: days(2) } });
    expect(since().said).toEqual(["ending: post expiring"]);
    await pass(DAY_MS + HOUR_MS);
    expect(since().said).toEqual(["ending: worse"]);
    for (let turn = 0; turn < 6; turn++) {
      setClock(turn % 2 === 0 ? -12 * HOUR_MS : 12 * HOUR_MS);
      await pass(20 * MINUTE_MS);
    }
    // An expiry further away than before is better; the same threshold again is no news.
    const { said } = since();
    expect(said.filter((word) => word !== "ending: better")).toEqual([]);
    expect(said.length).toBeLessThanOrEqual(3);
    await pass(DAY_MS);
    expect(since().said.filter((word) => word === "ending: worse")).toHaveLength(1);
  });
});

describe("a laptop sleeps", () => {
  it("over five ticks: each watch is checked once, then as usual", async () => {
    const { pass, sleep, since } = await at({ well: "never", dead: "revoked" });
    since();
    sleep(75 * MINUTE_MS);
    await pass(30 * MINUTE_MS);
    const done = since();
    for (const watch of ["well", "dead"]) expect(done.count(watch)).toBe(2);
    expect(done.said).toEqual([]);
  });

  it("over three reminders: one replaces them", async () => {
    const { pass, sleep, since } = await at({ dead: "revoked" });
    since();
    sleep(13 * HOUR_MS);
    await pass(HOUR_MS);
    expect(since().said).toEqual(["dead: reminder"]);
  });
});

describe("summer time", () => {
  it.each([
    ["begins", "2026-03-28T23:30:00.000Z"],
    ["ends", "2026-10-24T23:30:00.000Z"],
  ])("%s: inspections and reminders keep their intervals", async (_what, start) => {
    const { pass, since } = await at({ dead: "revoked" }, { start, timezone: "Europe/Berlin" });
    since();
    await pass(5 * HOUR_MS);
    const done = since();
    expect(done.longestGap("dead")).toBeLessThanOrEqual(LONGEST_GAP);
    expect(done.said).toEqual(["dead: reminder"]);
  });
});

describe("a round that takes longer than its interval", () => {
  it("does not run twice, and its findings are announced", async () => {
    const { pass, since, problems } = await at({ well: "never", dead: "revoked" }, { graphMs: 20 * MINUTE_MS });
    await pass(3 * HOUR_MS);
    const done = since();
    expect(done.count("well")).toBeGreaterThanOrEqual(5);
    expect(done.count("well")).toBeLessThanOrEqual(10);
    expect(done.said).toEqual(["dead: post revoked"]);
    expect(problems()).toEqual([]);
  });
});

describe("two tokens of one channel that expire one after the other", () => {
  it("are reminded together, at the full hour", async () => {
    const endsAt = (minutes: number): Date => new Date(START.getTime() + minutes * MINUTE_MS);
    const tokens = { first: { endsAt: endsAt(70) }, second: { endsAt: endsAt(110) } };
    const { pass, since } = await at(tokens, { channel: "C-both" });
    await pass(3 * HOUR_MS);
    expect(since().said.toSorted()).toEqual([
      "first: post expiring",
      "first: worse",
      "second: post expiring",
      "second: worse",
    ]);
    // Announced within one hour, so both are due at 14:00.
    await pass(2.9 * HOUR_MS);
    expect(since().said).toEqual([]);
    await pass(0.2 * HOUR_MS);
    expect(since().said).toEqual(["reminders: post"]);
  });
});
