import { describe, expect, it } from "vitest";
import type { Alert, Reply } from "../../src/watch/alert.ts";
import { deliver, type DeliverDeps } from "../../src/watch/deliver.ts";
import type { DeliveryFailure, DeliveryResult, MessageRef } from "../../src/watch/outbox.ts";
import { aCard, after, anAlert, NOW } from "../support/builders.ts";
import { keepLog } from "../support/keep-log.ts";
import { createMemoryStore } from "../support/memory-store.ts";

const MINUTE = 60_000;
const refused: DeliveryFailure = { kind: "refused", error: "not_in_channel" };
const away: DeliveryFailure = { kind: "away", error: "Slack did not answer" };
const gone: DeliveryFailure = { kind: "message_gone", error: "message_not_found" };
const limited: DeliveryFailure = { kind: "rate_limited", retryAfterMs: 30_000 };

const reply = (revision: number): Reply => ({
  revision,
  reason: "worse",
  at: NOW,
  notice: false,
  verdict: null,
  by: null,
});
const inChannel = (channel: string, id: string, fields: Partial<Alert> = {}): Alert =>
  anAlert({ id, card: aCard({ name: id, channel }), ...fields });

/** Slack as a list of calls; `refuse` says which of them it does not take. */
const setUp = (refuse: (call: string) => DeliveryFailure | undefined = () => undefined) => {
  const store = createMemoryStore();
  const { log, lines } = keepLog();
  const calls: string[] = [];
  const clock = { now: NOW };
  const answer = async (call: string, ref: MessageRef): Promise<DeliveryResult> => {
    calls.push(call);
    await Promise.resolve();
    const failure = refuse(call);
    return failure === undefined ? { ok: true, ref } : { ok: false, failure };
  };
  const deps: DeliverDeps = {
    store,
    notifier: {
      post: (alert) => answer(`post ${alert.id}`, { channel: alert.card.channel, ts: `${calls.length}.0` }),
      update: (alert, ref) => answer(`update ${alert.id}`, ref),
      reply: (alert, { revision }, ref) => answer(`reply ${alert.id} ${revision}`, ref),
    },
    now: () => clock.now,
    log,
  };
  return { deps, store, calls, clock, lines };
};

const posted = { ref: { channel: "C1", ts: "1.0" }, deliveredRevision: 1 };

describe("delivering what the outbox owes", () => {
  it("posts a new alert once, and saves where Slack put it", async () => {
    const { deps, store, calls, lines } = setUp();
    store.owe(inChannel("C1", "a", { revision: 3, replies: [reply(2), reply(3)] }));
    expect(await deliver(deps)).toEqual({ posts: 1, edits: 0, replies: 0, failed: 0 });
    expect(await deliver(deps)).toEqual({ posts: 0, edits: 0, replies: 0, failed: 0 });
    expect(calls).toEqual(["post a"]);
    expect(store.alerts.get("a")).toMatchObject({ ref: { channel: "C1" }, deliveredRevision: 3, repliedRevision: 3 });
    expect(lines).toMatchObject([{ msg: "alerts delivered", posts: 1 }]);
  });

  it("edits first, then gives each reply in order", async () => {
    const { deps, store, calls } = setUp();
    store.owe(inChannel("C1", "a", { revision: 4, replies: [reply(2), reply(4)] }), posted);
    expect(await deliver(deps)).toEqual({ posts: 0, edits: 1, replies: 2, failed: 0 });
    expect(calls).toEqual(["update a", "reply a 2", "reply a 4"]);
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 4, repliedRevision: 4, lease: null });
  });

  it("gives only the replies that are still owed, and does not edit again", async () => {
    const { deps, store, calls } = setUp();
    const half = { ...posted, deliveredRevision: 4, repliedRevision: 2 };
    store.owe(inChannel("C1", "a", { revision: 4, replies: [reply(2), reply(4)] }), half);
    await deliver(deps);
    expect(calls).toEqual(["reply a 4"]);
  });

  it("posts anew when somebody deleted the message; the post says everything", async () => {
    const { deps, store, calls } = setUp((call) => (call.startsWith("update") ? gone : undefined));
    store.owe(inChannel("C1", "a", { revision: 2, replies: [reply(2)] }), posted);
    expect(await deliver(deps)).toMatchObject({ posts: 1, failed: 0 });
    expect(calls).toEqual(["update a", "post a"]);
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 2, repliedRevision: 2 });
  });

  it("posts anew when the thread of a reply is gone", async () => {
    const { deps, store, calls } = setUp((call) => (call.startsWith("reply") ? gone : undefined));
    store.owe(inChannel("C1", "a", { revision: 2, replies: [reply(2)] }), posted);
    await deliver(deps);
    expect(calls).toEqual(["update a", "reply a 2", "post a"]);
  });

  it("keeps what was delivered when a later call fails", async () => {
    const { deps, store } = setUp((call) => (call === "reply a 3" ? away : undefined));
    store.owe(inChannel("C1", "a", { revision: 3, replies: [reply(2), reply(3)] }), posted);
    expect(await deliver(deps)).toEqual({ posts: 0, edits: 1, replies: 1, failed: 1 });
    expect(store.alerts.get("a")).toMatchObject({ deliveredRevision: 3, repliedRevision: 2, failures: 1 });
  });

  it("comes back for what a round added meanwhile", async () => {
    const { deps, store, calls } = setUp((call) => {
      if (call === "post a") store.owe(inChannel("C1", "a", { revision: 2, replies: [reply(2)] }));
      return undefined;
    });
    store.owe(inChannel("C1", "a"));
    await deliver(deps);
    expect(calls).toEqual(["post a", "update a", "reply a 2"]);
  });

  it("delivers more than one batch", async () => {
    const { deps, store } = setUp();
    for (let i = 0; i < 45; i++) store.owe(inChannel(`C${i % 3}`, `a${i}`));
    expect(await deliver(deps)).toMatchObject({ posts: 45, failed: 0 });
  });

  it("goes one by one inside a channel, and channels do not wait for each other", async () => {
    const { deps, store, calls } = setUp();
    store.owe(inChannel("C1", "a", { revision: 2, replies: [reply(2)] }), posted);
    store.owe(inChannel("C1", "b"));
    store.owe(inChannel("C2", "c"));
    await deliver(deps);
    expect(calls).toEqual(["update a", "post c", "reply a 2", "post b"]);
  });
});

