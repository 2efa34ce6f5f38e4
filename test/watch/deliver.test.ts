import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import { createBell } from "../../src/watch/bell.ts";
import type { DeliveryFailure } from "../../src/watch/outbox.ts";
import { after } from "../support/builders.ts";
import {
  aNote,
  aReply,
  away,
  createDeliveryWorld,
  type DeliveryWorld,
  gone,
  inChannel,
  limited,
  MINUTE,
  refused,
} from "./delivery-world.ts";

const posted = { ref: { channel: "C1", ts: "1.0" }, deliveredRevision: 1, repliedRevision: 1 };
const NOTHING = { posts: 0, edits: 0, replies: 0, notes: 0, failed: 0 };

describe("delivering what the outbox owes", () => {
  it("posts a new alert once, and saves where Slack put it", async () => {
    const { store, asked, lines, deliver } = createDeliveryWorld();
    store.owe(inChannel("C1", "a", { revision: 3, replies: [aReply(2), aReply(3)] }));
    expect(await deliver()).toEqual({ ...NOTHING, posts: 1 });
    expect(await deliver()).toEqual(NOTHING);
    expect(asked()).toEqual(["post a"]);
    expect(store.alerts.get("a")).toMatchObject({ ref: { channel: "C1" }, deliveredRevision: 3, repliedRevision: 3 });
    expect(lines).toMatchObject([{ msg: "alerts delivered", posts: 1 }]);
  });

  it("edits first, then gives each reply in order", async () => {
    const { store, asked, deliver } = createDeliveryWorld();
    store.owe(inChannel("C1", "a", { revision: 4, replies: [aReply(2), aReply(4)] }), posted);
    expect(await deliver()).toEqual({ ...NOTHING, edits: 1, replies: 2 });
    expect(asked()).toEqual(["update a", "reply a 2", "reply a 4"]);
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 4, repliedRevision: 4, lease: null });
  });

  it("gives only the replies that are still owed, and does not edit again", async () => {
    const { store, asked, deliver } = createDeliveryWorld();
    const half = { ...posted, deliveredRevision: 4, repliedRevision: 2 };
    store.owe(inChannel("C1", "a", { revision: 4, replies: [aReply(2), aReply(4)] }), half);
    await deliver();
    expect(asked()).toEqual(["reply a 4"]);
  });

  it.each(["update", "reply"])("posts anew when %s finds the message gone; the post says everything", async (verb) => {
    const { store, asked, deliver } = createDeliveryWorld({
      refuse: ({ what }) => (what.startsWith(verb) ? gone : undefined),
    });
    store.owe(inChannel("C1", "a", { revision: 2, replies: [aReply(2)] }), posted);
    expect(await deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(asked().at(-1)).toBe("post a");
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 2, repliedRevision: 2 });
  });

  it("keeps what was delivered when a later call fails", async () => {
    const { store, deliver } = createDeliveryWorld({ refuse: ({ what }) => (what === "reply a 3" ? away : undefined) });
    store.owe(inChannel("C1", "a", { revision: 3, replies: [aReply(2), aReply(3)] }), posted);
    expect(await deliver()).toEqual({ ...NOTHING, edits: 1, replies: 1, failed: 1 });
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 3, repliedRevision: 2, failures: 1 });
  });

  it("comes back for what a round added meanwhile", async () => {
    const { store, asked, deliver } = createDeliveryWorld({
      refuse: ({ what }) => {
        if (what === "post a") store.owe(inChannel("C1", "a", { revision: 2, replies: [aReply(2)] }));
        return undefined;
      },
    });
    store.owe(inChannel("C1", "a"));
    await deliver();
    expect(asked()).toEqual(["post a", "update a", "reply a 2"]);
  });

  it("takes few alerts at a time, and delivers all of them", async () => {
    const { store, deliver } = createDeliveryWorld();
    let most = 0;
    const claimUndelivered: typeof store.claimUndelivered = async (options) => {
      const claims = await store.claimUndelivered(options);
      most = Math.max(most, [...store.alerts.values()].filter(({ lease }) => lease !== null).length);
      return claims;
    };
    for (let i = 0; i < 600; i++) store.owe(inChannel(`C${i % 200}`, `a${i}`));
    expect(await deliver({ store: { ...store, claimUndelivered } })).toMatchObject({ posts: 600, failed: 0 });
    expect(most).toBeLessThanOrEqual(200);
  });

  it("what a person just did overtakes a long queue", async () => {
    const { store, asked, deliver } = createDeliveryWorld({
      refuse: ({ what }) => {
        const answered = { revision: 2, replies: [aReply(2, { reason: "acknowledged", by: "U1" })] };
        if (what === "post a3") store.owe(inChannel("C1", "asked", answered), posted);
        return undefined;
      },
    });
    for (let i = 0; i < 40; i++) store.owe(inChannel("C1", `a${i}`));
    await deliver();
    expect(asked().indexOf("reply asked 2")).toBeLessThan(9);
  });

  it("lets through only what is urgent during quiet hours, and the rest when they end", async () => {
    const { store, asked, time, deliver } = createDeliveryWorld();
    const quietUntil = (at: Date): Date | null => (at < after(MINUTE) ? after(MINUTE) : null);
    store.owe(inChannel("C1", "mild", { severity: "warning" }));
    store.owe(inChannel("C1", "bad", { severity: "critical" }));
    store.oweNotes([aNote("digest", { severity: "warning", routes: ["C2"] })]);
    await deliver({ quietUntil });
    expect(asked()).toEqual(["post bad"]);
    time.set(after(MINUTE));
    await deliver({ quietUntil });
    expect(asked().toSorted()).toEqual(["note digest", "post bad", "post mild"]);
  });

  it("looks again when the bell rings, although another channel is busy", async () => {
    const bell = createBell();
    const { store, calls, deliver } = createDeliveryWorld({
      latencyMs: ({ what }) => (what === "post slow" ? 9_000 : 0),
      refuse: ({ what }) => {
        if (what !== "post ringer") return undefined;
        store.owe(inChannel("C3", "late"));
        bell.ring();
        return undefined;
      },
    });
    store.owe(inChannel("C1", "slow"));
    store.owe(inChannel("C2", "ringer"));
    await deliver({}, { bell });
    expect(calls.find(({ what }) => what === "post late")?.atMs).toBeLessThan(9_000);
  });
});

