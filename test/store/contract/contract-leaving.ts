import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { placeOf } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { allInto, eachAlone, only, shown, type StoreSteps, type Told } from "./contract-store.ts";
import { aCard, anAlert, aVerdict, aWord, changed, claiming, minutes, NOON } from "./states.ts";

const CHANNEL = "C0000000001";
/** Without a known app, so it has another cause. */
const OTHER = aVerdict({ token: null });

const named = (name: string): Alert => anAlert({ id: name, card: aCard({ name }) });

/** The calls that Slack accepted, in order: "alert b post", "group edit"… */
const took = (told: readonly Told[]): readonly string[] =>
  told.map(({ claim: { message }, call }) =>
    [message.kind, ...(message.kind === "alert" ? [message.subject] : []), call.kind].join(" "),
  );

/** The contract for alerts that leave a group because their cause changed. */
export const leavingContract = ({ store, deliver, roundWith }: StoreSteps): void => {
  const raise = async (id: string, fields: Partial<Alert>): Promise<void> => {
    await store().changeAlerts({ kind: "alert", id }, (alert) => changed(alert, fields, [aWord()]));
  };
  const take = async (now = NOON): Promise<MessageClaim> => only(await store().claim(claiming({ now })));
  const post = async (taken: MessageClaim): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: placeOf(taken.message), ts: "1.1" }, at: NOON }]);
    await store().release([taken]);
  };

  describe("an alert whose cause is another one than its group's", () => {
    beforeEach(async () => {
      for (const name of ["a", "b"]) await roundWith(named(name));
      await store().regroup(allInto("g"), NOON);
    });

    it("leaves the group, which shows that with its thread, and gets its own message", async () => {
      await deliver(NOON, allInto("g"));
      await raise("b", { verdict: OTHER });
      const told = await deliver(minutes(1));
      expect(took(told).toSorted()).toEqual(["alert b post", "group edit", "group reply"]);
      const [left] = told.flatMap(({ call }) => (call.kind === "reply" ? [call] : []));
      expect(left).toMatchObject({ replies: [], joined: [], left: [{ id: "b" }] });
      const edit = told.find(({ call }) => call.kind === "edit");
      expect(edit?.claim.alerts.map(({ as, alert }) => [as, alert.id])).toEqual([
        ["home", "a"],
        ["former", "b"],
      ]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("is owed without a home until it has one", async () => {
      await deliver(NOON, allInto("g"));
      await raise("b", { verdict: OTHER });
      expect((await store().undelivered()).map(({ kind, watch }) => `${kind} ${watch}`).toSorted()).toEqual([
        "alert b",
        "group b",
      ]);
      expect((await store().findAlerts({ kind: "alert", id: "b" }))?.message).toBeNull();
      expect((await store().findAlerts({ kind: "message", id: "g" }))?.alerts.map(({ id }) => id)).toEqual(["a"]);
    });

    it("leaves a group during its post: the group is edited afterwards", async () => {
      const taken = await take();
      await raise("b", { verdict: OTHER });
      await post(taken);
      expect(shown(taken)).toEqual(["a", "b"]);
      expect(took(await deliver(NOON)).toSorted()).toEqual(["alert b post", "group edit", "group reply"]);
    });

    it("leaves a group that Slack does not have: no message mentions that", async () => {
      await raise("b", { verdict: OTHER });
      const told = await deliver(NOON);
      expect(took(told).toSorted()).toEqual(["alert b post", "group post"]);
    });

    it("was the last one: a group without alerts is never posted", async () => {
      for (const name of ["a", "b"]) await raise(name, { verdict: OTHER });
      expect(took(await deliver(NOON)).toSorted()).toEqual(["alert a post", "alert b post"]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("was the last one and leaves during the post: the group is edited once more", async () => {
      const taken = await take();
      for (const name of ["a", "b"]) await raise(name, { verdict: OTHER });
      await post(taken);
      const told = took(await deliver(NOON));
      expect(told.filter((call) => call.startsWith("group"))).toEqual(["group edit", "group reply"]);
    });

    it("may return with its old cause before Slack shows the change", async () => {
      await deliver(NOON, allInto("g"));
      await raise("b", { verdict: OTHER });
      await raise("b", { verdict: aVerdict() });
      const told = await deliver(minutes(20), allInto("g"));
      expect(took(told)).toEqual(["group edit", "group reply"]);
      expect(told.at(-1)?.call).toMatchObject({ joined: [{ id: "b" }], left: [] });
    });

    it("stays in the group after its end", async () => {
      await deliver(NOON, allInto("g"));
      await raise("b", { verdict: OTHER, resolvedAt: NOON, resolution: "recovered" });
      expect(took(await deliver(minutes(1)))).toEqual(["group edit", "group reply"]);
    });

    it("is announced in the thread once, also when the bot was killed in between", async () => {
      await deliver(NOON, allInto("g"));
      await raise("b", { verdict: OTHER });
      await store().regroup(eachAlone, NOON);
      const [first] = await store().claim(claiming({ limit: 1 }));
      expect(first).toBeDefined();
      // The program with the claim is killed here, so its lease ends.
      const told = took(await deliver(minutes(2)));
      expect(told.filter((call) => call === "group reply")).toEqual(["group reply"]);
    });
  });

  it("alerts with another cause leave a group whose channel refuses; its message shows that", async () => {
    for (const name of ["a", "b"]) await roundWith(named(name));
    await deliver(NOON, allInto("g"));
    await raise("b", { card: aCard({ name: "b", channel: "C0000000002" }) });
    const taken = await take(minutes(1));
    await store().failed(taken, { kind: "abandon", alerts: ["b"] }, "is_archived", minutes(1));
    const told = await deliver(minutes(1));
    expect(took(told).toSorted()).toEqual(["alert b post", "group edit"]);
    expect(told.find(({ call }) => call.kind === "post")?.claim.message.routes).toEqual(["C0000000002"]);
  });

  it("a group whose channel refuses is edited, also while one of its alerts owes a change to its former group", async () => {
    const second = { card: aCard({ name: "b", channel: "C0000000002" }), verdict: OTHER };
    for (const name of ["a", "b"]) await roundWith(named(name));
    await deliver(NOON, allInto("g"));
    await raise("b", second);
    await roundWith(anAlert({ id: "c", ...second, card: aCard({ name: "c", channel: "C0000000002" }) }));
    await store().regroup(allInto("h"), NOON);
    const elsewhere = async () => only(await store().claim(claiming({ except: [CHANNEL] })));
    const posted = await elsewhere();
    expect(shown(posted)).toEqual(["b", "c"]);
    await post(posted);
    await raise("c", { card: aCard({ name: "c", channel: "C0000000003" }) });
    await store().failed(await elsewhere(), { kind: "abandon", alerts: ["c"] }, "is_archived", NOON);
    const edits = (await deliver(NOON)).filter(({ call }) => call.kind === "edit");
    expect(edits.map(({ claim }) => claim.message.id).toSorted()).toEqual(["g", "h"]);
  });

  it("a group is abandoned when its last alert leaves", async () => {
    for (const name of ["a", "b"]) await roundWith(named(name));
    await deliver(NOON, allInto("g"));
    for (const name of ["a", "b"]) await raise(name, { card: aCard({ name, channel: "C0000000002" }) });
    const taken = await take(minutes(1));
    await store().failed(taken, { kind: "abandon", alerts: ["a", "b"] }, "is_archived", minutes(1));
    expect((await store().findAlerts({ kind: "message", id: "g" }))?.message?.ref).toBeNull();
    expect(took(await deliver(minutes(1)))).toEqual(["alert a post", "alert b post"]);
    expect(await store().undelivered()).toEqual([]);
  });
};
