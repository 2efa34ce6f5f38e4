import { describe, expect, it } from "vitest";
import { startTogether } from "../../src/app/start-together.ts";

/** Slack answers when the test says so; the wait passes when the test says so, or is called off. */
const setUp = () => {
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
  it("begins the first round after Slack took the credentials", async () => {
    const { deeds, slack, started } = setUp();
    await turn();
    expect(deeds).toEqual(["wait 3000"]);
    slack.resolve();
    expect(await started).toBe(true);
    expect(deeds).toEqual(["wait 3000", "rounds"]);
  });

  it("begins no round when Slack refused them", async () => {
    const { deeds, slack, started } = setUp();
    slack.reject(new Error("refused"));
    await expect(started).rejects.toThrow("refused");
    expect(deeds).toEqual(["wait 3000"]);
  });

  it("does not let a silent Slack keep the first round waiting, and still says when it was tried", async () => {
    const { deeds, slack, patience, started } = setUp();
    patience.resolve();
    await turn();
    expect(deeds).toEqual(["wait 3000", "rounds"]);
    slack.resolve();
    expect(await started).toBe(true);
    expect(deeds).toHaveLength(2);
  });

  it("refuses also what Slack refused late", async () => {
    const { slack, patience, started } = setUp();
    patience.resolve();
    await turn();
    slack.reject(new Error("refused"));
    await expect(started).rejects.toThrow("refused");
  });

  it("begins no round when it is called off", async () => {
    const { deeds, stop, started } = setUp();
    stop.abort();
    expect(await started).toBe(false);
    expect(deeds).toEqual(["wait 3000"]);
  });

  it("does nothing when it was called off before", async () => {
    const deeds: string[] = [];
    const slack = { start: () => Promise.resolve(void deeds.push("slack")) };
    const scheduler = { start: () => void deeds.push("rounds") };
    const wait = () => Promise.resolve();
    expect(await startTogether({ slack, scheduler, wait }, AbortSignal.abort())).toBe(false);
    expect(deeds).toEqual([]);
  });
});
