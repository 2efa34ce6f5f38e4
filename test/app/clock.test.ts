import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createClock } from "../../src/app/clock.ts";
import { keepLog } from "../support/keep-log.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
const HOUR_MS = 3_600_000;
const { info: INFO, warn: WARN } = pino.levels.values;

describe("the bot's clock", () => {
  it("shows this machine's time until it asks the store, then the store's time", async () => {
    const { now, correct } = createClock(() => NOON, keepLog().log);
    expect(now()).toEqual(NOON);
    await correct({ clockOffsetMs: async () => -HOUR_MS });
    expect(now()).toEqual(new Date("2026-11-22T11:00:00Z"));
    await correct({ clockOffsetMs: async () => 250 });
    expect(now()).toEqual(new Date("2026-11-22T12:00:00.250Z"));
  });

  it("does not jump when the machine's clock is set right", async () => {
    let machine = new Date(NOON.getTime() + HOUR_MS);
    const { now, correct } = createClock(() => machine, keepLog().log);
    const store = { clockOffsetMs: async (ask: () => Date) => NOON.getTime() - ask().getTime() };
    await correct(store);
    expect(now()).toEqual(NOON);
    machine = NOON;
    await correct(store);
    expect(now()).toEqual(NOON);
  });

  it.each([
    [
      "1970-01-01T00:00:00Z",
      "This machine's clock says 1970-01-01 00:00 UTC, so it was never set. Set the clock (NTP). The bot checks nothing until then.",
    ],
    ["2025-12-31T23:59:59Z", expect.stringContaining("so it was never set")],
    ["2026-01-01T00:00:00Z", null],
    ["2026-11-22T12:00:00Z", null],
  ])("at %s reports whether it was ever set", (at, problem) => {
    expect(createClock(() => new Date(at), keepLog().log).problem()).toEqual(problem);
  });

  it("counts as set when the store's clock was set", async () => {
    const { problem, correct } = createClock(() => new Date(0), keepLog().log);
    await correct({ clockOffsetMs: async () => NOON.getTime() });
    expect(problem()).toBeNull();
  });

  it("names the database server when only that clock was never set", async () => {
    const { problem, correct } = createClock(() => NOON, keepLog().log);
    await correct({ clockOffsetMs: async () => -NOON.getTime() });
    expect(problem()).toBe(
      "The database server's clock says 1970-01-01 00:00 UTC, so it was never set. Set the clock (NTP). The bot checks nothing until then.",
    );
  });

  it("names this machine when the store has no clock of its own", async () => {
    const { problem, correct } = createClock(() => new Date(0), keepLog().log);
    await correct({ clockOffsetMs: async () => 0 });
    expect(problem()).toMatch(/^This machine's clock says 1970/);
  });

  it("keeps the last difference when the store does not answer", async () => {
    const { log, lines } = keepLog();
    const { now, correct } = createClock(() => NOON, log);
    await correct({ clockOffsetMs: async () => HOUR_MS });
    await correct({ clockOffsetMs: () => Promise.reject(new Error("away")) });
    expect(now()).toEqual(new Date("2026-11-22T13:00:00Z"));
    expect(lines.at(-1)).toMatchObject({ msg: expect.stringContaining("did not return its time") });
  });

  const reports = async (offsets: readonly number[]) => {
    const { log, lines } = keepLog();
    const { correct } = createClock(() => NOON, log);
    for (const offsetMs of offsets) await correct({ clockOffsetMs: async () => offsetMs });
    return lines.map(({ level, msg, offsetMs }) => ({ level, msg, offsetMs }));
  };

  it("reports a large difference once, again when it changes, and its end", async () => {
    const differs =
      "this machine's clock differs from the database's clock, which the bot uses; set this machine's clock (NTP)";
    expect(await reports([0, 900, HOUR_MS, HOUR_MS + 900, 2 * HOUR_MS, 900, 0, HOUR_MS])).toEqual([
      { level: WARN, offsetMs: HOUR_MS, msg: differs },
      { level: WARN, offsetMs: 2 * HOUR_MS, msg: differs },
      { level: INFO, offsetMs: 900, msg: "this machine's clock agrees with the database's clock again" },
      { level: WARN, offsetMs: HOUR_MS, msg: differs },
    ]);
  });

  it("asks to set the database server's clock when only that clock was never set", async () => {
    const [line] = await reports([-NOON.getTime()]);
    expect(line?.msg).toMatch(/set the database server's clock \(NTP\)$/);
  });
});
