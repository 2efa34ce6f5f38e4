import { describe, expect, it } from "vitest";
import { createWakeSignal } from "../../src/outbox/wake-signal.ts";
import { causeOf } from "../../src/alert/cause.ts";
import { aFinding, after, aVerdict, NOW } from "../support/builders.ts";
import { aWord, MINUTE } from "./a-delivery.ts";
import {
  away,
  createDeliveryWorld,
  type DeliveryWorld,
  gone,
  inChannel,
  limited,
  refused,
  revoked,
} from "./delivery-world.ts";

const ALL = "a0+a1+a2+a3+a4";
const otherCause = { verdict: aVerdict({ findings: [aFinding("scope_missing")] }), severity: "critical" } as const;
const over = { resolvedAt: NOW, resolution: "recovered" } as const;

type Options = NonNullable<Parameters<typeof createDeliveryWorld>[0]>;

/** Five alerts with one cause, posted as a group unless Slack refuses. */
const setUp = async (refuse?: Options["refuse"]) => {
  const world = await createDeliveryWorld(refuse === undefined ? {} : { refuse });
  for (let i = 0; i < 5; i++) await world.owe(revoked("C1", `a${i}`));
  const first = await world.deliver();
  const later = (minutes: number): void => world.time.set(after(minutes * MINUTE));
  const since = (): readonly string[] => world.asked().slice(1);
  const row = async () =>
    world.store.db.selectFrom("messages").selectAll().where("kind", "=", "group").executeTakeFirst();
  return { ...world, first, row, later, since };
};

