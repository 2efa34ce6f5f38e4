import { describe, expect, it } from "vitest";
import { claimWithin } from "../../../src/watch/budget/claim-within.ts";
import type { ClaimDueOptions } from "../../../src/watch/ports.ts";
import { NOW } from "../../support/builders.ts";

/** Watches by name, longest overdue first. The first letter is the app; `!` marks an urgent one. */
const DUE = ["a1", "b1", "a2", "a3!", "b2", "a4", "c1!"];

/** Claims with these rooms, and returns what was claimed and what began. */
const claimed = async (rooms: Readonly<Record<string, number>>, limit = 10, failsAt = Infinity) => {
  const left = [...DUE];
  const began: string[] = [];
  const calls: ClaimDueOptions[] = [];
  const appOf = (watch: string): string | undefined => watch.slice(0, 1);
  const claim = claimWithin({
    store: {
      claimDue: async (options) => {
        if (calls.push(options) === failsAt) throw new Error("the database is away");
        const { names, onlyUrgent = false, limit: most } = options;
        const isIn = (name: string): boolean => "has" in names && names.has(name);
        const taken = left.filter((name) => isIn(name) && (!onlyUrgent || name.endsWith("!"))).slice(0, most);
        for (const name of taken) left.splice(left.indexOf(name), 1);
        const state = { verdict: null, failing: null, aliveFingerprint: null, told: null, alert: null };
        return taken.map((watch) => ({ watch, state, lease: "lease" }));
      },
    },
    limited: (checks) => new Map(Object.entries(rooms).filter(([, room]) => room < checks)),
    begin: (watch, app) => {
      expect(app).toBe(appOf(watch));
      began.push(watch);
    },
    appOf,
    areAll: (apps) => DUE.every((name) => apps.has(appOf(name) ?? "")),
  });
  const options = { names: DUE, now: NOW, leaseMs: 1, limit, which: "due", roundStartedAt: NOW } as const;
  const claims = await claim(options);
  const again = () => claim(options);
  return { names: claims.map(({ watch }) => watch), began, calls: calls.length, again };
};

describe("claims within the limits of Meta apps", () => {
  it("are those of the store while no app has a limit, the urgent ones first", async () => {
    const names = ["a3!", "c1!", "a1", "b1", "a2", "b2", "a4"];
    expect(await claimed({ a: 100 })).toMatchObject({ names, began: names, calls: 2 });
    expect(await claimed({ a: 100 }, 2)).toMatchObject({ names: ["a3!", "c1!"], calls: 1 });
  });

  it("leave out the watches of a paused app", async () => {
    expect((await claimed({ a: 0 })).names).toEqual(["c1!", "b1", "b2"]);
  });

  it("take urgent watches of a limited app first", async () => {
    expect((await claimed({ a: 2 })).names).toEqual(["c1!", "b1", "b2", "a3!", "a1"]);
  });

  it("never exceed the number that the round wants", async () => {
    expect((await claimed({ a: 3 }, 4)).names).toEqual(["c1!", "b1", "b2", "a3!"]);
  });

  it("keep what was claimed when the store fails later, because these checks began", async () => {
    const { names, began, again } = await claimed({ a: 2 }, 10, 3);
    expect(names).toEqual(["c1!", "b1", "b2"]);
    expect(began).toEqual(names);
    // The round learns of the failure, and only once.
    await expect(again()).rejects.toThrow("the database is away");
    expect(await again()).toHaveLength(2);
    await expect(claimed({ a: 2 }, 10, 1)).rejects.toThrow("the database is away");
  });

  it("ask the store nothing when every app is paused", async () => {
    expect(await claimed({ a: 0, b: 0, c: 0 })).toMatchObject({ names: [], began: [], calls: 0 });
  });
});
