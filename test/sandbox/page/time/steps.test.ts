import { describe, expect, it } from "vitest";
import { nextStep } from "../../../../sandbox/page/server/time/next-step.ts";
import { tickFrom } from "../../../../src/watch/forecast/forecast-watch.ts";
import { nextThreshold, thresholdsOf } from "../../../../sandbox/page/server/time/next-threshold.ts";
import { openPage } from "../open-page.ts";

const TICKS = { schedule: "5 * * * *", timezone: "UTC" };
const at = (time: string): Date => new Date(`2026-11-24T${time}:00Z`);

describe("steps of the clock", () => {
  it.each([
    ["08:00", "09:00", "08:05", true],
    ["08:05", "09:00", "09:00", false],
    ["08:05", "09:05", "09:05", true],
    ["08:06", "08:30", "08:30", false],
  ])("moves from %s towards %s in a step to %s", (now, target, next, tick) => {
    expect(nextStep(TICKS, at(now), at(target))).toEqual({ at: at(next), tick });
  });

  // The bot reports a longer absence than two hours after the first missed tick.
  it.each([
    ["at the tick of the next news", "10:01", "20:00", "10:05"],
    ["so often that the bot reports no absence", "18:00", "20:00", "11:05"],
    ["at the last tick of the way", "18:00", "10:30", "10:05"],
    ["at the next tick when news may be there", "08:30", "20:00", "09:05"],
    ["at the next tick when news wait", "08:05", "20:00", "09:05"],
    ["at the target when no tick comes before", "18:00", "08:50", "08:50"],
  ])("stops in a quiet span %s", (_, until, target, stop) => {
    const quiet = { until: at(until), longestGapMs: 2 * 3_600_000 };
    expect(nextStep(TICKS, at("08:05"), at(target), quiet).at).toEqual(at(stop));
  });

  it("includes a tick at exactly the given instant", () => {
    expect(tickFrom(TICKS, at("08:05"))).toEqual(at("08:05"));
    expect(tickFrom(TICKS, at("08:06"))).toEqual(at("09:05"));
  });
});

describe("thresholds", () => {
  it("belong to working tokens with an expiry date, in order of time", async () => {
    const page = await openPage();
    const { world, desk } = page.stage();
    const watch = world.config.watches.find(({ name }) => name === "support-prod");
    const token = desk.deployed("support-prod").at(-1)?.token;
    if (watch === undefined || token === undefined) throw new Error("support-prod is missing");
    const all = thresholdsOf(watch, token);
    expect(all.map(({ what }) => what)).toEqual([
      "30 days left",
      "14 days left",
      "7 days left",
      "3 days left",
      "1 day left",
      "token expires",
    ]);
    expect(nextThreshold(all, world.clock.now())?.what).toBe("3 days left");
    expect(thresholdsOf(watch, { ...token, expiresAt: "never" })).toEqual([]);
    expect(thresholdsOf(watch, { ...token, standing: { kind: "revoked", subcode: 466 } })).toEqual([]);
  });
});