describe("alerts of one cause", () => {
  it("are posted as one message, which says everything", async () => {
    const { first, asked, lines, row, deliver } = await setUp();
    expect(first).toMatchObject({ posts: 1, failed: 0 });
    expect(asked()).toEqual([`post group ${ALL}`]);
    expect(lines).toMatchObject([{ msg: "grouped alerts with one cause", alerts: 5 }, {}]);
    expect(await row()).toMatchObject({ channel: "C1", lease: null, spoke_at: after(0).toISOString() });
    expect(await deliver()).toMatchObject({ posts: 0, edits: 0, replies: 0 });
  });

  it("are posted one by one when there are fewer than five", async () => {
    const { owe, deliver } = await createDeliveryWorld();
    for (let i = 0; i < 4; i++) await owe(revoked("C1", `a${i}`));
    expect(await deliver()).toMatchObject({ posts: 4 });
  });

  it("are edited as they change, with one reply for all", async () => {
    const { say, since, deliver } = await setUp();
    for (const id of ["a1", "a3"]) await say(revoked("C1", id), "worse");
    expect(await deliver()).toMatchObject({ edits: 1, replies: 1 });
    expect(since()).toEqual([`edit group ${ALL}`, "reply group a1 worse, a3 worse"]);
    expect(await deliver()).toMatchObject({ edits: 0, replies: 0 });
  });

  it("are joined by later alerts: first the message shows them, then the thread announces them", async () => {
    const { owe, since, later, row, deliver } = await setUp();
    later(20);
    await owe(revoked("C1", "b", { openedAt: after(20 * MINUTE) }));
    await deliver();
    expect(since()).toEqual([`edit group ${ALL}+b`, "reply group new b, NOTICE"]);
    const spokeAt = (await row())?.spoke_at;
    expect(spokeAt).toBe(after(20 * MINUTE + 1_000).toISOString());
    later(30);
    await owe(revoked("C1", "c", { openedAt: after(30 * MINUTE) }));
    await deliver();
    expect(since().slice(2)).toEqual([`edit group ${ALL}+b+c`, "reply group new c"]);
    expect((await row())?.spoke_at).toBe(spokeAt);
  });

  it("are joined by alerts of a running round, at most four times a minute, and none is posted alone", async () => {
    const { owe, time, asked, lines, deliver } = await createDeliveryWorld({ latencyMs: () => 200 });
    for (let i = 0; i < 5; i++) await owe(revoked("C1", `a${i}`));
    // Another channel keeps the pass running for minutes. The round finds one more alert every quarter of a second.
    for (let i = 0; i < 120; i++) await owe(inChannel("C2", `own-${i}`));
    const wakeSignal = createWakeSignal();
    const find = async (): Promise<void> => {
      for (let i = 5; i < 200; i++) {
        await time.wait(250);
        await owe(revoked("C1", `a${i}`));
        wakeSignal.raise();
      }
    };
    await Promise.all([time.run(find()), deliver({}, { wakeSignal })]);
    await deliver();
    const inGroup = asked().filter((what) => !what.includes("own-"));
    expect(inGroup.filter((what) => /^post (?!group)/.test(what))).toEqual([]);
    const minutes = (time.now().getTime() - NOW.getTime()) / MINUTE;
    expect(inGroup.filter((what) => what.startsWith("reply group")).length).toBeLessThanOrEqual(4 * minutes + 1);
    expect(inGroup.filter((what) => what.startsWith("edit group")).at(-1)).toContain("a199");
    expect(lines.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  it("are joined before the end of the pass by alerts that had to wait", async () => {
    const { owe, store, time, since, deliver } = await setUp();
    time.pass(MINUTE);
    // Another channel keeps the pass running for a few seconds.
    for (let i = 0; i < 6; i++) await owe(inChannel("C2", `own-${i}`));
    await owe(revoked("C1", "b"));
    const wakeSignal = createWakeSignal();
    const find = async (): Promise<void> => {
      await time.wait(3_000);
      await owe(revoked("C1", "c"));
      wakeSignal.raise();
    };
    await Promise.all([time.run(find()), deliver({}, { wakeSignal })]);
    expect(since().filter((what) => !what.includes("own-"))).toEqual([
      `edit group ${ALL}+b`,
      "reply group new b",
      `edit group ${ALL}+b+c`,
      "reply group new c",
    ]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("move to one new message when all have another cause, and the old message says so", async () => {
    const { owe, since, deliver, later } = await setUp();
    for (let i = 0; i < 5; i++) await owe(revoked("C1", `a${i}`, { ...otherCause, revision: 2 }));
    later(17);
    await deliver();
    expect(since().toSorted()).toEqual(["edit group", `post group ${ALL}`, `reply group left ${ALL}`]);
  });

  it("are edited only once when the reply fails and is sent again", async () => {
    let down = false;
    const { owe, since, time, deliver } = await setUp(({ what }) =>
      down && what.startsWith("reply") ? away : undefined,
    );
    down = true;
    await owe(revoked("C1", "b"));
    time.pass(MINUTE);
    expect(await deliver()).toMatchObject({ edits: 1, replies: 0, failed: 1 });
    down = false;
    time.pass(MINUTE);
    expect(await deliver()).toMatchObject({ edits: 0, replies: 1 });
    expect(since()).toEqual([`edit group ${ALL}+b`, "reply group new b", "reply group new b"]);
  });

  it("lose an alert with a changed cause to its own message", async () => {
    const { owe, store, since, deliver } = await setUp();
    await owe(revoked("C1", "a2", { ...otherCause, revision: 2 }), [aWord({ notice: true })]);
    expect(await deliver()).toMatchObject({ edits: 1, replies: 1, posts: 1 });
    expect(since().toSorted()).toEqual(["edit group a0+a1+a3+a4", "post a2", "reply group left a2"]);
    expect((await store.findAlerts({ kind: "alert", id: "a2" }))?.message).toMatchObject({ kind: "alert" });
  });

  it("are complete when the last one is resolved, so the next alert gets another message", async () => {
    const { owe, asked, deliver } = await setUp();
    for (let i = 0; i < 5; i++)
      await owe(revoked("C1", `a${i}`, { revision: 2, ...over }), [aWord({ reason: "recovered" })]);
    await deliver();
    await owe(revoked("C1", "b"));
    await deliver();
    expect(asked().at(-1)).toBe("post b");
  });

  it("are reminded of together, and a reminder that soon follows is dropped", async () => {
    const { say, store, since, later, deliver } = await setUp();
    const remind = (id: string) => say(revoked("C1", id), "reminder", { notice: true });
    later(240);
    for (const id of ["a0", "a1"]) await remind(id);
    later(241);
    await deliver();
    expect(since()).toEqual([
      `edit group ${ALL}`,
      "reply group a0 reminder, a1 reminder, a2 reminder, a3 reminder, a4 reminder, NOTICE",
    ]);
    later(250);
    await remind("a2");
    later(251);
    await deliver();
    expect(since().slice(2)).toEqual([`edit group ${ALL}`]);
    expect(await store.undelivered()).toEqual([]);
  });

  it.each(["edit", "reply"])("are posted again when %s finds the message deleted", async (verb) => {
    const { say, store, asked, deliver } = await setUp(({ what }) => (what.startsWith(verb) ? gone : undefined));
    await say(revoked("C1", "a0"), "worse");
    expect(await deliver()).toMatchObject({ posts: 1, failed: 0 });
    expect(asked().at(-1)).toBe(`post group ${ALL}`);
    expect(await store.undelivered()).toEqual([]);
  });

  it("lose an alert with another cause before they are posted, and still wait for the end of quiet hours", async () => {
    const { owe, asked, deliver, time } = await createDeliveryWorld();
    const mild = { severity: "warning" } as const;
    for (let i = 0; i < 5; i++) await owe(revoked("C1", `a${i}`, mild));
    const quiet = { quietUntil: () => after(60 * MINUTE) };
    await deliver(quiet);
    expect(asked()).toEqual([]);
    await owe(revoked("C1", "a2", { ...otherCause, revision: 2 }), [aWord({ notice: true })]);
    time.pass(MINUTE);
    await deliver(quiet);
    expect(asked()).toEqual(["post a2"]);
    await deliver();
    expect(asked()).toEqual(["post a2", "post group a0+a1+a3+a4"]);
  });

  it("move to the newly configured channel when the old one refuses them", async () => {
    let archived = false;
    const { owe, calls, time, deliver, store } = await setUp(({ channel }) =>
      archived && channel === "C1" ? refused : undefined,
    );
    archived = true;
    for (let i = 0; i < 5; i++) await owe(revoked("C2", `a${i}`, { revision: 2 }), [aWord()]);
    time.pass(MINUTE);
    await deliver();
    expect(calls.slice(1).map(({ what, channel }) => `${channel} ${what}`)).toEqual([
      `C1 edit group ${ALL}`,
      `C2 post group ${ALL}`,
    ]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("do not attract new alerts into their old channel after the configuration moved them", async () => {
    const { owe, calls, deliver } = await setUp();
    for (let i = 0; i < 5; i++) await owe(revoked("C2", `a${i}`, { revision: 2 }));
    await deliver();
    await owe(revoked("C2", "b"));
    await owe(revoked("C1", "c"));
    await deliver();
    expect(
      calls
        .slice(1)
        .map(({ what, channel }) => `${channel} ${what}`)
        .toSorted(),
    ).toEqual([`C1 edit group ${ALL}`, "C1 post c", "C2 post b"]);
  });

  it("are announced elsewhere once while their channel refuses them, and again after a change", async () => {
    const { owe, calls, time, row, deliver } = await setUp(({ channel }) => (channel === "C1" ? refused : undefined));
    expect(await row()).toMatchObject({ failures: 1, last_error: "not_in_channel" });
    for (let i = 0; i < 4; i++) {
      time.pass(10 * MINUTE);
      await deliver({ fallbackChannel: "C9" });
    }
    const elsewhere = (): readonly string[] => calls.filter(({ channel }) => channel === "C9").map(({ what }) => what);
    expect(elsewhere()).toEqual([`post fallback ${ALL}`]);
    await owe(revoked("C1", "a2", { revision: 2, ...over }), [aWord({ reason: "recovered", at: time.now() })]);
    time.pass(60 * MINUTE);
    await deliver({ fallbackChannel: "C9" });
    // The existing list follows its alerts, so it shows the end. The new list is for changes that were not announced.
    expect(elsewhere().slice(1).toSorted()).toEqual([
      `edit fallback ${ALL}`,
      "post fallback a2",
      "reply fallback a2 recovered",
    ]);
  });
});

describe("a channel that keeps refusing", () => {
  const setUpRefused = async (owner: string | undefined) => {
    const world = await createDeliveryWorld({ refuse: ({ channel }) => (channel === "C1" ? refused : undefined) });
    const alert = inChannel("C1", "a", { acceptedAt: null });
    await world.owe({ ...alert, card: { ...alert.card, owner } });
    return world;
  };

  it.each<[string | undefined, string | undefined, string]>([
    ["U1", "C9", "C9"],
    ["U1", undefined, "U1"],
    [undefined, "C9", "C9"],
  ])(
    "with owner %s and fallback channel %s announces the alert once at the second refusal, in %s",
    async (owner, fallbackChannel, to) => {
      const { calls, time, deliver, stored } = await setUpRefused(owner);
      expect(await deliver({ fallbackChannel })).toMatchObject({ posts: 0, failed: 1 });
      expect((await stored("a"))?.acceptedAt).toBeNull();
      time.set(after(MINUTE));
      expect(await deliver({ fallbackChannel })).toMatchObject({ posts: 1, failed: 1 });
      expect(calls.at(-1)).toMatchObject({ what: "post fallback a", channel: to });
      expect((await stored("a"))?.acceptedAt).toEqual(after(MINUTE));
      for (let i = 0; i < 5; i++) {
        time.pass(61 * MINUTE);
        expect(await deliver({ fallbackChannel })).toMatchObject({ posts: 0, failed: 1 });
      }
    },
  );

  it.each([
    ["Slack was away before", away],
    ["Slack asked to wait before", limited(120_000)],
  ])("announces the alert elsewhere at the second refusal, even when %s", async (_, trouble) => {
    const troubles = [trouble, refused, refused];
    const world = await createDeliveryWorld({
      refuse: ({ channel }) => (channel === "C1" ? troubles.shift() : undefined),
    });
    await world.owe(inChannel("C1", "a", { acceptedAt: null }));
    const told: boolean[] = [];
    while (troubles.length > 0) {
      await world.deliver({ fallbackChannel: "C9" });
      told.push((await world.stored("a"))?.acceptedAt !== null);
      world.time.pass(3 * MINUTE);
    }
    expect(told).toEqual([false, false, true]);
    expect(world.asked()).toEqual(["post a", "post a", "post a", "post fallback a"]);
  });

  it("leaves the alert undelivered, with the error, when there is no fallback channel and no owner", async () => {
    const { store, time, deliver } = await setUpRefused(undefined);
    await deliver();
    time.set(after(MINUTE));
    expect(await deliver()).toMatchObject({ posts: 0, failed: 1 });
    expect(await store.undelivered()).toMatchObject([{ watch: "a", channel: "C1", error: "not_in_channel" }]);
  });
});

describe("reminders of several messages in one channel", () => {
  const setUpTwo = async () => {
    const world: DeliveryWorld = await createDeliveryWorld();
    for (const id of ["a", "b"]) await world.owe(inChannel("C1", id, { severity: "critical" }));
    await world.deliver();
    world.calls.length = 0;
    const remind = (id: string) =>
      world.say(inChannel("C1", id, { severity: "critical" }), "reminder", { notice: true });
    return { ...world, remind };
  };

  it("wait one minute for each other and become one message", async () => {
    const { remind, time, asked, deliver, store } = await setUpTwo();
    await remind("a");
    await deliver();
    time.pass(30_000);
    await remind("b");
    await deliver();
    expect(asked()).toEqual(["edit a", "edit b"]);
    time.pass(MINUTE);
    await deliver();
    expect(asked().slice(2)).toEqual(["post reminders a+b"]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("stay a reply in the thread when there is only one", async () => {
    const { remind, time, asked, deliver } = await setUpTwo();
    await remind("a");
    time.pass(MINUTE);
    await deliver();
    expect(asked()).toEqual(["edit a", "reply a reminder, NOTICE"]);
  });

  it("are not sent when a person answered the alerts in time", async () => {
    const { remind, owe, time, asked, deliver, store } = await setUpTwo();
    const alerts = [await remind("a"), await remind("b")];
    await deliver();
    for (const alert of alerts)
      await owe({ ...alert, revision: 3, acknowledged: { by: "U1", at: time.now() } }, [
        aWord({ reason: "acknowledged", by: "U1" }),
      ]);
    time.pass(2 * MINUTE);
    await deliver();
    expect(asked().filter((what) => what.includes("reminder"))).toEqual([]);
    expect(await store.undelivered()).toEqual([]);
  });
});

describe("a list of reminders that was not sent when the configuration moved its alerts", () => {
  /**
   * Two alerts in C1 whose reminders wait in a list there, while C1 refuses with `refuses`. Their new channel is C2.
   */
  const setUpMoved = async (refuses: (what: string) => boolean) => {
    let isRefusing = false;
    const world = await createDeliveryWorld({
      refuse: ({ what, channel }) => (isRefusing && channel === "C1" && refuses(what) ? refused : undefined),
    });
    const alert = (id: string) => inChannel("C1", id, { severity: "critical" });
    for (const id of ["a", "b"]) await world.owe(alert(id));
    await world.deliver();
    isRefusing = true;
    for (const id of ["a", "b"]) await world.say(alert(id), "reminder", { notice: true });
    world.calls.length = 0;
    const move = async () => {
      for (const id of ["a", "b"]) {
        const known = (await world.stored(id)) ?? alert(id);
        await world.owe({ ...known, revision: known.revision + 1, card: { ...known.card, channel: "C2" } });
      }
    };
    const taken = (): readonly string[] =>
      world.calls.flatMap(({ what, channel }) => (what.startsWith("edit") ? [] : [`${channel} ${what}`]));
    return { ...world, move, taken };
  };

  it("goes to the old channel while that channel accepts it", async () => {
    let tries = 0;
    const { move, time, deliver, taken, store } = await setUpMoved((what) => what.startsWith("post") && ++tries === 1);
    time.pass(2 * MINUTE);
    await deliver();
    await move();
    time.pass(2 * MINUTE);
    await deliver();
    expect(taken()).toEqual(["C1 post reminders a+b", "C1 post reminders a+b"]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("is dropped when the old channel refuses it, because the new messages say everything", async () => {
    const { move, time, deliver, taken, store } = await setUpMoved(() => true);
    time.pass(2 * MINUTE);
    await deliver();
    await move();
    time.pass(2 * MINUTE);
    await deliver();
    time.pass(5 * MINUTE);
    await deliver();
    expect(taken()).toEqual(["C1 post reminders a+b", "C1 post reminders a+b", "C2 post a", "C2 post b"]);
    expect(await store.undelivered()).toEqual([]);
  });
});

describe("reminders of a group and of another alert in its channel", () => {
  /** A group of five and a separate alert, announced `hours` ago. */
  const setUpBoth = async (hours: number) => {
    const world = await setUp();
    await world.owe(inChannel("C1", "x", { severity: "critical" }));
    await world.deliver();
    world.time.pass(hours * 60 * MINUTE);
    world.calls.length = 0;
    const remind = async (id: string) => {
      const alert = id === "x" ? inChannel("C1", id, { severity: "critical" }) : revoked("C1", id);
      return world.say((await world.stored(id)) ?? alert, "reminder", { notice: true });
    };
    const reminders = (): readonly string[] =>
      world.asked().filter((what) => /^post reminders|^reply .*reminder/.test(what));
    const pass = async (minutes = 2): Promise<void> => {
      world.time.pass(minutes * MINUTE);
      await world.deliver();
    };
    return { ...world, remind, reminders, pass };
  };

  it("a group that notified within half an interval sends none; the other alert sends its own", async () => {
    const { remind, reminders, deliver, pass, store } = await setUpBoth(1);
    for (const id of ["a0", "x"]) await remind(id);
    await deliver();
    await pass();
    expect(reminders()).toEqual(["reply x reminder, NOTICE"]);
    expect(await store.undelivered()).toEqual([]);
  });

  it("one list names all unanswered alerts of the group, which then sends no reminder for half an interval", async () => {
    const { remind, reminders, owe, deliver, pass, store, time, stored } = await setUpBoth(3);
    const a1 = await stored("a1");
    if (a1 === undefined) throw new Error("a1 is not stored");
    await owe({ ...a1, revision: 2, acknowledged: { by: "U1", at: time.now() } });
    for (const id of ["a0", "x"]) await remind(id);
    await deliver();
    await pass();
    expect(reminders()).toEqual(["post reminders a0+a2+a3+a4+x"]);
    for (const id of ["a2", "a3"]) await remind(id);
    await deliver();
    await pass(110);
    expect(reminders()).toHaveLength(1);
    await remind("a4");
    await pass(15);
    expect(reminders().at(-1)).toBe("reply group a4 reminder, a0 reminder, a2 reminder, a3 reminder, NOTICE");
    expect(await store.undelivered()).toEqual([]);
  });
});

it("these tests use a cause that groups alerts, and one that does not", () => {
  expect(causeOf(revoked("C1", "a"))).not.toBeNull();
  expect(causeOf(inChannel("C1", "a"))).toBeNull();
});
