import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { respond } from "../../../src/alert/respond.ts";
import type { Claim, RoundResult } from "../../../src/watch/ports.ts";
import { saveRound } from "../../support/save-round.ts";
import { allInto, LEASE_MS, names, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import { aCard, aList, anAlert, anEntry, anOutcome, aState, changed, minutes, NOON } from "./states.ts";

const LATER = minutes(30);

/** The contract for the results of many inspections in one transaction. */
export const batchesContract = ({ store, open, claimDue, claim, deliver, roundWith, stateOf }: StoreSteps): void => {
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name }), ...fields });
  const watched = async (...watches: readonly string[]): Promise<void> =>
    store().sync(
      watches.map((name) => ({ name, definition: "d" })),
      NOON,
    );
  const claimAll = async (): Promise<readonly Claim[]> =>
    claimDue({ which: "all", now: LATER, roundStartedAt: LATER, limit: 300 });
  /** The alert of the watch is new, or a worse one. */
  const worse = (one: Claim): RoundResult => {
    const alert = named(one.watch, { revision: (one.state.alert?.revision ?? 0) + 1 });
    const history = [anEntry({ watch: one.watch })];
    const times = { checkedAt: LATER, nextDueAt: minutes(45) };
    return { claim: one, outcome: anOutcome({ state: aState({ alert }), history, ...times }) };
  };
  const revisionOf = async (watch: string) => (await stateOf(watch))?.alert?.revision ?? 0;

  describe("saving the results of many inspections", () => {
    it("saves each with all its consequences", async () => {
      const watches = Array.from({ length: 120 }, (_, index) => `watch-${100 + index}`);
      await watched(...watches);
      expect(await store().saveRounds((await claimAll()).map(worse))).toEqual(watches.map(() => true));
      const records = await store().list();
      expect(records.every(({ state, checkedAt }) => state.alert !== null && Number(checkedAt) === Number(LATER))).toBe(
        true,
      );
      expect((await store().history({ limit: 300 })).map(({ watch }) => watch).toSorted()).toEqual(watches);
      expect(await store().undelivered()).toHaveLength(120);
      expect(await claimDue({ now: LATER, roundStartedAt: minutes(31) })).toEqual([]);
    });

    it("saves nothing for an empty batch", async () => {
      expect(await store().saveRounds([])).toEqual([]);
    });

    it("refuses those with a lost lease, with an answered alert or without a watch, and saves the others", async () => {
      await watched("gone", "lost", "well");
      await roundWith(named("answered"));
      const [answered, gone, lost, well, ...others] = await claimAll();
      if (answered === undefined || gone === undefined || lost === undefined || well === undefined)
        throw new Error("four watches");
      expect(names([answered, gone, lost, well])).toEqual(["answered", "gone", "lost", "well"]);
      expect(others).toEqual([]);
      await store().changeAlerts({ kind: "alert", id: "answered" }, (alert) =>
        respond(alert, "U0000000001", { kind: "acknowledge" }, LATER),
      );
      const afterLease = new Date(LATER.getTime() + LEASE_MS);
      const taken = only(
        await claimDue({ names: ["lost"], now: afterLease, roundStartedAt: afterLease }, await open()),
      );
      await store().sync(
        ["answered", "lost", "well"].map((name) => ({ name, definition: "d" })),
        NOON,
        { resolveRemoved: changed },
      );
      expect(await store().saveRounds([answered, gone, lost, well].map(worse))).toEqual([false, false, false, true]);
      expect((await stateOf("answered"))?.alert).toMatchObject({ acknowledged: { by: "U0000000001" }, revision: 2 });
      expect((await stateOf("lost"))?.alert).toBeNull();
      expect(await stateOf("gone")).toBeUndefined();
      expect(await revisionOf("well")).toBe(1);
      // The answered watch is free again at once. The other program still holds the lost one.
      expect(names(await claimAll())).toEqual(["answered"]);
      expect(await store().saveRounds([worse(taken)])).toEqual([true]);
    });

    it("saves all or nothing", async () => {
      await watched("a", "b");
      await roundWith(named("twice"));
      const claims = await claimAll();
      const results = claims.map((one): RoundResult => {
        const second = aState({ alert: anAlert({ id: "second", card: aCard({ name: "twice" }) }) });
        return one.watch === "twice" ? { claim: one, outcome: anOutcome({ state: second }) } : worse(one);
      });
      await expect(store().saveRounds(results)).rejects.toThrow(/unique/i);
      expect((await stateOf("a"))?.alert).toBeNull();
      const good = results.filter((one) => one.claim.watch !== "twice");
      expect(await store().saveRounds(good)).toEqual([true, true]);
    });

    it("an escalation also changes an alert that the same batch saves, or that result is refused", async () => {
      for (const name of ["a", "b", "c"]) await roundWith(named(name));
      await deliver(NOON, allInto("g"));
      const escalate = (member: Alert) =>
        member.escalatedAt === null ? changed(member, { escalatedAt: NOON }) : undefined;
      const results = (await claimAll()).map((one): RoundResult => {
        const result = worse(one);
        if (one.watch === "a") return result;
        const messages = [aList({ id: `list-${one.watch}`, alerts: [one.watch] })];
        return { claim: one, outcome: { ...result.outcome, messages, members: escalate } };
      });
      expect(await store().saveRounds(results)).toEqual([true, true, false]);
      expect((await stateOf("a"))?.alert).toMatchObject({ escalatedAt: NOON, revision: 3 });
      expect((await stateOf("b"))?.alert).toMatchObject({ escalatedAt: null, revision: 2 });
      expect((await stateOf("c"))?.alert).toMatchObject({ escalatedAt: NOON, revision: 2 });
      expect(names(await claimAll())).toEqual(["c"]);
      const lists = (await claim()).filter(({ message }) => message.kind === "escalation");
      expect(shown(only(lists))).toEqual(["a", "b", "c"]);
      expect(owed(only(lists))).toEqual(["joined", "joined", "joined"]);
    });
  });

  describe("claims without a result", () => {
    it("are released, and the watches stay due; a lost claim does not change", async () => {
      await watched("kept", "lost", "released");
      const claims = await claimDue();
      const [kept, lost, released] = claims;
      if (kept === undefined || lost === undefined || released === undefined) throw new Error("three watches");
      const afterLease = new Date(NOON.getTime() + LEASE_MS);
      const other = await open();
      const due = { names: ["lost"], now: afterLease, roundStartedAt: afterLease };
      const taken = only(await claimDue(due, other));
      await store().releaseWatches([lost, released]);
      expect(names(await claimDue())).toEqual(["released"]);
      expect(await claimDue(due, other)).toEqual([]);
      expect(await saveRound(other, taken, anOutcome({ state: taken.state }))).toBe(true);
      expect(await saveRound(store(), kept, anOutcome({ state: kept.state }))).toBe(true);
      await store().releaseWatches([]);
    });
  });
};
