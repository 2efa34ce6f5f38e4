import { describe, expect, it } from "vitest";
import { createAfterRound } from "../../src/app/after-round.ts";
import { bookOf } from "../../src/watch/watch-book.ts";
import { configOf } from "../config/environment.ts";
import { after, aWatch, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { openMemoryStore } from "../support/memory-store.ts";

const DAY = 86_400_000;

/** The steps after rounds of a bot with fleets. */
const aBot = async () => {
  const store = await openMemoryStore();
  const clock = { ms: 0 };
  const fleets = { isRead: true };
  const afterRound = createAfterRound(await configOf({ DIGEST_SCHEDULE: "0 9 * * *" }), {
    watches: bookOf([aWatch({ name: "acme", channel: "C1" })]),
    fleets: { troubles: () => [], wereRead: () => fleets.isRead },
    now: () => after(clock.ms),
    fetch: () => Promise.reject(new Error("no monitor")),
    log: keepLog().log,
  });
  await store.sync([{ name: "acme", definition: "d" }], NOW);
  const round = async (ms: number): Promise<readonly string[]> => {
    clock.ms = ms;
    await afterRound(store, { startedAt: after(ms), endedAt: after(ms), checked: 1 }, true);
    return (await store.undelivered()).map(({ kind }) => kind).toSorted();
  };
  return { fleets, round };
};

describe("after a round", () => {
  it("the message after an absence and the digest wait until the fleets were read", async () => {
    const { fleets, round } = await aBot();
    expect(await round(0)).toEqual([]);
    fleets.isRead = false;
    expect(await round(2 * DAY)).toEqual([]);
    fleets.isRead = true;
    expect(await round(2 * DAY + 60_000)).toEqual(["absence", "digest"]);
  });
});
