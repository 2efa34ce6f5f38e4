import { describe, expect, it } from "vitest";
import { createCourier } from "../../src/outbox/courier.ts";
import { deliver } from "../../src/outbox/deliver.ts";
import { createRests } from "../../src/outbox/rests.ts";
import { after } from "../support/builders.ts";
import { away, type Call, createDeliveryWorld, inChannel, refused } from "./delivery-world.ts";

const CHANNELS = ["C1", "C2", "C3", "C4", "C5"];

/** A running courier in virtual time, with one alert for each channel, during an outage of Slack of this length. */
const comeBackAfter = async (awayMs: number, untilMs: number) => {
  const down = ({ atMs }: Call) => (atMs < awayMs ? away : undefined);
  const world = await createDeliveryWorld({ refuse: down });
  const { deps, owe, time, calls } = world;
  for (const channel of CHANNELS) await owe(inChannel(channel, `alert-${channel}`));
  const courier = createCourier({
    deliver: (pass) => deliver(deps, pass),
    wait: time.wait,
    nextTryAt: () => deps.rests.nextAt(),
    now: time.now,
    log: deps.log,
  });
  courier.wake();
  await time.run(time.wait(untilMs));
  await courier.stop(0);
  const taken = calls.filter(({ atMs }) => atMs >= awayMs).map(({ atMs }) => atMs);
  return { calls, taken };
};
const timesIn = (calls: readonly Call[], channel: string): readonly number[] =>
  calls.filter((call) => call.channel === channel).map(({ atMs }) => atMs / 1_000);

describe("Slack after an outage", () => {
  it("is tried after 1, 2, 4 … 60 seconds in each channel", async () => {
    const { calls } = await comeBackAfter(190_000, 180_000);
    expect(timesIn(calls, "C1")).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
  });

  it.each([2_500, 10_000, 40_000, 90_000, 300_000])(
    "gets the messages of all channels soon after an outage of %i ms",
    async (ms) => {
      const { taken } = await comeBackAfter(ms, ms + 70_000);
      expect(taken).toHaveLength(CHANNELS.length);
      const first = (taken[0] ?? Infinity) - ms;
      expect(first).toBeLessThanOrEqual(60_000);
      expect(first).toBeLessThanOrEqual(ms + 1_000);
      // The first accepted message frees the other channels.
      expect((taken.at(-1) ?? Infinity) - (taken[0] ?? 0)).toBeLessThanOrEqual(1_000);
    },
  );
});

describe("the rests of channels", () => {
  it.each([
    [0, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    [0.5, [900, 1_800, 3_600, 7_200, 14_400, 28_800, 54_000, 54_000]],
  ])("double up to a minute, shortened by jitter (%s)", (random, expected) => {
    const rests = createRests(() => random);
    expect(expected.map(() => rests.away("C1", after(0)))).toEqual(expected.map(after));
  });

  it("end for the other channels at one answer, except after a rate limit, and only its own count is cleared", () => {
    const rests = createRests(() => 0);
    rests.rest("C9", after(30_000));
    for (const channel of ["C1", "C2", "C2"]) rests.away(channel, after(0));
    expect(rests.channels(after(0)).toSorted()).toEqual(["C1", "C2", "C9"]);
    expect(rests.answered("C1")).toBe(true);
    expect(rests.answered("C1")).toBe(false);
    expect(rests.channels(after(0))).toEqual(["C9"]);
    expect(rests.nextAt()).toEqual(after(30_000));
    expect(rests.away("C1", after(0))).toEqual(after(1_000));
    expect(rests.away("C2", after(0))).toEqual(after(4_000));
  });

  it("end for the other channels at a refusal, which is an answer too", async () => {
    const world = await createDeliveryWorld({
      refuse: ({ channel, atMs }) => (atMs === 0 && channel !== "C1" ? away : refused),
    });
    await world.owe(inChannel("C2", "b"));
    await world.deliver();
    await world.owe(inChannel("C1", "a"));
    await world.deliver();
    expect(world.asked().slice(0, 3)).toEqual(["post b", "post a", "post b"]);
  });

  it("do not last longer when the clock is set back", () => {
    const rests = createRests(() => 0);
    rests.away("C1", after(86_400_000));
    rests.rest("C2", after(86_400_000));
    expect(rests.channels(after(0))).toEqual([]);
  });
});