describe("what Slack does not take", () => {
  it("Slack away is tried once for a channel, however much is owed", async () => {
    const { store, calls, deliver } = createDeliveryWorld({ refuse: () => away });
    for (let i = 0; i < 45; i++) store.owe(inChannel("C1", `a${i}`));
    expect(await deliver()).toMatchObject({ posts: 0, failed: 1 });
    expect(calls).toHaveLength(1);
    expect([...store.alerts.values()].filter(({ lease }) => lease !== null)).toEqual([]);
  });

  it("a refusal is about one alert: the next one is tried", async () => {
    const { store, asked, lines, deliver } = createDeliveryWorld({
      refuse: ({ what }) => (what === "post a" ? refused : undefined),
    });
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    expect(await deliver()).toMatchObject({ posts: 1, failed: 1 });
    expect(asked()).toEqual(["post a", "post b"]);
    expect(store.alerts.get("a")).toMatchObject({ error: "not_in_channel", retryAt: after(MINUTE) });
    expect(lines[0]).toMatchObject({ level: 40, watch: "a", channel: "C1", error: "not_in_channel" });
  });

  it.each<[DeliveryFailure, readonly number[]]>([
    [refused, [1, 2, 4, 8, 16, 32, 60, 60]],
    [gone, [1, 2]],
    [limited(2 * MINUTE), [2, 2]],
    [limited(9_999 * MINUTE), [60, 60]],
  ])("the pauses grow: %o", async (failure, minutes) => {
    const { store, time, deliver } = createDeliveryWorld({ refuse: () => failure });
    store.owe(inChannel("C1", "a"));
    const pauses: number[] = [];
    for (let i = 0; i < minutes.length; i++) {
      await deliver();
      const retryAt = store.alerts.get("a")?.retryAt ?? time.now();
      pauses.push((retryAt.getTime() - time.now().getTime()) / MINUTE);
      time.set(retryAt);
    }
    expect(pauses).toEqual(minutes);
  });
});

