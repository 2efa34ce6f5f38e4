import { describe, expect, it } from "vitest";
import { createWakeSignal } from "../../src/outbox/wake-signal.ts";
import type { Delivery } from "../../src/outbox/message.ts";
import type { DeliveryFailure } from "../../src/outbox/notifier.ts";
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

describe("a delivery of the outbox", () => {
  it("posts a new alert once, and saves its position in Slack", async () => {
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

  it.each(["edit", "reply"])(
    "posts again when %s finds the message deleted, and the post says everything",
    async (verb) => {
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
    },
  );

  it("keeps what was delivered when a later call fails", async () => {
    const world = await createDeliveryWorld({ refuse: ({ what }) => (what === "reply a better" ? away : undefined) });
    await world.say(await world.say(await posted(world), "worse"), "better");
    expect(await world.deliver()).toEqual({ ...NOTHING, edits: 1, replies: 1, failed: 1 });
    expect(await world.store.db.selectFrom("owed").select("what").execute()).toEqual([{ what: "better" }]);
    expect(await rows(world)).toMatchObject([{ failures: 0, last_error: "Slack did not answer" }]);
  });

  it("also delivers changes that a round adds during the pass", async () => {
    const world: DeliveryWorld = await createDeliveryWorld({
      meanwhile: async ({ what }) => {
        if (what === "post a") await world.say(inChannel("C1", "a"), "worse");
      },
    });
    await world.owe(inChannel("C1", "a"));
    await world.deliver();
    expect(world.asked()).toEqual(["post a", "edit a", "reply a worse"]);
  });

  it("claims one message of each place at a time, and delivers all", async () => {
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

  it("delivers a person's action before a long queue", async () => {
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

  it("delivers only urgent messages during quiet hours, and the rest afterwards", async () => {
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

  it("claims again when the wake signal is raised, although another place is busy", async () => {
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
  it("are sent once, to their first route", async () => {
    const { report, calls, deliver } = await createDeliveryWorld();
    await report(aReport("r", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(await deliver()).toEqual(NOTHING);
    expect(calls).toMatchObject([{ what: "post absence", channel: "C9" }]);
  });

  it("are reduced to the latest digest for each route, but every absence is sent", async () => {
    const { report, calls, deliver } = await createDeliveryWorld();
    const digest = {
      kind: "digest",
      body: {
        kind: "digest",
        counts: { states: [], alerts: 0, acknowledged: 0, snoozed: 0, unread: 0 },
        rows: [],
        more: 0,
        renewed: [],
        fleets: [],
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

  it("try the next route at once after a refusal, and retry the last one", async () => {
    const { report, calls, time, deliver } = await createDeliveryWorld({ refuse: () => refused });
    await report(aReport("a", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ posts: 0, failed: 2 });
    expect(calls.map(({ channel }) => channel)).toEqual(["C9", "U1"]);
    time.pass(MINUTE);
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect(calls.at(-1)).toMatchObject({ channel: "U1", atMs: expect.toSatisfy((ms: number) => ms >= MINUTE) });
  });

  it("keep their route during an outage of Slack", async () => {
    const { report, calls, time, deliver } = await createDeliveryWorld({ refuse: () => away });
    await report(aReport("a", { routes: ["C9", "U1"] }));
    expect(await deliver()).toMatchObject({ failed: 1 });
    time.pass(2 * MINUTE);
    await deliver();
    expect(calls.map(({ channel }) => channel)).toEqual(["C9", "C9"]);
  });
});

describe("a call that Slack does not accept", () => {
  it("is tried once for each channel during an outage, however many messages wait", async () => {
    const world = await createDeliveryWorld({ refuse: () => away });
    for (let i = 0; i < 45; i++) await world.owe(inChannel("C1", `a${i}`));
    expect(await world.deliver()).toMatchObject({ posts: 0, failed: 1 });
    expect(world.calls).toHaveLength(1);
    expect(await leased(world)).toBe(0);
  });

  it("does not stop the next message when it is a refusal", async () => {
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
  ])("is retried after growing delays: %o", async (failure, minutes) => {
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

describe("an alert with a newly configured channel", () => {
  const moved = (id: string) => inChannel("C2", id, { revision: 2 });
  const places = ({ calls }: Pick<DeliveryWorld, "calls">): readonly string[] =>
    calls.map(({ what, channel }) => `${channel} ${what}`);

  it("is updated in the old channel while that channel accepts it", async () => {
    const world = await createDeliveryWorld();
    await posted(world);
    await world.owe(moved("a"), [aWord()]);
    await world.deliver();
    expect(places(world)).toEqual(["C1 edit a", "C1 reply a worse"]);
  });

  it.each([
    ["refuses it", refused],
    ["has deleted its message", gone],
  ])("is posted in the new channel, at its next turn, when the old channel %s", async (_, failure) => {
    const world = await createDeliveryWorld({ refuse: ({ what }) => (what.startsWith("edit") ? failure : undefined) });
    await posted(world);
    await world.owe(moved("a"), [aWord()]);
    await world.deliver();
    expect(places(world)).toEqual(["C1 edit a", "C2 post a"]);
    expect((await world.store.findAlerts({ kind: "alert", id: "a" }))?.message?.ref).toMatchObject({ channel: "C2" });
    expect(await world.store.undelivered()).toEqual([]);
  });

  it("is posted only to the new channel when it was not posted before", async () => {
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

describe("a pass with a fault or a stop", () => {
  it("continues after one delivery breaks off, and its lease prevents an immediate retry", async () => {
    const { deps, owe, lines, deliver } = await createDeliveryWorld();
    const post = (delivery: Delivery, to: string) =>
      delivery.message.subject === "a" ? Promise.reject(new Error("a bug")) : deps.notifier.post(delivery, to);
    for (const id of ["a", "b"]) await owe(inChannel(id === "a" ? "C1" : "C2", id));
    expect(await deliver({ notifier: { ...deps.notifier, post } })).toMatchObject({ posts: 1, failed: 1 });
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ watch: "a" });
  });

  it("ends with one error when the store does not answer", async () => {
    const { store, lines, deliver } = await createDeliveryWorld();
    const claim = () => Promise.reject(new Error("locked"));
    expect(await deliver({ store: { ...store, claim } })).toMatchObject({ failed: 1 });
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it("posts alerts one by one when the plan of their homes fails", async () => {
    const { store, owe, asked, deliver } = await createDeliveryWorld();
    for (let i = 0; i < 6; i++) await owe(inChannel("C1", `a${i}`));
    const regroup: typeof store.regroup = (_, now) =>
      store.regroup(() => {
        throw new Error("a bug");
      }, now);
    expect(await deliver({ store: { ...store, regroup } })).toMatchObject({ posts: 6, failed: 1 });
    expect(asked()).toHaveLength(6);
  });

  it("ends even when the store always returns the same claims", async () => {
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

  it("ends after its current messages when it is told to stop", async () => {
    const stop = new AbortController();
    const world = await createDeliveryWorld({ meanwhile: async () => stop.abort() });
    for (const id of ["a", "b"]) await world.owe(inChannel("C1", id));
    await world.deliver({}, { signal: stop.signal });
    expect(world.asked()).toEqual(["post a"]);
    expect(await leased(world)).toBe(0);
    expect(await world.deliver({}, { signal: stop.signal })).toMatchObject({ posts: 0 });
  });

  it("waits for no turn once it is told to stop", async () => {
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
