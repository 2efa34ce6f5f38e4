import { describe, expect, it } from "vitest";
import { createBell } from "../../src/watch/bell.ts";
import type { Notifier } from "../../src/watch/outbox.ts";
import { aFinding, after, aVerdict } from "../support/builders.ts";
import { aReply, away, createDeliveryWorld, gone, inChannel, MINUTE, refused, revoked } from "./delivery-world.ts";

const ALL = "a0+a1+a2+a3+a4";
const otherCause = { verdict: aVerdict({ findings: [aFinding("scope_missing")] }), severity: "critical" } as const;

/** Five alerts of one cause, posted as a group unless Slack does not take it. */
const setUp = async (refuse?: NonNullable<Parameters<typeof createDeliveryWorld>[0]>["refuse"]) => {
  const world = createDeliveryWorld(refuse === undefined ? {} : { refuse });
  for (let i = 0; i < 5; i++) world.store.owe(revoked("C1", `a${i}`));
  const first = await world.deliver();
  const [row] = world.store.groups.values();
  if (row === undefined) throw new Error("no group was made");
  const later = (minutes: number) => world.time.set(after(minutes * MINUTE));
  const since = (): readonly string[] => world.asked().slice(1);
  return { ...world, first, row: () => world.store.groups.get(row.group.id), later, since };
};

