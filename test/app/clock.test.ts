import { describe, expect, it } from "vitest";
import { createClock } from "../../src/app/clock.ts";
import { keepLog } from "../support/keep-log.ts";

const NOON = new Date("2026-11-22T12:00:00Z");
const HOUR_MS = 3_600_000;

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

  it("keeps the last difference when the store does not answer", async () => {
    const { log, lines } = keepLog();
    const { now, correct } = createClock(() => NOON, log);
    await correct({ clockOffsetMs: async () => HOUR_MS });
    await correct({ clockOffsetMs: () => Promise.reject(new Error("away")) });
    expect(now()).toEqual(new Date("2026-11-22T13:00:00Z"));
    expect(lines.at(-1)).toMatchObject({ msg: expect.stringContaining("did not return its time") });
  });

  it("reports a large difference once, and again when it changes", async () => {
    const { log, lines } = keepLog();
    const { correct } = createClock(() => NOON, log);
    for (const offsetMs of [0, 900, HOUR_MS, HOUR_MS + 900, HOUR_MS, 0, 0]) {
      await correct({ clockOffsetMs: async () => offsetMs });
    }
    expect(lines.map(({ offsetMs }) => offsetMs)).toEqual([HOUR_MS, 0]);
  });
});
