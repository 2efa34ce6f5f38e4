import { describe, expect, it } from "vitest";
import type { Claim } from "../../../src/watch/ports.ts";
import { createClaimsAhead } from "../../../src/watch/pace/claims-ahead.ts";
import { after, NOW } from "../../support/builders.ts";
import { aState } from "../../store/contract/states.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Claims from so many due watches. A released watch is due again. */
const setUp = (due: number, most = 10) => {
  const free = Array.from({ length: due }, (_, index) => `w${index}`);
  const asked: number[] = [];
  const released: string[] = [];
  let now = NOW;
  let isAway = false;
  const ahead = createClaimsAhead({
    claim: async (limit): Promise<readonly Claim[] | undefined> => {
      asked.push(limit);
      if (isAway) return undefined;
      return free.splice(0, limit).map((watch) => ({ watch, state: aState(), lease: "lease" }));
    },
    release: async (claims) => {
      released.push(...claims.map(({ watch }) => watch));
      free.unshift(...claims.map(({ watch }) => watch));
    },
    most: () => most,
    now: () => now,
    changed: () => {},
  });
  const refill = async (): Promise<void> => {
    ahead.refill();
    await settle();
  };
  return {
    ahead,
    asked,
    released,
    refill,
    take: (count: number) => Array.from({ length: count }, () => ahead.next()?.watch),
    setNow: (next: Date) => {
      now = next;
    },
    lose: () => {
      isAway = true;
    },
  };
};

describe("claims ahead of the inspections", () => {
  it("never hold more than the limit, and are refilled when few are left", async () => {
    const { ahead, asked, refill, take } = setUp(100);
    await refill();
    expect([asked, ahead.waiting()]).toEqual([[10], 10]);
    await refill();
    take(7);
    await refill();
    expect(asked).toEqual([10]);
    expect(take(1)).toEqual(["w7"]);
    await refill();
    expect([asked, ahead.waiting()]).toEqual([[10, 8], 10]);
  });

  it("run one claim at a time", async () => {
    const { ahead, asked } = setUp(100);
    ahead.refill();
    ahead.refill();
    await settle();
    expect(asked).toEqual([10]);
  });

  it("are empty when a claim finds nothing, until a watch becomes free", async () => {
    const { ahead, asked, refill, take } = setUp(4);
    expect(ahead.isEmpty()).toBe(false);
    await refill();
    expect(take(5)).toEqual(["w0", "w1", "w2", "w3", undefined]);
    await refill();
    expect([asked, ahead.isEmpty()]).toEqual([[10, 10], true]);
    ahead.lookAgain();
    expect(ahead.isEmpty()).toBe(false);
    await refill();
    expect([asked, ahead.isEmpty()]).toEqual([[10, 10, 10], true]);
  });

  it("are not asked for again when the store fails", async () => {
    const { ahead, asked, refill, lose } = setUp(4);
    lose();
    await refill();
    await refill();
    expect([asked, ahead.isEmpty()]).toEqual([[10], true]);
  });

  it.each([
    ["waited too long", after(30_000)],
    ["come from a clock that was set back", after(-1_000)],
  ])("are given back and claimed again when they %s", async (_, later) => {
    const { ahead, released, refill, take, setNow } = setUp(12);
    await refill();
    expect(take(1)).toEqual(["w0"]);
    setNow(later);
    expect(take(2)).toEqual([undefined, undefined]);
    await settle();
    expect(released).toHaveLength(9);
    await refill();
    expect(take(1)).toEqual(["w1"]);
    expect(ahead.waiting()).toBe(9);
  });

  it("are given back at the end, also those of a claim that still runs", async () => {
    const { ahead, released } = setUp(4);
    ahead.refill();
    await ahead.giveBack();
    expect(released).toEqual(["w0", "w1", "w2", "w3"]);
    expect(ahead.waiting()).toBe(0);
  });
});
