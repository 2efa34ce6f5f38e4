import { describe, expect, it } from "vitest";
import { createWakeSignal } from "../../src/watch/wake-signal.ts";
import type { Delivery } from "../../src/watch/message.ts";
import type { DeliveryFailure } from "../../src/watch/notifier.ts";
import { after } from "../support/builders.ts";
import { aWord, MINUTE } from "./a-delivery.ts";
import {
  aReport,
  away,
  createDeliveryWorld,
  type DeliveryWorld,
  gone,
  inChannel,
  limited,
  refused,
} from "./delivery-world.ts";

const NOTHING = { posts: 0, edits: 0, replies: 0, failed: 0 };

/** The state of the stored messages. */
const rows = ({ store }: Pick<DeliveryWorld, "store">) => store.db.selectFrom("messages").selectAll().execute();
const leased = async (world: Pick<DeliveryWorld, "store">) =>
  (await rows(world)).filter(({ lease }) => lease !== null).length;

/** An alert whose message is posted. */
const posted = async (world: DeliveryWorld, id = "a", channel = "C1") => {
  const alert = inChannel(channel, id);
  await world.owe(alert);
  await world.deliver();
  world.calls.length = 0;
  return alert;
};

describe("delivering what the outbox owes", () => {
  it("posts a new alert once, and knows where Slack put it", async () => {
    const world = await createDeliveryWorld();
    const { owe, say, asked, lines, deliver, store } = world;
    await owe(inChannel("C1", "a"));
    await say(await say(inChannel("C1", "a"), "worse"), "worse");
    expect(await deliver()).toEqual({ ...NOTHING, posts: 1 });
    expect(await deliver()).toEqual(NOTHING);
    expect(asked()).toEqual(["post a"]);
    expect(await rows(world)).toMatchObject([{ kind: "alert", subject: "a", channel: "C1", ts: "1.0", lease: null }]);
    expect(await store.undelivered()).toEqual([]);
    expect(lines).toMatchObject([{ msg: "messages delivered", posts: 1 }]);
  });

  it("edits first, then sends each reply in order", async () => {
    const world = await createDeliveryWorld();
    const alert = await posted(world);
    await world.say(await world.say(alert, "worse"), "better");
    expect(await world.deliver()).toEqual({ ...NOTHING, edits: 1, replies: 2 });
    expect(world.asked()).toEqual(["edit a", "reply a worse", "reply a better"]);
    expect(await leased(world)).toBe(0);
  });

  it.each(["edit", "reply"])("posts anew when %s finds the message gone; the post says everything", async (verb) => {
    let now = false;
    const world = await createDeliveryWorld({
      refuse: ({ what }) => (now && what.startsWith(verb) ? gone : undefined),
    });
    const alert = await posted(world);
    now = true;
    await world.say(alert, "worse");
    expect(await world.deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(world.asked().at(-1)).toBe("post a");
    expect(await world.store.undelivered()).toEqual([]);
  });

  it("keeps what was delivered when a later call fails", async () => {
    const world = await createDeliveryWorld({ refuse: ({ what }) => (what === "reply a better" ? away : undefined) });
    await world.say(await world.say(await posted(world), "worse"), "better");
    expect(await world.deliver()).toEqual({ ...NOTHING, edits: 1, replies: 1, failed: 1 });
    expect(await world.store.db.selectFrom("owed").select("what").execute()).toEqual([{ what: "better" }]);
    expect(await rows(world)).toMatchObject([{ failures: 0, last_error: "Slack did not answer" }]);
  });

  it("comes back for what a round added meanwhile", async () => {
    const world: DeliveryWorld = await createDeliveryWorld({
      meanwhile: async ({ what }) => {
        if (what === "post a") await world.say(inChannel("C1", "a"), "worse");
      },
    });
    await world.owe(inChannel("C1", "a"));
    await world.deliver();
    expect(world.asked()).toEqual(["post a", "edit a", "reply a worse"]);
  });

  it("takes a message of each place at a time, and delivers all of them", async () => {
    const world = await createDeliveryWorld();
    let most = 0;
    const { store } = world;
    const claim: typeof store.claim = async (options) => {
      const claims = await store.claim(options);
      most = Math.max(most, await leased(world));
      return claims;
    };
    for (let i = 0; i < 300; i++) await world.owe(inChannel(`C${i % 100}`, `a${i}`));
    expect(await world.deliver({ store: { ...store, claim } })).toMatchObject({ posts: 300, failed: 0 });
    expect(most).toBeLessThanOrEqual(100);
  });

  it("what a person just did overtakes a long queue", async () => {
    const world: DeliveryWorld = await createDeliveryWorld({
      meanwhile: async ({ what }) => {
        if (what === "post a3") await world.say(inChannel("C1", "asked"), "acknowledged", { by: "U1" });
      },
    });
    await posted(world, "asked");
    for (let i = 0; i < 40; i++) await world.owe(inChannel("C1", `a${i}`));
    await world.deliver();
    const at = world.asked().indexOf("post a3");
    expect(world.asked().slice(at, at + 3)).toEqual(["post a3", "edit asked", "reply asked acknowledged"]);
  });

  it("lets through only what is urgent during quiet hours, and the rest when they end", async () => {
    const { owe, report, asked, time, deliver } = await createDeliveryWorld();
    const quietUntil = (at: Date): Date | null => (at < after(MINUTE) ? after(MINUTE) : null);
    await owe(inChannel("C1", "mild", { severity: "warning" }));
    await owe(inChannel("C1", "bad", { severity: "critical" }));
    await report(aReport("r", { routes: ["C2"] }));
    await deliver({ quietUntil });
    expect(asked()).toEqual(["post bad"]);
    time.set(after(MINUTE));
    await deliver({ quietUntil });
    expect(asked().toSorted()).toEqual(["post absence", "post bad", "post mild"]);
  });

  it("looks again when the wake signal is raised, although another place is busy", async () => {
    const wakeSignal = createWakeSignal();
    const world: DeliveryWorld = await createDeliveryWorld({
      latencyMs: ({ what }) => (what === "post slow" ? 9_000 : 0),
      meanwhile: async ({ what }) => {
        if (what !== "post ringer") return;
        await world.time.wait(3_000);
        await world.owe(inChannel("C3", "late"));
        wakeSignal.raise();
      },
    });
    await world.owe(inChannel("C1", "slow"));
    await world.owe(inChannel("C2", "ringer"));
    await world.deliver({}, { wakeSignal });
    expect(world.calls.find(({ what }) => what === "post late")?.atMs).toBeLessThan(9_000);
  });
});

describe("reports and lists", () => {
  it("go out once, to their first route", async () => {
    const { report, calls, deliver } = await createDeliveryWorld();
    await report(aReport("r", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(await deliver()).toEqual(NOTHING);
    expect(calls).toMatchObject([{ what: "post absence", channel: "C9" }]);
  });

  it("of digests for the same people the latest goes out, and every absence", async () => {
    const { report, calls, deliver } = await createDeliveryWorld();
    const digest = {
      kind: "digest",
      body: {
        kind: "digest",
        counts: { states: [], alerts: 0, acknowledged: 0, snoozed: 0, unread: 0 },
        rows: [],
        more: 0,
      },
    } as const;
    const reports = [aReport("a"), aReport("b", { at: after(-1) }), aReport("d", { routes: ["U1"] })];
    await report(...reports, aReport("c", digest), aReport("e", { ...digest, at: after(-1) }));
    expect(await deliver()).toMatchObject({ posts: 4 });
    expect(calls.map(({ what, channel }) => `${what} to ${channel}`).toSorted()).toEqual([
      "post absence to C9",
      "post absence to C9",
      "post absence to U1",
      "post digest to C9",
    ]);
  });

  it("move on to the next route at once when one refuses, and ask the last one again", async () => {
    const { report, calls, time, deliver } = await createDeliveryWorld({ refuse: () => refused });
    await report(aReport("a", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ posts: 0, failed: 2 });
    expect(calls.map(({ channel }) => channel)).toEqual(["C9", "U1"]);
    time.pass(MINUTE);
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect(calls.at(-1)).toMatchObject({ channel: "U1", atMs: expect.toSatisfy((ms: number) => ms >= MINUTE) });
  });

  it("stay with their route while Slack is away", async () => {
    const { report, calls, time, deliver } = await createDeliveryWorld({ refuse: () => away });
    await report(aReport("a", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ failed: 1 });
    time.pass(2 * MINUTE);
    await deliver();
    expect(calls.map(({ channel }) => channel)).toEqual(["C9", "C9"]);
  });
});

describe("what Slack does not take", () => {
  it("Slack away is tried once for a channel, however much is owed", async () => {
    const world = await createDeliveryWorld({ refuse: () => away });
    for (let i = 0; i < 45; i++) await world.owe(inChannel("C1", `a${i}`));
    expect(await world.deliver()).toMatchObject({ posts: 0, failed: 1 });
    expect(world.calls).toHaveLength(1);
    expect(await leased(world)).toBe(0);
  });

  it("a refusal is about one message: the next one is tried", async () => {
    const world = await createDeliveryWorld({ refuse: ({ what }) => (what === "post a" ? refused : undefined) });
    for (const id of ["a", "b"]) await world.owe(inChannel("C1", id));
    expect(await world.deliver()).toMatchObject({ posts: 1, failed: 1 });
    expect(world.asked()).toEqual(["post a", "post b"]);
    const [a] = (await rows(world)).filter(({ subject }) => subject === "a");
    expect(a).toMatchObject({ last_error: "not_in_channel", retry_at: after(MINUTE).toISOString() });
    expect(world.lines[0]).toMatchObject({ level: 40, watch: "a", channel: "C1", error: "not_in_channel" });
  });

  it.each<[DeliveryFailure, readonly number[]]>([
    [refused, [1, 2, 4, 8, 16, 32, 60, 60]],
    [limited(2 * MINUTE), [2, 2]],
    [limited(9_999 * MINUTE), [60, 60]],
  ])("the pauses grow: %o", async (failure, minutes) => {
    const world = await createDeliveryWorld({ refuse: () => failure });
    await world.owe(inChannel("C1", "a"));
    const pauses: number[] = [];
    for (let i = 0; i < minutes.length; i++) {
      await world.deliver();
      const [row] = await rows(world);
      const retryAt = new Date(row?.retry_at ?? 0);
      pauses.push((retryAt.getTime() - world.time.now().getTime()) / MINUTE);
      world.time.set(retryAt);
    }
    expect(pauses).toEqual(minutes);
  });
});

describe("an alert whose channel is another one by now", () => {
  const moved = (id: string) => inChannel("C2", id, { revision: 2 });
  const places = ({ calls }: Pick<DeliveryWorld, "calls">): readonly string[] =>
    calls.map(({ what, channel }) => `${channel} ${what}`);

  it("is followed where it stands while that takes it", async () => {
    const world = await createDeliveryWorld();
    await posted(world);
    await world.owe(moved("a"), [aWord()]);
    await world.deliver();
    expect(places(world)).toEqual(["C1 edit a", "C1 reply a worse"]);
  });

  it.each([
    ["refuses it", refused],
    ["has its message no more", gone],
  ])("is posted in the new one when the old one %s, at that one's own turn", async (_, failure) => {
    const world = await createDeliveryWorld({ refuse: ({ what }) => (what.startsWith("edit") ? failure : undefined) });
    await posted(world);
    await world.owe(moved("a"), [aWord()]);
    await world.deliver();
    expect(places(world)).toEqual(["C1 edit a", "C2 post a"]);
    expect((await world.store.findAlerts({ kind: "alert", id: "a" }))?.message?.ref).toMatchObject({ channel: "C2" });
    expect(await world.store.undelivered()).toEqual([]);
  });

  it("is posted there alone when it was not posted before", async () => {
    const world = await createDeliveryWorld({ refuse: ({ channel }) => (channel === "C1" ? refused : undefined) });
    await world.owe(inChannel("C1", "a"));
    await world.deliver();
    await world.owe(moved("a"));
    world.time.pass(MINUTE);
    await world.deliver();
    expect(places(world)).toEqual(["C1 post a", "C2 post a"]);
    expect(await world.store.undelivered()).toEqual([]);
  });
});

describe("when our own side breaks", () => {
  it("a delivery that breaks off never stops the rest, and its lease keeps it quiet", async () => {
    const { deps, owe, lines, deliver } = await createDeliveryWorld();
    const post = (delivery: Delivery, to: string) =>
      delivery.message.subject === "a" ? Promise.reject(new Error("a bug")) : deps.notifier.post(delivery, to);
    for (const id of ["a", "b"]) await owe(inChannel(id === "a" ? "C1" : "C2", id));
    expect(await deliver({ notifier: { ...deps.notifier, post } })).toMatchObject({ posts: 1, failed: 1 });
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ watch: "a" });
  });

  it("a store that is away ends the delivery with one error", async () => {
    const { store, lines, deliver } = await createDeliveryWorld();
    const claim = () => Promise.reject(new Error("locked"));
    expect(await deliver({ store: { ...store, claim } })).toMatchObject({ failed: 1 });
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it("alerts that cannot be planned for are posted one by one", async () => {
    const { store, owe, asked, deliver } = await createDeliveryWorld();
    for (let i = 0; i < 6; i++) await owe(inChannel("C1", `a${i}`));
    const regroup: typeof store.regroup = (_, now) =>
      store.regroup(() => {
        throw new Error("a bug");
      }, now);
    expect(await deliver({ store: { ...store, regroup } })).toMatchObject({ posts: 6, failed: 1 });
    expect(asked()).toHaveLength(6);
  });

  it("a store that hands out the same work for ever is not believed", async () => {
    const { store, owe, asked, deliver } = await createDeliveryWorld();
    await owe(inChannel("C1", "a"));
    await store.regroup(
      () => ({ places: [{ kind: "alert", message: "m", alert: "a", channel: "C1" }], merges: [], reminders: [] }),
      after(0),
    );
    const claims = await store.claim({ now: after(0), leaseMs: MINUTE, limit: 1, quiet: false, except: [] });
    await deliver({ store: { ...store, claim: () => Promise.resolve(claims) } });
    expect(asked()).toEqual(["post a"]);
  });

  it("ends after the messages in hand when it is told to stop", async () => {
    const stop = new AbortController();
    const world = await createDeliveryWorld({ meanwhile: async () => stop.abort() });
    for (const id of ["a", "b"]) await world.owe(inChannel("C1", id));
    await world.deliver({}, { signal: stop.signal });
    expect(world.asked()).toEqual(["post a"]);
    expect(await leased(world)).toBe(0);
    expect(await world.deliver({}, { signal: stop.signal })).toMatchObject({ posts: 0 });
  });

  it("does not wait for a turn once it is told to stop", async () => {
    const stop = new AbortController();
    const world = await createDeliveryWorld({
      refuse: ({ what }) => (what === "post a" ? limited(30_000) : undefined),
    });
    await world.owe(inChannel("C1", "a"));
    const wait: typeof world.time.wait = (ms, signal) => {
      if (ms > 1_000) stop.abort();
      return world.time.wait(ms, signal);
    };
    await world.deliver({ wait }, { signal: stop.signal });
    expect(world.asked()).toEqual(["post a"]);
    expect(world.time.now()).toEqual(after(0));
    expect(await rows(world)).toMatchObject([{ lease: null, failures: 0 }]);
  });
});