describe("alerts of one cause", () => {
  it("are posted as one message, which says everything", async () => {
    const { first, asked, lines, row, deliver } = await setUp();
    expect(first).toMatchObject({ posts: 1, failed: 0 });
    expect(asked()).toEqual([`post group ${ALL}`]);
    expect(lines).toMatchObject([{ msg: "alerts of one cause grouped", alerts: 5 }, {}]);
    expect(row()).toMatchObject({ ref: { channel: "C1" }, lease: null, group: { spokeAt: after(0) } });
    expect(await deliver()).toMatchObject({ posts: 0, edits: 0, replies: 0 });
  });

  it("below five are posted one by one", async () => {
    const { store, deliver } = createDeliveryWorld();
    for (let i = 0; i < 4; i++) store.owe(revoked("C1", `a${i}`));
    expect(await deliver()).toMatchObject({ posts: 4 });
  });

  it("are edited as they change, with one reply for all", async () => {
    const { store, since, groupReplies, deliver } = await setUp();
    for (const id of ["a1", "a3"]) store.owe(revoked("C1", id, { revision: 2, replies: [aReply(2)] }));
    expect(await deliver()).toMatchObject({ edits: 1, replies: 1 });
    expect(since()).toEqual([`update group ${ALL}`, "reply group"]);
    expect(groupReplies[0]?.replies.map(({ alert }) => alert.id)).toEqual(["a1", "a3"]);
    expect(await deliver()).toMatchObject({ edits: 0, replies: 0 });
  });

  it("are joined by those that come later: the thread hears it, then the message shows them", async () => {
    const { store, since, groupReplies, later, row, deliver } = await setUp();
    later(20);
    store.owe(revoked("C1", "b"));
    await deliver();
    expect(since()).toEqual(["reply group", `update group ${ALL}+b`]);
    expect(groupReplies[0]).toMatchObject({ joined: [{ id: "b" }], notice: true });
    expect(row()?.group.spokeAt).toEqual(after(20 * MINUTE));
    later(30);
    store.owe(revoked("C1", "c"));
    await deliver();
    expect(groupReplies[1]).toMatchObject({ joined: [{ id: "c" }], notice: false });
    expect(row()?.group.spokeAt).toEqual(after(20 * MINUTE));
  });

  it("are joined by those that a round finds meanwhile, told a few times a minute, and none is posted alone", async () => {
    const { store, time, asked, lines, deliver } = createDeliveryWorld({ latencyMs: () => 200 });
    for (let i = 0; i < 5; i++) store.owe(revoked("C1", `a${i}`));
    // Another channel keeps the pass going for a minute; the round finds one more every quarter of a second.
    for (let i = 0; i < 60; i++) store.owe(inChannel("C2", `own-${i}`));
    const bell = createBell();
    const find = async (): Promise<void> => {
      for (let i = 5; i < 200; i++) {
        await time.wait(250);
        store.owe(revoked("C1", `a${i}`));
        bell.ring();
      }
    };
    await Promise.all([find(), deliver({}, { bell })]);
    await deliver();
    const inGroup = asked().filter((what) => !what.includes("own-"));
    expect(inGroup.filter((what) => /^post (?!group)/.test(what))).toEqual([]);
    expect(inGroup.filter((what) => what === "reply group").length).toBeLessThanOrEqual(5);
    expect(inGroup.at(-1)).toContain("a199");
    expect(lines.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it("take in before the pass ends who had to wait for it", async () => {
    const { store, time, since, deliver } = await setUp();
    // Another channel keeps the pass going for a few seconds.
    for (let i = 0; i < 6; i++) store.owe(inChannel("C2", `own-${i}`));
    store.owe(revoked("C1", "b"));
    const bell = createBell();
    const find = async (): Promise<void> => {
      await time.wait(3_000);
      store.owe(revoked("C1", "c"));
      bell.ring();
    };
    await Promise.all([find(), deliver({}, { bell })]);
    expect(since().filter((what) => !what.includes("own-"))).toEqual([
      "reply group",
      `update group ${ALL}+b`,
      "reply group",
      `update group ${ALL}+b+c`,
    ]);
    expect(await store.listUndelivered()).toEqual([]);
  });

  it("that all have another cause by now are one message again", async () => {
    const { store, since, deliver, later, deps } = await setUp();
    for (let i = 0; i < 5; i++) store.owe(revoked("C1", `a${i}`, { ...otherCause, revision: 2 }));
    later(17);
    const left: (Date | undefined)[] = [];
    const updateGroup: Notifier["updateGroup"] = (group, ...told) => {
      left.push(group.leftAt);
      return deps.notifier.updateGroup(group, ...told);
    };
    await deliver({ notifier: { ...deps.notifier, updateGroup } });
    expect(left).toEqual([after(17 * MINUTE)]);
    expect(since()).toEqual(["update group ", "reply group", `post group ${ALL}`]);
  });

  it("are joined aloud once, also when the message could not be edited", async () => {
    let down = false;
    const { store, groupReplies, later, deliver } = await setUp(({ what }) =>
      down && what.startsWith("update") ? away : undefined,
    );
    down = true;
    store.owe(revoked("C1", "b"));
    expect(await deliver()).toMatchObject({ replies: 1, failed: 1 });
    down = false;
    later(1);
    expect(await deliver()).toMatchObject({ edits: 1, replies: 0 });
    expect(groupReplies).toHaveLength(1);
  });

  it("lose those whose cause has changed to messages of their own", async () => {
    const { store, since, groupReplies, deliver } = await setUp();
    store.owe(revoked("C1", "a2", { ...otherCause, revision: 2, replies: [aReply(2, { notice: true })] }));
    expect(await deliver()).toMatchObject({ edits: 1, replies: 1, posts: 1 });
    expect(since()).toEqual(["update group a0+a1+a3+a4", "reply group", "post a2"]);
    expect(groupReplies[0]).toMatchObject({ replies: [], left: [{ id: "a2" }], notice: false });
    expect(store.alerts.get("a2")).toMatchObject({ group: null, deliveredRevision: 2, repliedRevision: 2 });
  });

  it("are done when the last one is over; the next trouble is another group", async () => {
    const { store, row, asked, deliver } = await setUp();
    for (let i = 0; i < 5; i++) {
      const over = { revision: 2, resolvedAt: after(0), replies: [aReply(2, { reason: "recovered" })] };
      store.owe(revoked("C1", `a${i}`, over));
    }
    await deliver();
    expect(row()).toMatchObject({ resolved: true });
    store.owe(revoked("C1", "b"));
    await deliver();
    expect(asked().at(-1)).toBe("post b");
  });

  it("are reminded of together, and what they were just reminded of is not owed any more", async () => {
    const { store, since, groupReplies, later, deliver } = await setUp();
    const reminded = (id: string) =>
      store.owe(revoked("C1", id, { revision: 2, replies: [aReply(2, { reason: "reminder", notice: true })] }));
    later(240);
    for (const id of ["a0", "a1"]) reminded(id);
    await deliver();
    expect(since()).toEqual([`update group ${ALL}`, "reply group"]);
    later(250);
    reminded("a2");
    await deliver();
    expect(since().slice(2)).toEqual([`update group ${ALL}`]);
    expect(groupReplies).toHaveLength(1);
    expect(await store.listUndelivered()).toEqual([]);
  });

  it.each(["update", "reply"])("are posted anew when %s finds the message gone", async (verb) => {
    const { store, asked, deliver } = await setUp(({ what }) => (what.startsWith(verb) ? gone : undefined));
    store.owe(revoked("C1", "a0", { revision: 2, replies: [aReply(2)] }));
    expect(await deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(asked().at(-1)).toBe(`post group ${ALL}`);
    expect(await store.listUndelivered()).toEqual([]);
  });

  it("not posted yet let go first who leaves, and wait for their own time", async () => {
    const { store, asked, deliver, time } = createDeliveryWorld();
    const mild = { severity: "warning" } as const;
    for (let i = 0; i < 5; i++) store.owe(revoked("C1", `a${i}`, mild));
    const quiet = { quietUntil: () => after(60 * MINUTE) };
    await deliver(quiet);
    expect(asked()).toEqual([]);
    store.owe(revoked("C1", "a2", { ...otherCause, revision: 2, replies: [aReply(2, { notice: true })] }));
    time.pass(MINUTE);
    await deliver(quiet);
    expect(asked()).toEqual(["post a2"]);
    await deliver();
    expect(asked()).toEqual(["post a2", "post group a0+a1+a3+a4"]);
  });

  it("move to the channel that is configured now when the old one refuses them", async () => {
    let archived = false;
    const { store, calls, time, deliver, row } = await setUp(({ channel }) =>
      archived && channel === "C1" ? refused : undefined,
    );
    archived = true;
    for (let i = 0; i < 5; i++) store.owe(revoked("C2", `a${i}`, { revision: 2, replies: [aReply(2)] }));
    time.pass(MINUTE);
    await deliver();
    expect(calls.slice(1).map(({ what, channel }) => `${channel} ${what}`)).toEqual([
      `C1 update group ${ALL}`,
      `C2 post group ${ALL}`,
    ]);
    expect(row()).toMatchObject({ resolved: true });
    expect(await store.listUndelivered()).toEqual([]);
  });

  it("are told elsewhere once while their channel refuses them, and again when there is more to say", async () => {
    const { store, calls, time, row, deliver } = await setUp(({ channel }) => (channel === "C1" ? refused : undefined));
    expect(row()).toMatchObject({ failures: 1, error: "not_in_channel" });
    for (let i = 0; i < 4; i++) {
      time.pass(10 * MINUTE);
      await deliver({ fallbackChannel: "C9" });
    }
    expect(calls.filter(({ channel }) => channel === "C9")).toHaveLength(1);
    expect([...store.notes.values()]).toMatchObject([
      {
        note: {
          severity: "critical",
          body: { kind: "refused_channel", channel: "C1", others: { length: 4 }, more: 0 },
        },
      },
    ]);
    expect(row()).toMatchObject({ failures: 5 });
    store.owe(
      revoked("C1", "a2", { revision: 2, resolvedAt: after(0), replies: [aReply(2, { reason: "recovered" })] }),
    );
    time.pass(60 * MINUTE);
    await deliver({ fallbackChannel: "C9" });
    expect([...store.notes.values()]).toHaveLength(2);
    expect([...store.notes.values()].at(-1)).toMatchObject({ note: { body: { alert: { id: "a2" }, more: 0 } } });
  });
});
