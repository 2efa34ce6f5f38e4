import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { Target } from "../../../src/watch/ports.ts";
import { respond } from "../../../src/alert/respond.ts";
import { allInto, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import { aCard, aList, anAlert, anEntry, anOutcome, asItIs, changed, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const GROUP = { kind: "message", id: "g" } as const;
const ANN = "U0000000001";
const BEN = "U0000000002";

/** The contract for answers and changes to all alerts of a message. */
export const groupAnswersContract = (steps: StoreSteps): void => {
  const { store, open, claimDue, claim, deliver, roundWith, stateOf } = steps;
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name }), ...fields });
  const join = async (): Promise<number> => store().regroup(allInto("g"), NOON);
  const posted = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await roundWith(named(name));
    await deliver(NOON, allInto("g"));
  };
  const raise = async (id: string, fields: Partial<Alert> = {}): Promise<void> => {
    await store().changeAlerts({ kind: "alert", id }, (alert) => changed(alert, fields));
  };
  const acknowledgeBy = async (by: string, from = store(), target: Target = GROUP) =>
    from.changeAlerts(target, (alert) => respond(alert, by, { kind: "acknowledge" }, NOON));

  describe("answers to a group", () => {
    it("change every open alert of the group, and are owed to Slack", async () => {
      await posted("a", "b", "c");
      await raise("c", { resolvedAt: NOON, resolution: "recovered" });
      const answer = await acknowledgeBy(ANN);
      expect(answer).toMatchObject({ message: { id: "g", kind: "group", ref: { channel: "C0000000001" } } });
      expect(answer?.changed.map(({ id, acknowledged }) => [id, acknowledged?.by])).toEqual([
        ["a", ANN],
        ["b", ANN],
      ]);
      expect(answer?.alerts).toEqual(answer?.changed);
      expect((await store().history({ limit: 9 })).map(({ watch }) => watch).toSorted()).toEqual(["a", "b"]);
      expect((await stateOf("b"))?.alert).toMatchObject({ acknowledged: { by: ANN }, revision: 2 });
      const words = only(await claim()).owed.filter(({ reply: word }) => word !== null);
      expect(words.map(({ alert, what, priority }) => [alert, what, priority])).toEqual([
        ["a", "acknowledged", 0],
        ["b", "acknowledged", 0],
      ]);
    });

    it("leave alerts unchanged that the message does not show yet", async () => {
      await posted("a");
      await roundWith(named("b"));
      await join();
      const answer = await acknowledgeBy(ANN);
      expect(answer?.changed.map(({ id }) => id)).toEqual(["a"]);
      expect((await store().findAlerts(GROUP))?.alerts.map(({ id }) => id)).toEqual(["a"]);
      expect((await stateOf("b"))?.alert?.acknowledged).toBeNull();
      await deliver(NOON, allInto("g"));
      expect((await store().findAlerts(GROUP))?.alerts.map(({ id }) => id)).toEqual(["a", "b"]);
    });

    it("of two at the same time, the second finds nothing to change", async () => {
      await posted("a", "b", "c", "d", "e");
      const other = await open();
      const both = await Promise.all([acknowledgeBy(ANN), acknowledgeBy(BEN, other)]);
      expect(new Set(both.map((answer) => answer?.changed.length))).toEqual(new Set([0, 5]));
      expect(both.map((answer) => answer?.alerts.length)).toEqual([5, 5]);
    });

    it("are all saved or none; a missing message is reported", async () => {
      await posted("a", "b");
      const broken = store().changeAlerts(GROUP, (alert) => {
        if (alert.id === "b") throw new RangeError("no");
        return { ...changed(alert), history: [anEntry()] };
      });
      await expect(broken).rejects.toThrow("no");
      expect((await stateOf("a"))?.alert?.revision).toBe(1);
      expect(await store().history({ limit: 9 })).toEqual([]);
      expect(await store().changeAlerts({ kind: "message", id: "gone" }, asItIs)).toBeUndefined();
      expect(await store().findAlerts({ kind: "message", id: "gone" })).toBeUndefined();
    });
  });

  describe("answers to a list", () => {
    const LIST = { kind: "message", id: "list-1" } as const;

    it("change the open alerts that it names, and the list shows that like their own messages", async () => {
      await posted("a", "b");
      await store().changeAlerts({ kind: "alert", id: "a" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList({ alerts: ["a", "b"] })],
      }));
      expect(await acknowledgeBy(ANN, store(), LIST)).toMatchObject({ alerts: [], changed: [] });
      await deliver();
      const answer = await acknowledgeBy(ANN, store(), LIST);
      expect(answer).toMatchObject({ message: { id: "list-1", kind: "escalation" } });
      expect(answer?.changed.map(({ id }) => id)).toEqual(["a", "b"]);
      const claims = await claim();
      const list = claims.find(({ message }) => message.id === "list-1");
      if (list === undefined) throw new Error("the list is not taken");
      expect(shown(list)).toEqual(["a", "b"]);
      expect(owed(list).toSorted()).toEqual(["acknowledged", "acknowledged", "content", "content"]);
      expect(list.owed.every(({ notice }) => !notice)).toBe(true);
      expect(list.alerts.map(({ as, home }) => [as, home?.channel])).toEqual([
        ["mention", "C0000000001"],
        ["mention", "C0000000001"],
      ]);
      expect(claims.map(({ message }) => message.id).toSorted()).toEqual(["g", "list-1"]);
    });

    it("an alert that ended does not change any more, and the thread gets its end", async () => {
      await posted("a", "b");
      await store().changeAlerts({ kind: "alert", id: "a" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList({ alerts: ["a", "b"] })],
      }));
      await deliver();
      const over = { resolvedAt: NOON, resolution: "recovered" } as const;
      await roundWith(named("a", { ...over, revision: 2 }), [
        { reason: "recovered", at: NOON, notice: false, verdict: null, by: null },
      ]);
      expect((await store().findAlerts(LIST))?.alerts.map(({ id }) => id)).toEqual(["b"]);
      const calls = (await deliver()).filter(({ claim: { message } }) => message.id === "list-1");
      expect(calls.map(({ call }) => call)).toMatchObject([
        { kind: "edit" },
        { kind: "reply", replies: [{ alert: { id: "a" }, reply: { reason: "recovered" } }], notice: false },
      ]);
    });

    it("a change without a person is an edit, without a reply", async () => {
      await posted("a");
      await store().changeAlerts({ kind: "alert", id: "a" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList({ alerts: ["a"] })],
      }));
      await deliver();
      await roundWith(named("a", { revision: 2 }), [
        { reason: "worse", at: NOON, notice: true, verdict: null, by: null },
      ]);
      const calls = (await deliver()).map(({ claim: { message }, call }) => [message.id, call.kind]);
      expect(calls.filter(([id]) => id === "list-1")).toEqual([["list-1", "edit"]]);
      expect(calls.filter(([id]) => id === "g")).toEqual([
        ["g", "edit"],
        ["g", "reply"],
      ]);
    });
  });

  describe("what a round means for the others of the group", () => {
    const seen: string[] = [];
    const escalate = (member: Alert) => {
      seen.push(member.id);
      return { ...changed(member, { escalatedAt: NOON }), history: [anEntry({ watch: member.card.name })] };
    };
    const roundOf = async (watch: string): Promise<boolean> => {
      const at = minutes(2_000);
      const claims = await claimDue({ names: [watch], which: "all", now: at, roundStartedAt: at });
      const taken = only(claims);
      const messages = [aList({ alerts: [watch] })];
      return saveRound(store(), taken, anOutcome({ state: taken.state, messages, members: escalate }));
    };
    beforeEach(() => {
      seen.length = 0;
    });

    it("changes open alerts that were announced, and one message names all", async () => {
      await posted("a", "b", "over");
      await raise("over", { resolvedAt: NOON, resolution: "recovered" });
      await roundWith(named("new"));
      await join();
      expect(await roundOf("a")).toBe(true);
      expect(seen).toEqual(["b"]);
      expect((await stateOf("b"))?.alert).toMatchObject({ escalatedAt: NOON, revision: 2 });
      expect((await stateOf("a"))?.alert?.revision).toBe(1);
      expect((await store().history({ limit: 9 })).map(({ watch }) => watch)).toEqual(["b"]);
      const [list, ...others] = (await claim()).filter(({ message }) => message.kind === "escalation");
      expect(others).toEqual([]);
      expect(list && shown(list)).toEqual(["a", "b"]);
      expect(list?.owed.map(({ alert, what }) => [alert, what])).toEqual([
        ["a", "joined"],
        ["b", "joined"],
      ]);
    });

    it("changes nothing when the alert is in no group, or the round was not saved", async () => {
      await posted("a", "b");
      await roundWith(named("alone", { card: aCard({ name: "alone", channel: "C0000000002" }) }));
      await deliver();
      expect(await roundOf("alone")).toBe(true);
      const at = minutes(2_000);
      const late = only(await claimDue({ names: ["a"], which: "all", now: at, roundStartedAt: at }));
      await raise("a");
      expect(await saveRound(store(), late, anOutcome({ state: late.state, members: escalate }))).toBe(false);
      expect(seen).toEqual([]);
    });
  });
};
