import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import type { SharedDeadline, StoredChange } from "../../../src/watch/ports.ts";
import { allInto, only, type StoreSteps } from "./contract-store.ts";
import { aCard, aList, anAbsence, anAlert, anEntry, asItIs, minutes, NOON } from "./states.ts";

const SECOND_MS = 1_000;
const seconds = (count: number): Date => new Date(NOON.getTime() + count * SECOND_MS);
const DAY = 24 * 60;

/** The contract for shared data of several bots, and for the deletion of old rows. */
export const sharedContract = ({ store, open, deliver, roundWith }: StoreSteps): void => {
  describe("the pace of a channel", () => {
    const reserve = async (now = NOON, channel = "C1", from = store()) => from.reserveTurn(channel, now, SECOND_MS);

    it("gives each message its own slot, a second apart, and now after a pause", async () => {
      expect([await reserve(), await reserve(), await reserve()]).toEqual([seconds(0), seconds(1), seconds(2)]);
      expect(await reserve(NOON, "C2")).toEqual(NOON);
      expect(await reserve(seconds(60))).toEqual(seconds(60));
    });

    it("gives no slot twice to many callers in several programs", async () => {
      const other = await open();
      const slots = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => reserve(NOON, "C1", index % 2 === 0 ? store() : other)),
      );
      const all = slots.map((slot) => slot.getTime()).toSorted((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: 20 }, (_, index) => seconds(index).getTime()));
    });

    it("a delayed channel waits, for all programs; other channels do not; then the pace continues", async () => {
      await reserve();
      await store().delayChannel("C1", seconds(1_800));
      await store().delayChannel("C1", seconds(30));
      const other = await open();
      expect([await reserve(), await reserve(NOON, "C1", other)]).toEqual([seconds(1_800), seconds(1_801)]);
      expect(await reserve(NOON, "C2")).toEqual(NOON);
      expect(await reserve(seconds(1_802))).toEqual(seconds(1_802));
    });

    it("a channel without a message can be delayed too", async () => {
      await store().delayChannel("C1", seconds(30));
      expect(await reserve()).toEqual(seconds(30));
    });

    it("a clock that was set back a day delays no message, and the pace continues", async () => {
      const tomorrow = minutes(DAY);
      await reserve(tomorrow);
      await store().delayChannel("C1", minutes(DAY + 60));
      expect([await reserve(), await reserve()]).toEqual([seconds(0), seconds(1)]);
      // A small difference between clocks is no clock set back.
      expect(await reserve(seconds(-30))).toEqual(seconds(2));
    });

    it("a slot that is impossibly far away is ignored", async () => {
      await store().reserveTurn("C1", NOON, 10 * 60 * SECOND_MS);
      expect(await reserve()).toEqual(NOON);
    });
  });

  describe("times that all share", () => {
    const at = (count: number, spec = "0 9 * * 1 UTC"): SharedDeadline => ({ at: minutes(count), spec });

    it("are null until they are set, and the same for every program", async () => {
      expect(await store().readDeadline("digest")).toBeNull();
      expect(await store().advanceDeadline("digest", null, at(1), [])).toBe(true);
      expect(await (await open()).readDeadline("digest")).toEqual(at(1));
      expect(await store().readDeadline("round")).toBeNull();
    });

    it("are advanced by one of the programs that read the same, only with its messages", async () => {
      const other = await open();
      const both = async (from: SharedDeadline | null, to: SharedDeadline, round: string) =>
        Promise.all(
          [store(), other].map(async (one, index) =>
            one.advanceDeadline("digest", from, to, [anAbsence({ id: `${round}-${index}` })]),
          ),
        );
      for (const [from, to, round] of [
        [null, at(1), "a"],
        [at(1), at(2), "b"],
      ] as const) {
        const moved = await both(from, to, round);
        expect(moved.filter((one) => one)).toHaveLength(1);
        const told = only(await deliver());
        expect(told.claim.message.id).toBe(`${round}-${moved.indexOf(true)}`);
        expect(await store().readDeadline("digest")).toEqual(to);
      }
    });

    it("are not advanced from another time, nor from another schedule", async () => {
      await store().advanceDeadline("digest", null, at(1), []);
      expect(await store().advanceDeadline("digest", null, at(2), [anAbsence()])).toBe(false);
      expect(await store().advanceDeadline("digest", at(0), at(2), [anAbsence()])).toBe(false);
      expect(await store().advanceDeadline("digest", at(1, "other"), at(2), [anAbsence()])).toBe(false);
      expect(await store().advanceDeadline("round", at(1), at(2), [anAbsence()])).toBe(false);
      expect(await store().readDeadline("digest")).toEqual(at(1));
      expect(await store().undelivered()).toEqual([]);
    });
  });

  describe("those who open the Home", () => {
    it("are listed latest first, each once, up to the limit and back to a time", async () => {
      await store().rememberViewer("U1", minutes(1));
      await store().rememberViewer("U2", minutes(2));
      await store().rememberViewer("U3", minutes(3));
      await store().rememberViewer("U1", minutes(4));
      expect(await store().viewers({ since: NOON, limit: 9 })).toEqual(["U1", "U3", "U2"]);
      expect(await store().viewers({ since: minutes(3), limit: 9 })).toEqual(["U1", "U3"]);
      expect(await store().viewers({ since: NOON, limit: 1 })).toEqual(["U1"]);
    });
  });

  describe("forgetting", () => {
    const history = [anEntry({ at: NOON }), anEntry({ at: minutes(60) })];
    const OVER = { resolvedAt: NOON, resolution: "recovered" } as const;
    const idle = async (id: string, left: Partial<StoredChange> = {}): Promise<void> => {
      await store().changeAlerts({ kind: "alert", id }, (alert) => ({ ...asItIs(alert), ...left }));
    };
    const known = async (kind: "alert" | "message", id: string): Promise<boolean> =>
      (await store().findAlerts({ kind, id })) !== undefined;

    it("deletes old ended alerts with their messages, and returns the count", async () => {
      await roundWith(anAlert());
      await idle("alert-1", { history, messages: [aList(), anAbsence()] });
      await deliver();
      await roundWith(anAlert({ ...OVER, revision: 2 }));
      await deliver();
      await store().rememberViewer("U1", NOON);
      expect(await store().prune(NOON)).toBe(0);
      // The history entry, the alert, its message, the escalation, the report and a viewer.
      expect(await store().prune(minutes(1))).toBe(6);
      expect(await store().history({ limit: 9 })).toEqual([anEntry({ at: minutes(60) })]);
      expect(await known("alert", "alert-1")).toBe(false);
      expect(await known("message", "alert-1 in C0000000001")).toBe(false);
      expect(await known("message", "list-1")).toBe(false);
      expect(await store().viewers({ since: NOON, limit: 9 })).toEqual([]);
    });

    it("deletes viewers of the Home earlier, on request", async () => {
      await store().rememberViewer("U1", NOON);
      await store().rememberViewer("U2", minutes(5));
      await roundWith(anAlert());
      await idle("alert-1", { history });
      expect(await store().prune(NOON, minutes(5))).toBe(1);
      expect(await store().viewers({ since: NOON, limit: 9 })).toEqual(["U2"]);
    });

    it("keeps open and owed alerts of any age", async () => {
      await roundWith(anAlert({ id: "open" }));
      await roundWith(anAlert({ id: "over", card: aCard({ name: "crm" }) }));
      await deliver();
      await idle("open", { messages: [aList({ alerts: ["open"] })] });
      await roundWith(anAlert({ id: "over", card: aCard({ name: "crm" }), ...OVER, revision: 2 }));
      expect(await store().prune(minutes(DAY))).toBe(0);
      expect(await store().undelivered()).toHaveLength(2);
      expect(await known("alert", "open")).toBe(true);
      expect(await known("alert", "over")).toBe(true);
      expect(await known("message", "open in C0000000001")).toBe(true);
    });

    it("keeps a group with all its alerts while one is open, and a list while it names one", async () => {
      const named = (name: string, fields: Partial<Alert> = {}): Alert =>
        anAlert({ id: name, card: aCard({ name }), ...fields });
      for (const name of ["a", "b"]) await roundWith(named(name));
      await idle("a", { messages: [aList({ alerts: ["a", "b"] })] });
      await deliver(NOON, allInto("g"));
      await roundWith(named("a", { ...OVER, revision: 2 }));
      await deliver();
      expect(await store().prune(minutes(DAY))).toBe(0);
      await roundWith(named("b", { ...OVER, revision: 2 }));
      await deliver();
      // Both alerts, the group and the list.
      expect(await store().prune(minutes(DAY))).toBe(4);
      expect(await known("message", "g")).toBe(false);
    });
  });
};
