import { describe, expect, it } from "vitest";
import type { RenewalEntry } from "../../src/renewal/audit.ts";
import type { Renewal } from "../../src/renewal/renewal.ts";
import { aLine, aRenewal, aStep, aStepLine, ended, stepped } from "../store/contract/states.ts";
import { aCard, after, NOW } from "../support/builders.ts";
import { MINUTE } from "./a-delivery.ts";
import { away, type Call, createDeliveryWorld, gone, refused } from "./delivery-world.ts";

type Options = NonNullable<Parameters<typeof createDeliveryWorld>[0]>;

/** A renewal in C1 that just started. */
const setUp = async (refuse: Options["refuse"] = () => undefined) => {
  const world = await createDeliveryWorld({ refuse });
  let renewal = aRenewal({ startedAt: NOW, card: aCard({ channel: "C1", owner: "U1" }) });
  await world.store.startRenewal(renewal, [aLine({ at: NOW })]);
  const save = async (next: Renewal, entries: readonly RenewalEntry[]): Promise<void> => {
    expect(await world.store.saveRenewal(next, entries)).toBe(true);
    renewal = next;
  };
  return {
    ...world,
    later: (minutes: number): void => world.time.set(after(minutes * MINUTE)),
    places: () => world.calls.map(({ what, channel }) => `${what} in ${channel}`),
    /** Takes one step. */
    step: async (): Promise<void> => {
      const result = aStep({ at: world.time.now() });
      await save(stepped(renewal, result), [aStepLine(result)]);
    },
    wait: async (): Promise<void> => {
      const next = { ...renewal, dayTold: true, revision: renewal.revision + 1 };
      await save(next, [aLine({ at: world.time.now(), event: { kind: "waits_a_day" } })]);
    },
    end: async (): Promise<void> => {
      const event = { kind: "ended", outcome: "done", step: null } as const;
      await save(ended(renewal, { endedAt: world.time.now() }), [aLine({ at: world.time.now(), event })]);
    },
  };
};

/** Slack fails the first call of this kind. */
const once = (what: string, failure: ReturnType<NonNullable<Options["refuse"]>>) => {
  let failed = false;
  return (call: Call) => {
    if (failed || !call.what.startsWith(what)) return undefined;
    failed = true;
    return failure;
  };
};

describe("the courier with a renewal", () => {
  it("posts it, keeps it current, and says each step once in the thread", async () => {
    const { step, wait, end, deliver, asked, store } = await setUp();
    expect(await deliver()).toMatchObject({ posts: 1, edits: 0, replies: 0, failed: 0 });
    await step();
    await step();
    await deliver();
    await wait();
    await end();
    await deliver();
    await deliver();
    expect(asked()).toEqual([
      "post renewal 1",
      "edit renewal 3",
      "reply renewal step",
      "reply renewal step",
      "edit renewal 5",
      "reply renewal waits_a_day, NOTICE",
      "reply renewal ended",
    ]);
    expect(await store.undelivered()).toEqual([]);
  });

  it.each([
    ["post", ["post renewal 2", "post renewal 2", "reply renewal step"]],
    ["reply", ["post renewal 2", "reply renewal step", "reply renewal step"]],
  ])("repeats a %s whose answer got lost once, and nothing else", async (what, calls) => {
    const { step, deliver, asked, later, store } = await setUp(once(what, away));
    await step();
    await deliver();
    later(5);
    await deliver();
    await deliver();
    expect(asked()).toEqual(calls);
    expect(await store.undelivered()).toEqual([]);
  });

  it("posts it anew at once when it was deleted, and continues in the new thread", async () => {
    const { step, deliver, asked, store } = await setUp(once("edit", gone));
    await deliver();
    await step();
    expect(await deliver()).toMatchObject({ posts: 1, replies: 1, failed: 0 });
    expect(asked()).toEqual(["post renewal 1", "edit renewal 2", "post renewal 2", "reply renewal step"]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("ends when each of its messages is deleted at once", async () => {
    const { step, deliver, asked } = await setUp(({ what }) => (what.startsWith("post") ? undefined : gone));
    await step();
    await deliver();
    expect(asked()).toEqual(["post renewal 2", "reply renewal step", "post renewal 2"]);
  });

  it("posts it in the fallback channel after its channel refused it twice, and keeps it current there", async () => {
    const { step, deliver, places, later } = await setUp(({ channel }) => (channel === "C1" ? refused : undefined));
    const rules = { fallbackChannel: "C9" };
    await deliver(rules);
    later(2);
    await deliver(rules);
    await deliver(rules);
    await step();
    await deliver(rules);
    expect(places()).toEqual([
      "post renewal 1 in C1",
      "post renewal 1 in C1",
      "post renewal 1 in C9",
      "edit renewal 2 in C9",
      "reply renewal step in C9",
    ]);
  });

  it("posts it elsewhere when its channel refuses its edits and a new post", async () => {
    let archived = false;
    const world = await setUp(({ channel }) => (archived && channel === "C1" ? refused : undefined));
    await world.deliver();
    archived = true;
    await world.step();
    for (const minute of [1, 3, 5, 9, 20]) {
      world.later(minute);
      await world.deliver();
    }
    const [last] = world.places().slice(-2);
    expect(last).toBe("post renewal 2 in U1");
    expect(await world.store.undelivered()).toEqual([]);
  });
});
