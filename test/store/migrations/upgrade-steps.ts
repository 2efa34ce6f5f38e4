import { describe, expect, it } from "vitest";
import { toColumn } from "../../../src/store/tables/columns.ts";
import { allInto, deliverAll, eachAlone, shown } from "../contract/contract-store.ts";
import { aList, anOutcome, asItIs, aState, minutes, NOON } from "../contract/states.ts";
import { anOldReply, named, type OldSteps, takeWatch } from "./upgrade.ts";
import { saveRound } from "../../support/save-round.ts";

/** The contract for rows of every released step. */
export const stepsUpgrade = ({ db, open, takeSteps, addWatch, addAlert }: OldSteps): void => {
  describe("of any step", () => {
    it("keeps its watches, which are due at once", async () => {
      await takeSteps(1);
      await addWatch("orders");
      const store = await open();
      expect(await store.list()).toMatchObject([{ name: "orders", state: aState(), nextDueAt: minutes(60) }]);
      await store.sync([{ name: "orders", definition: "d" }], minutes(1));
      expect(await store.list()).toMatchObject([{ name: "orders", state: aState(), nextDueAt: minutes(1) }]);
    });

    it("counts its watches by the state of their last answer", async () => {
      await takeSteps(2);
      await addWatch("orders", "d");
      await addWatch("crm", "d");
      await db().updateTable("watches").set({ verdict: null, failing: null }).where("name", "=", "crm").execute();
      await addAlert(named("orders"));
      const store = await open();
      expect(await store.tally()).toEqual({
        total: 2,
        attention: 1,
        waiting: 1,
        open: 1,
        states: new Map([
          ["degraded", 1],
          ["unknown", 1],
        ]),
      });
      const { records } = await store.worst({ which: "attention", limit: 2 });
      expect(records.map(({ name }) => name)).toEqual(["orders"]);
    });

    it("owes the same rows, in the new order: people's actions, critical alerts, the rest", async () => {
      await takeSteps(2);
      await addAlert(named("mild", { severity: "warning", openedAt: minutes(-3) }));
      await addAlert(named("bad", { openedAt: minutes(-2) }), { last_error: "is_archived", retry_at: toColumn(NOON) });
      await addAlert(named("seen", { severity: "warning", openedAt: minutes(-1) }), {}, [anOldReply(1, { by: "U1" })]);
      await addAlert(named("told", { resolvedAt: NOON }), { delivered_revision: 1, channel: "C1", ts: "1.1" });
      const store = await open();
      const waiting = { kind: "alert", channel: "C0000000001", error: null } as const;
      expect(await store.undelivered()).toEqual([
        { watch: "mild", ...waiting, urgent: false },
        { watch: "bad", ...waiting, urgent: true },
        { watch: "seen", ...waiting, urgent: false },
      ]);
      const told = await deliverAll(store, minutes(1));
      expect(told.map(({ claim, call }) => [call.kind, claim.alerts[0]?.alert.id])).toEqual([
        ["post", "seen"],
        ["post", "bad"],
        ["post", "mild"],
      ]);
    });

    it("has alerts that may share a message after the next round", async () => {
      await takeSteps(2);
      await addWatch("orders", "d");
      await addAlert(named("orders"));
      const store = await open();
      const offered = async (): Promise<readonly unknown[]> => {
        const seen: unknown[] = [];
        await store.regroup(({ alerts }) => {
          seen.push(...alerts.map(({ cause }) => cause));
          return { places: [], merges: [], reminders: [] };
        }, NOON);
        return seen;
      };
      expect(await offered()).toEqual([null]);
      const taken = await takeWatch(store, "orders");
      expect(await saveRound(store, taken, anOutcome({ state: taken.state }))).toBe(true);
      expect(await offered()).toEqual(["scope_missing app 100000000000042"]);
      expect(await store.regroup(allInto("g"), NOON)).toBe(1);
    });

    it("saves new data like a new store", async () => {
      await takeSteps(2);
      await addAlert(named("orders"));
      const store = await open();
      const messages = [aList({ alerts: ["orders"] })];
      await store.changeAlerts({ kind: "alert", id: "orders" }, (alert) => ({ ...asItIs(alert), messages }));
      await store.regroup(eachAlone, NOON);
      expect((await store.undelivered()).map(({ kind }) => kind).toSorted()).toEqual(["alert", "escalation"]);
    });

    it("without lease owners releases claims when their lease ends, and then to an owner", async () => {
      await takeSteps(3);
      await addWatch("orders", "d");
      const held = { lease: "old", lease_until: toColumn(minutes(61)), claimed_at: toColumn(minutes(59)) };
      await db().updateTable("watches").set(held).execute();
      const store = await open();
      expect((await takeWatch(store, "orders", minutes(61))).watch).toBe("orders");
      const { owner } = await store.keepLeases(() => new Date());
      expect(await db().selectFrom("watches").select("lease_owner").execute()).toEqual([{ lease_owner: owner }]);
      await store.close();
      expect(await db().selectFrom("watches").select("lease_owner").execute()).toEqual([{ lease_owner: null }]);
    });

    it("starts despite damaged rows, skips them and reports them", async () => {
      await takeSteps(2);
      await addAlert(named("spoiled"), { body: "{" });
      await addAlert(named("orders"), { replies: `[{"by":7}]` });
      await addAlert(named("fine"));
      const store = await open();
      expect(await store.undelivered()).toHaveLength(3);
      const told = await deliverAll(store, NOON);
      expect(told.flatMap(({ claim }) => shown(claim)).toSorted()).toEqual(["fine", "orders"]);
      expect((await store.undelivered()).map(({ watch }) => watch)).toEqual(["spoiled"]);
      expect((await store.troubles(20)).unreadable).toHaveLength(1);
    });
  });
};
