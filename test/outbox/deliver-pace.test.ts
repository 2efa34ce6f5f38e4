import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { after } from "../support/builders.ts";
import { MINUTE } from "./a-delivery.ts";
import { aReport, type Call, createDeliveryWorld, inChannel, limited, refused } from "./delivery-world.ts";

const timesIn = (calls: readonly Call[], channel: string): readonly number[] =>
  calls.filter((call) => call.channel === channel).map(({ atMs }) => atMs);
const gaps = (times: readonly number[]): readonly number[] => times.slice(1).map((time, i) => time - (times[i] ?? 0));

describe("the pace of messages", () => {
  it("is one message a second in each channel, of any kind, and channels run in parallel", async () => {
    const { say, report, owe, calls, time, deliver } = await createDeliveryWorld();
    await owe(inChannel("C1", "a"));
    await deliver();
    await say(inChannel("C1", "a"), "worse");
    await owe(inChannel("C1", "b"));
    await report(aReport("r", { routes: ["C1"] }));
    await owe(inChannel("C2", "c"));
    await deliver();
    expect(timesIn(calls, "C1")).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
    expect(timesIn(calls, "C2")).toEqual([0]);
    expect(time.now()).toEqual(after(4_000));
  });

  it("is shared by all replicas", async () => {
    const { owe, calls, time, deliver } = await createDeliveryWorld();
    for (let i = 0; i < 12; i++) await owe(inChannel("C1", `a${i}`));
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(calls.map(({ what }) => what).toSorted()).toEqual(
      Array.from({ length: 12 }, (_, i) => `post a${i}`).toSorted(),
    );
    expect(timesIn(calls, "C1")).toEqual(Array.from({ length: 12 }, (_, i) => i * 1_000));
    expect(time.now()).toEqual(after(11_000));
  });

  it("waits as long as Slack asks, then repeats the call; other channels continue", async () => {
    const { owe, calls, deliver } = await createDeliveryWorld({
      refuse: ({ what, atMs }) => (what === "post a" && atMs < 30_000 ? limited(30_000) : undefined),
    });
    for (const id of ["a", "b"]) await owe(inChannel("C1", id));
    for (let i = 0; i < 9; i++) await owe(inChannel("C2", `c${i}`));
    expect(await deliver()).toMatchObject({ posts: 11, failed: 0 });
    expect(calls.filter(({ channel }) => channel === "C1")).toMatchObject([
      { what: "post a", atMs: 0 },
      { what: "post a", atMs: 30_000 },
      { what: "post b", atMs: 31_000 },
    ]);
    expect(timesIn(calls, "C2").at(-1)).toBe(8_000);
  });

  it("leaves a channel with a long wait to a later pass", async () => {
    const { store, owe, calls, time, deliver } = await createDeliveryWorld({
      refuse: ({ channel, atMs }) => (channel === "C1" && atMs < 3 * MINUTE ? limited(3 * MINUTE) : undefined),
    });
    for (let i = 0; i < 9; i++) await owe(inChannel("C1", `a${i}`));
    await owe(inChannel("C2", "c"));
    expect(await deliver()).toMatchObject({ posts: 1, failed: 1 });
    expect(time.now()).toEqual(after(0));
    expect(calls).toHaveLength(2);
    const rows = await store.db
      .selectFrom("messages")
      .selectAll()
      .where("route", "=", "C1")
      .orderBy("subject")
      .execute();
    expect(rows[0]).toMatchObject({
      retry_at: after(3 * MINUTE).toISOString(),
      last_error: "Slack asks to wait (rate limited)",
    });
    expect(rows[1]).toMatchObject({ lease: null, failures: 0 });
    expect(await deliver()).toMatchObject({ posts: 0, failed: 0 });
    time.set(after(3 * MINUTE));
    expect(await deliver()).toMatchObject({ posts: 9, failed: 0 });
  });

  it("releases a message that could not begin within half of its lease, and claims it again", async () => {
    const { store, owe, say, calls, time, lines, deliver } = await createDeliveryWorld({ latencyMs: () => 10_000 });
    let alert = inChannel("C1", "a");
    await owe(alert);
    await deliver();
    calls.length = 0;
    const start = time.now().getTime();
    for (let i = 0; i < 20; i++) alert = await say(alert, "worse");
    const claims: number[] = [];
    const claim: typeof store.claim = async (options) => {
      const claimed = await store.claim(options);
      if (claimed.length > 0) claims.push(options.now.getTime() - start);
      return claimed;
    };
    expect(await deliver({ store: { ...store, claim } })).toMatchObject({ edits: 1, replies: 20, failed: 0 });
    expect(calls.map(({ what }) => what)).toEqual(["edit a", ...Array.from({ length: 20 }, () => "reply a worse")]);
    expect(claims).toEqual([0, 70_000, 140_000]);
    expect(lines.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it("sends nothing late when the process was suspended while it waited for its turn", async () => {
    const { store, owe, say, calls, time, deliver } = await createDeliveryWorld();
    const alert = inChannel("C1", "a");
    await owe(alert);
    await deliver();
    await say(alert, "worse");
    const claims: number[] = [];
    const claim: typeof store.claim = async (options) => {
      const claimed = await store.claim(options);
      if (claimed.length > 0) claims.push(options.now.getTime());
      return claimed;
    };
    let stalls = 1;
    const wait: typeof time.wait = async (ms, signal) => {
      await time.wait(ms, signal);
      if (stalls-- > 0) time.pass(3 * MINUTE);
    };
    expect(await deliver({ store: { ...store, claim }, wait })).toMatchObject({ edits: 1, replies: 1 });
    expect(claims).toHaveLength(2);
    expect(calls.map(({ what }) => what)).toEqual(["post a", "edit a", "reply a worse"]);
  });

  it("delivers the rest of a channel that became free during a claim", async () => {
    const { store, owe, time, deliver } = await createDeliveryWorld();
    for (let i = 0; i < 4; i++) await owe(inChannel("C1", `a${i}`));
    const claim: typeof store.claim = async (options) => {
      const claimed = await store.claim(options);
      await time.wait(5_000);
      return claimed;
    };
    expect(await deliver({ store: { ...store, claim } })).toMatchObject({ posts: 4 });
  });

  it("does not silence a channel after the clock was set back", async () => {
    const { store, owe, calls, time, deliver } = await createDeliveryWorld();
    await store.delayChannel("C1", after(24 * 60 * MINUTE));
    for (const id of ["a", "b"]) await owe(inChannel("C1", id));
    expect(await deliver()).toMatchObject({ posts: 2 });
    expect(timesIn(calls, "C1")).toEqual([1_000, 2_000]);
    expect(time.now()).toEqual(after(2_000));
  });

  it("never sends two messages to a channel within a second, and keeps their order", async () => {
    const failure = fc.option(fc.constantFrom(refused, limited(2_000), limited(40_000), limited(90_000)), {
      nil: undefined,
      freq: 2,
    });
    const owed = fc.array(fc.constantFrom("C1", "C2", "C3"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(owed, fc.array(failure), fc.array(fc.nat(9_000)), async (channels, failures, latencies) => {
        const { owe, calls, deliver } = await createDeliveryWorld({
          refuse: () => failures.shift(),
          latencyMs: () => latencies.shift() ?? 0,
        });
        for (const [i, channel] of channels.entries())
          await owe(inChannel(channel, `${channel} ${i}`, { openedAt: after(i - 1_000) }));
        const ends = [await deliver(), await deliver()];
        expect(ends.every(({ posts }) => posts <= channels.length)).toBe(true);
        for (const channel of ["C1", "C2", "C3"]) {
          expect(Math.min(1_000, ...gaps(timesIn(calls, channel)))).toBe(1_000);
          const firsts = new Set(calls.filter((call) => call.channel === channel).map(({ what }) => what));
          expect([...firsts]).toEqual(
            [...firsts].toSorted((a, b) => Number(a.split(" ")[2]) - Number(b.split(" ")[2])),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it("of one channel with a rate limit never delays another channel", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 20 }), fc.nat(100_000), async (held, free, asked) => {
        const { owe, calls, deliver } = await createDeliveryWorld({
          refuse: ({ channel }) => (channel === "C1" ? limited(asked + 1) : undefined),
        });
        for (let i = 0; i < held; i++) await owe(inChannel("C1", `a${i}`, { openedAt: after(-1) }));
        for (let i = 0; i < free; i++) await owe(inChannel("C2", `c${i}`));
        await deliver();
        expect(timesIn(calls, "C2")).toEqual(Array.from({ length: free }, (_, i) => i * 1_000));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a claim that another program may have taken over", () => {
  it("sends nothing more, but later claims are sent", async () => {
    let ours = true;
    const holding = (): (() => boolean) => {
      const then = ours;
      return () => then && ours;
    };
    const { owe, calls, deliver } = await createDeliveryWorld({
      refuse: () => {
        // This process is suspended just after its first message.
        ours = calls.length !== 1;
        return undefined;
      },
    });
    for (const id of ["a", "b", "c"]) await owe(inChannel("C1", id));
    expect(await deliver({ holding })).toMatchObject({ posts: 1, failed: 0 });
    expect(calls.map(({ what }) => what)).toEqual(["post a"]);
    ours = true;
    expect(await deliver({ holding })).toMatchObject({ posts: 2, failed: 0 });
    expect(calls.map(({ what }) => what)).toEqual(["post a", "post b", "post c"]);
  });
});
