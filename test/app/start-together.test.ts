import { describe, expect, it } from "vitest";
import { startTogether } from "../../src/app/start-together.ts";

/** The test controls when Slack answers and when the wait ends. An abort also ends the wait. */
const setUp = (fleets?: Promise<void>) => {
  const deeds: string[] = [];
  const slack = Promise.withResolvers<void>();
  const patience = Promise.withResolvers<void>();
  const stop = new AbortController();
  const started = startTogether(
    {
      slack: {
        start: (signal) => {
          signal?.addEventListener("abort", () => slack.resolve());
          return slack.promise;
        },
      },
      scheduler: { start: () => void deeds.push("rounds") },
      fleetsRead: fleets ?? Promise.resolve(),
      wait: (ms, signal) => {
        deeds.push(`wait ${ms}`);
        signal.addEventListener("abort", () => patience.resolve());
        return patience.promise;
      },
    },
    stop.signal,
  );
  return { deeds, slack, patience, stop, started };
};

const turn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });

describe("starting Slack and the rounds", () => {
  it("starts the first round after Slack accepted the credentials", async () => {
    const { deeds, slack, started } = setUp();
    await turn();
    expect(deeds).toEqual(["wait 3000"]);
    slack.resolve();
    expect(await started).toBe(true);
    expect(deeds).toEqual(["wait 3000", "rounds"]);
  });

  it("starts the first round after the fleets are read, and waits for a slow fleet no longer than for Slack", async () => {
    const fleets = Promise.withResolvers<void>();
    const { deeds, slack, patience, started } = setUp(fleets.promise);
    slack.resolve();
    await turn();
    expect(deeds).toEqual(["wait 3000"]);
    patience.resolve();
    expect(await started).toBe(true);
    expect(deeds).toEqual(["wait 3000", "rounds"]);
  });

  it("starts no round when Slack refused them", async () => {
    const { deeds, slack, started } = setUp();
    slack.reject(new Error("refused"));
    await expect(started).rejects.toThrow("refused");
    expect(deeds).toEqual(["wait 3000"]);
  });

  it("starts the first round without an answer from Slack, and waits for the first attempt to end", async () => {
    const { deeds, slack, patience, started } = setUp();
    patience.resolve();
    await turn();
    expect(deeds).toEqual(["wait 3000", "rounds"]);
    slack.resolve();
    expect(await started).toBe(true);
    expect(deeds).toHaveLength(2);
  });

  it("rejects also when Slack refuses the credentials late", async () => {
    const { slack, patience, started } = setUp();
    patience.resolve();
    await turn();
    slack.reject(new Error("refused"));
    await expect(started).rejects.toThrow("refused");
  });

  it("starts no round when it is cancelled", async () => {
    const { deeds, stop, started } = setUp();
    stop.abort();
    expect(await started).toBe(false);
    expect(deeds).toEqual(["wait 3000"]);
  });

  it("does nothing when it was cancelled before", async () => {
    const deeds: string[] = [];
    const slack = { start: () => Promise.resolve(void deeds.push("slack")) };
    const scheduler = { start: () => void deeds.push("rounds") };
    const wait = () => Promise.resolve();
    expect(await startTogether({ slack, scheduler, fleetsRead: Promise.resolve(), wait }, AbortSignal.abort())).toBe(
      false,
    );
    expect(deeds).toEqual([]);
  });
});