describe("an alert whose channel is another one by now", () => {
  const moved = (id: string) => inChannel("C2", id, { revision: 2, replies: [aReply(2)] });
  const channels = ({ calls }: Pick<DeliveryWorld, "calls">): readonly string[] =>
    calls.map(({ what, channel }) => `${channel} ${what}`);

  it("is followed where it stands while that takes it", async () => {
    const world = createDeliveryWorld();
    world.store.owe(inChannel("C1", "a"));
    await world.deliver();
    world.store.owe(moved("a"));
    await world.deliver();
    expect(channels(world)).toEqual(["C1 post a", "C1 update a", "C1 reply a 2"]);
  });

  it.each([
    ["refuses it", refused],
    ["has its message no more", gone],
  ])("is posted in the new one when the old one %s, at that one's own turn", async (_, failure) => {
    const world = createDeliveryWorld({
      refuse: ({ what }) => (what.startsWith("update") ? failure : undefined),
    });
    world.store.owe(inChannel("C1", "a"));
    await world.deliver();
    world.store.owe(moved("a"));
    await world.deliver();
    expect(channels(world)).toEqual(["C1 post a", "C1 update a", "C2 post a"]);
    expect(world.store.alerts.get("a")?.ref).toMatchObject({ channel: "C2" });
    expect(await world.store.listUndelivered()).toEqual([]);
  });
});

describe("when our own side breaks", () => {
  it("a delivery that breaks off never stops the rest, and its lease keeps it quiet", async () => {
    const { deps, store, lines, deliver } = createDeliveryWorld();
    const notifier = {
      ...deps.notifier,
      post: (alert: Alert) => (alert.id === "a" ? Promise.reject(new Error("a bug")) : deps.notifier.post(alert)),
    };
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    expect(await deliver({ notifier })).toMatchObject({ posts: 1, failed: 1 });
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ watch: "a" });
  });

  it("a store that is away ends the delivery with one error", async () => {
    const { store, lines, deliver } = createDeliveryWorld();
    const claimUndelivered = () => Promise.reject(new Error("locked"));
    expect(await deliver({ store: { ...store, claimUndelivered } })).toMatchObject({ failed: 1 });
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it("alerts that cannot be grouped are delivered one by one", async () => {
    const { store, asked, deliver } = createDeliveryWorld();
    store.owe(inChannel("C1", "a"));
    const groupAlerts = () => Promise.reject(new Error("locked"));
    expect(await deliver({ store: { ...store, groupAlerts } })).toMatchObject({ posts: 1, failed: 1 });
    expect(asked()).toEqual(["post a"]);
  });

  it("a store that hands out the same work for ever is not believed", async () => {
    const { store, asked, deliver } = createDeliveryWorld();
    store.owe(inChannel("C1", "a"));
    const claims = await store.claimUndelivered({
      now: after(0),
      leaseMs: MINUTE,
      limit: 1,
      urgentOnly: false,
      except: [],
    });
    await deliver({ store: { ...store, claimUndelivered: () => Promise.resolve(claims) } });
    expect(asked()).toEqual(["post a"]);
  });

  it("ends after the messages in hand when it is told to stop, and gives the rest back", async () => {
    const stop = new AbortController();
    const { store, asked, deliver } = createDeliveryWorld({
      refuse: () => {
        stop.abort();
        return undefined;
      },
    });
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    await deliver({}, { signal: stop.signal });
    expect(asked()).toEqual(["post a"]);
    expect(store.alerts.get("b")).toMatchObject({ lease: null, failures: 0 });
    expect(await deliver({}, { signal: stop.signal })).toMatchObject({ posts: 0 });
  });

  it("does not wait for a turn once it is told to stop", async () => {
    const stop = new AbortController();
    const { store, asked, time, deliver } = createDeliveryWorld({
      refuse: ({ what }) => (what === "post a" ? limited(30_000) : undefined),
    });
    store.owe(inChannel("C1", "a"));
    const wait: typeof time.wait = (ms, signal) => {
      if (ms > 1_000) stop.abort();
      return time.wait(ms, signal);
    };
    await deliver({ wait }, { signal: stop.signal });
    expect(asked()).toEqual(["post a"]);
    expect(time.now()).toEqual(after(0));
    expect(store.alerts.get("a")).toMatchObject({ lease: null, failures: 0 });
  });
});
