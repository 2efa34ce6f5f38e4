import { describe, expect, it } from "vitest";
import { toColumn } from "../../../src/store/tables/columns.ts";
import { deliverAll } from "../contract/contract-store.ts";
import { aLine, anEntry, aRenewal, aStepLine, minutes, NOON, stepped } from "../contract/states.ts";
import { BEFORE_ONE_OUTBOX, BEFORE_RENEWALS, named, type OldSteps, takeWatch } from "./upgrade.ts";

/** The contract for the upgrade of a database without renewals. */
export const renewalsUpgrade = ({ db, open, takeSteps, addWatch, addAlert, addHistory }: OldSteps): void => {
  describe("without renewals", () => {
    const older = anEntry({ at: minutes(-2), reason: "first" });
    const newer = anEntry({ at: minutes(-1) });

    /** A database of step 0005 with a watch, a posted alert that owes an edit, a new alert and history. */
    const fill = async (): Promise<void> => {
      await takeSteps(BEFORE_ONE_OUTBOX);
      await addWatch("orders", "d");
      await addWatch("crm", "d");
      const ref = { channel: "C0000000001", ts: "1700000000.000100" };
      await addAlert(named("orders", { revision: 2 }), { ...ref, delivered_revision: 1, replied_revision: 1 });
      await addAlert(named("crm"));
      await addHistory(older, 1);
      await addHistory(newer, 2);
      await takeSteps(BEFORE_RENEWALS);
    };

    it("keeps watches, alerts, their messages and what they owe", async () => {
      await fill();
      const store = await open();
      expect((await store.list()).map(({ name, state }) => [name, state.alert?.id])).toEqual([
        ["crm", "crm"],
        ["orders", "orders"],
      ]);
      const told = await deliverAll(store, minutes(1));
      const calls = told.map(({ claim, call }) => `${call.kind} ${claim.alerts[0]?.alert.id}`);
      expect(calls.toSorted()).toEqual(["edit orders", "post crm"]);
      expect((await takeWatch(store, "orders")).state.alert?.id).toBe("orders");
    });

    it("keeps the history, which the audit shows too", async () => {
      await fill();
      const store = await open();
      expect(await store.history({ limit: 9 })).toEqual([newer, older]);
      await store.record([aLine({ at: NOON })]);
      expect(await store.audit({ watch: "orders", limit: 9 })).toEqual([
        aLine({ at: NOON }),
        { kind: "alert", entry: newer },
        { kind: "alert", entry: older },
      ]);
      expect(await store.history({ watch: "orders", limit: 9 })).toEqual([newer, older]);
    });

    it("keeps the claims of its program until their lease ends", async () => {
      await fill();
      const held = { lease: "old", lease_owner: "old", lease_until: toColumn(minutes(61)), claimed_at: toColumn(NOON) };
      await db().updateTable("watches").set(held).execute();
      await db()
        .insertInto("lease_owners")
        .values({ id: "old", seen_at: toColumn(new Date()) })
        .execute();
      const store = await open();
      const due = { names: ["orders"], leaseMs: 1, limit: 1, which: "due", roundStartedAt: minutes(60) } as const;
      expect(await store.claimDue({ ...due, now: minutes(60) })).toEqual([]);
      expect((await takeWatch(store, "orders", minutes(61))).watch).toBe("orders");
    });

    it("has no renewal, and starts and delivers the first one", async () => {
      await fill();
      const store = await open();
      await deliverAll(store, NOON);
      expect(await store.renewals()).toEqual([]);
      expect(await store.startRenewal(aRenewal(), [aLine()])).toBeNull();
      expect(await store.startRenewal(aRenewal({ id: "renewal-2" }), [])).toEqual({ open: aRenewal() });
      expect(await store.saveRenewal(stepped(aRenewal()), [aStepLine()])).toBe(true);
      const told = await deliverAll(store, minutes(2));
      expect(told.map(({ claim, call }) => `${call.kind} ${claim.message.kind}`)).toEqual([
        "post renewal",
        "reply renewal",
      ]);
    });
  });
};