describe("what Slack does not take", () => {
  it("a rate limit stops its channel until Slack's time, and no other", async () => {
    const { deps, store, calls, clock } = setUp((call) =>
      call === "post a" && clock.now === NOW ? limited : undefined,
    );
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    store.owe(inChannel("C2", "c"));
    expect(await deliver(deps)).toEqual({ posts: 1, edits: 0, replies: 0, failed: 2 });
    expect(calls).toEqual(["post a", "post c"]);
    expect(store.alerts.get("b")).toMatchObject({ retryAt: after(30_000), error: "Slack asks to wait (rate limited)" });
    clock.now = after(30_000);
    expect(await deliver(deps)).toMatchObject({ posts: 2 });
    expect(store.alerts.get("a")).toMatchObject({ failures: 0, error: null, retryAt: null });
  });

  it("Slack away is tried once for a channel, however much is owed", async () => {
    const { deps, store, calls } = setUp(() => away);
    for (let i = 0; i < 45; i++) store.owe(inChannel("C1", `a${i}`));
    expect(await deliver(deps)).toMatchObject({ posts: 0, failed: 45 });
    expect(calls).toHaveLength(1);
  });

  it("a refusal is about one alert: the next one is tried", async () => {
    const { deps, store, calls, lines } = setUp((call) => (call === "post a" ? refused : undefined));
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    expect(await deliver(deps)).toMatchObject({ posts: 1, failed: 1 });
    expect(calls).toEqual(["post a", "post b"]);
    expect(store.alerts.get("a")).toMatchObject({ error: "not_in_channel", retryAt: after(MINUTE) });
    expect(lines[0]).toMatchObject({ level: 40, watch: "a", channel: "C1", error: "not_in_channel" });
  });

  it.each<[DeliveryFailure, readonly number[]]>([
    [refused, [1, 2, 4, 8, 16, 32, 60, 60]],
    [away, [0.5, 1, 2, 4, 8, 10, 10]],
    [gone, [1, 2]],
    [limited, [0.5, 0.5]],
  ])("the pauses grow: %o", async (failure, minutes) => {
    const { deps, store, clock } = setUp(() => failure);
    store.owe(inChannel("C1", "a"));
    const pauses: number[] = [];
    for (let i = 0; i < minutes.length; i++) {
      await deliver(deps);
      const retryAt = store.alerts.get("a")?.retryAt ?? NOW;
      pauses.push((retryAt.getTime() - clock.now.getTime()) / MINUTE);
      clock.now = retryAt;
    }
    expect(pauses).toEqual(minutes);
  });
});

describe("when our own side breaks", () => {
  it("a delivery that breaks off never stops the rest, and its lease keeps it quiet", async () => {
    const { deps, store, lines } = setUp();
    const notifier = {
      ...deps.notifier,
      post: (alert: Alert) => (alert.id === "a" ? Promise.reject(new Error("a bug")) : deps.notifier.post(alert)),
    };
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    expect(await deliver({ ...deps, notifier })).toMatchObject({ posts: 1, failed: 1 });
    expect(lines.find(({ level }) => level === 50)).toMatchObject({ watch: "a" });
  });

  it("a store that is away ends the delivery with one error", async () => {
    const { deps, store, lines } = setUp();
    const claimUndelivered = () => Promise.reject(new Error("locked"));
    expect(await deliver({ ...deps, store: { ...store, claimUndelivered } })).toMatchObject({ failed: 1 });
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });

  it("a store that hands out the same work for ever is not believed", async () => {
    const { deps, store, calls } = setUp();
    store.owe(inChannel("C1", "a"));
    const forgetful = { ...store, saveDelivery: () => Promise.resolve() };
    await deliver({ ...deps, store: forgetful });
    expect(calls).toEqual(["post a"]);
  });

  it("ends after the alerts in hand when it is told to stop, and gives the rest back", async () => {
    const stop = new AbortController();
    const { deps, store, calls } = setUp(() => {
      stop.abort();
      return undefined;
    });
    for (const id of ["a", "b"]) store.owe(inChannel("C1", id));
    await deliver(deps, stop.signal);
    expect(calls).toEqual(["post a"]);
    expect(store.alerts.get("b")).toMatchObject({ lease: null, failures: 0 });
    expect(await deliver(deps, stop.signal)).toMatchObject({ posts: 0 });
  });
});
