import { describe, expect, it } from "vitest";
import { createAccountTurns } from "../../../src/graph/limits/account-turns.ts";
import { after } from "../../support/builders.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ACCOUNT = { app: "100000000000042", id: "100000000001001" };

type Event = readonly [atMs: number, what: "take" | { readonly percent: number | null; readonly waitMs?: number }];

/** Plays the events, and says whether the account may be read at a time. */
const mayRead = (events: readonly Event[], atMs: number, account = ACCOUNT): boolean => {
  const clock = { ms: 0 };
  const turns = createAccountTurns(() => after(clock.ms));
  for (const [ms, what] of events) {
    clock.ms = ms;
    if (what === "take") turns.take(ACCOUNT);
    else turns.answered(ACCOUNT, { waitMs: null, ...what });
  }
  clock.ms = atMs;
  return turns.take(account);
};

describe("the pause between two turns", () => {
  it.each<[string, readonly Event[], minutes: number]>([
    ["nothing is known", [], 0],
    ["no share was reported", [[0, { percent: null }]], 0],
    ["nothing is used", [[0, { percent: 0 }]], 0],
    ["three quarters are used", [[0, { percent: 75 }]], 0],
    ["a little more", [[0, { percent: 80 }]], 3],
    ["nearly all", [[0, { percent: 95 }]], 12],
    ["the limit is reached", [[0, { percent: 100, waitMs: 19 * MINUTE }]], 19],
    [
      "the share falls",
      [
        [0, { percent: 95 }],
        [MINUTE, { percent: 60 }],
      ],
      0,
    ],
    [
      "the share rises",
      [
        [0, { percent: 80 }],
        [MINUTE, { percent: 90 }],
      ],
      10,
    ],
    [
      "a later answer does not say",
      [
        [0, { percent: 80 }],
        [MINUTE, { percent: null }],
      ],
      3,
    ],
    [
      "another token took the turn",
      [
        [0, { percent: 80 }],
        [4 * MINUTE, "take"],
      ],
      7,
    ],
    ["the report is an hour old", [[0, { percent: 100, waitMs: 5 * HOUR }]], 60],
  ])("%s: %s", (_name, events, minutes) => {
    const last = events.at(-1)?.[0] ?? 0;
    const end = Math.max(last, minutes * MINUTE);
    expect([mayRead(events, Math.max(last, end - 1)), mayRead(events, end)]).toEqual([end === last, true]);
  });

  it("ends when the clock was set back, and does not hold for other accounts and apps", () => {
    const near: readonly Event[] = [[0, { percent: 99 }]];
    expect(mayRead(near, -MINUTE)).toBe(true);
    expect(mayRead(near, MINUTE, { ...ACCOUNT, id: "100000000001002" })).toBe(true);
    expect(mayRead(near, MINUTE, { ...ACCOUNT, app: "100000000000043" })).toBe(true);
    expect(mayRead(near, MINUTE)).toBe(false);
  });
});

describe("a day of an account whose tokens would need more reads than Meta allows", () => {
  it.each([
    [30, 200, 1],
    [60, 200, 1],
    [60, 200, 2],
    [60, 200, 4],
    [1_500, 5_000, 2],
  ])("%i tokens, two reads each in 15 minutes, %i reads an hour, %i replicas", (tokens, limit, replicas) => {
    const clock = { ms: 0 };
    const turns = Array.from({ length: replicas }, () => createAccountTurns(() => after(clock.ms)));
    const reads: number[] = [];
    const readAt = new Map<number, number>();
    let most = 0;
    for (let tick = 0; clock.ms < 24 * HOUR; tick++) {
      clock.ms = (tick * 15 * MINUTE) / tokens;
      const token = tick % tokens;
      // Every replica checks every token at times.
      const replica = turns[(tick + Math.floor(tick / tokens)) % replicas];
      const isTurn = replica?.take(ACCOUNT) === true;
      // The rounds use reads that are younger than an hour.
      if (!isTurn && clock.ms - (readAt.get(token) ?? -Infinity) < HOUR) continue;
      while ((reads[0] ?? Infinity) <= clock.ms - HOUR) reads.shift();
      reads.push(clock.ms, clock.ms);
      readAt.set(token, clock.ms);
      most = Math.max(most, Math.floor((reads.length * 100) / limit));
      replica?.answered(ACCOUNT, { percent: Math.min(100, Math.floor((reads.length * 100) / limit)), waitMs: null });
    }
    expect(most).toBeGreaterThanOrEqual(75);
    expect(most).toBeLessThan(100);
  });
});
