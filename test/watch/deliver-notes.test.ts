import { describe, expect, it } from "vitest";
import { after, anAlert } from "../support/builders.ts";
import { aNote, away, createDeliveryWorld, inChannel, MINUTE, refused } from "./delivery-world.ts";

const over = { kind: "escalation_over", alert: anAlert() } as const;

describe("notes", () => {
  it("go out once, to their first route", async () => {
    const { store, calls, deliver } = createDeliveryWorld();
    store.oweNotes([aNote("n", { routes: ["C9", "U1"] })]);
    expect(await deliver()).toMatchObject({ notes: 1, posts: 0, failed: 0 });
    expect(await deliver()).toMatchObject({ notes: 0 });
    expect(calls).toMatchObject([{ what: "note n", channel: "C9" }]);
    expect(store.notes.get("n")).toMatchObject({ ref: { channel: "C9", ts: "1.0" } });
  });

  it("of one kind to one destination make one message", async () => {
    const { store, calls, deliver } = createDeliveryWorld();
    store.oweNotes([
      aNote("a"),
      aNote("b", {}, over),
      aNote("c", { routes: ["U1"] }),
      aNote("d", { routes: ["C9", "U1"] }),
    ]);
    expect(await deliver()).toMatchObject({ notes: 3 });
    expect(calls.map(({ what, channel }) => `${what} to ${channel}`).toSorted()).toEqual([
      "note a+d to C9",
      "note b to C9",
      "note c to U1",
    ]);
  });

  it("move on to the next route at once when one refuses, each to its own", async () => {
    const { store, asked, deliver } = createDeliveryWorld({
      refuse: ({ channel }) => (channel === "C9" ? refused : undefined),
    });
    store.oweNotes([aNote("a", { routes: ["C9", "U1"] }), aNote("b", { routes: ["C9", "U2"] })]);
    expect(await deliver()).toMatchObject({ notes: 2, failed: 1 });
    expect(asked()).toEqual(["note a+b", "note a", "note b"]);
    expect(store.notes.get("b")?.ref).toMatchObject({ channel: "U2" });
  });

  it("ask the last route again, with growing pauses", async () => {
    const { store, time, deliver } = createDeliveryWorld({ refuse: () => refused });
    store.oweNotes([aNote("a", { routes: ["C9", "U1"] })]);
    expect(await deliver()).toMatchObject({ notes: 0, failed: 2 });
    expect(store.notes.get("a")).toMatchObject({
      note: { routes: ["U1"] },
      error: "not_in_channel",
      retryAt: after(2 * MINUTE),
    });
    time.set(after(2 * MINUTE));
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect(store.notes.get("a")).toMatchObject({ note: { routes: ["U1"] }, retryAt: after(6 * MINUTE) });
  });

  it("stay with their route while Slack is away", async () => {
    const { store, calls, deliver } = createDeliveryWorld({ refuse: () => away });
    store.oweNotes([aNote("a", { routes: ["C9", "U1"] })]);
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect(calls).toHaveLength(1);
    expect(store.notes.get("a")).toMatchObject({ note: { routes: ["C9", "U1"] }, retryAt: after(0) });
  });
});

describe("a channel that stays refused", () => {
  const setUp = (owner: string | undefined, fallbackChannel: string | undefined) => {
    const world = createDeliveryWorld({ refuse: ({ channel }) => (channel === "C1" ? refused : undefined) });
    const alert = inChannel("C1", "a");
    world.store.owe({ ...alert, card: { ...alert.card, owner } });
    return { ...world, deliver: () => world.deliver({ fallbackChannel }) };
  };

  it.each<[string | undefined, string | undefined, string]>([
    ["U1", "C9", "C9"],
    ["U1", undefined, "U1"],
    [undefined, "C9", "C9"],
  ])("owner %s, fallback channel %s: is told at its second refusal in %s, once", async (owner, fallback, to) => {
    const { store, calls, time, deliver } = setUp(owner, fallback);
    expect(await deliver()).toMatchObject({ notes: 0, failed: 1 });
    time.set(after(MINUTE));
    expect(await deliver()).toMatchObject({ notes: 1, failed: 1 });
    expect(calls.at(-1)).toMatchObject({ what: "note id-1", channel: to });
    expect([...store.notes.values()][0]?.note.body).toMatchObject({
      kind: "refused_channel",
      alert: { id: "a" },
      channel: "C1",
      error: "not_in_channel",
    });
    for (let i = 0; i < 5; i++) {
      time.pass(61 * MINUTE);
      expect(await deliver()).toMatchObject({ notes: 0, failed: 1 });
    }
  });

  it("with nobody to tell stays owed, and says why", async () => {
    const { store, time, deliver } = setUp(undefined, undefined);
    await deliver();
    time.set(after(MINUTE));
    expect(await deliver()).toMatchObject({ notes: 0, failed: 1 });
    expect(await store.listUndelivered()).toMatchObject([{ watch: "a", channel: "C1", error: "not_in_channel" }]);
  });
});
