import { describe, expect, it } from "vitest";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { eachAlone, names, only, type StoreSteps } from "./contract-store.ts";
import { aList, anAlert, anOutcome, asItIs, aState, claiming, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const machineNow = (): Date => new Date();

const LATER = { now: minutes(1), roundStartedAt: minutes(1) };

/** The contract for leases: a program keeps its claims while it lives, and others get them soon after its death. */
export const leasesContract = ({ store, open, run, claimDue, roundWith }: StoreSteps): void => {
  describe("the leases of a program", () => {
    /** Another program, which has claimed a watch and two messages: an alert's and a list. */
    const holder = async () => {
      await roundWith(anAlert());
      await store().changeAlerts({ kind: "alert", id: anAlert().id }, (alert) => ({
        ...asItIs(alert),
        messages: [aList()],
      }));
      await store().regroup(eachAlone, NOON);
      const other = await open();
      const { owner } = await other.keepLeases(machineNow);
      const watch = only(await claimDue(LATER, other));
      const messages = await other.claim(claiming());
      expect(messages).toHaveLength(2);
      return { other, owner, watch, messages };
    };
    const silence = async (owner: string): Promise<void> =>
      run(`update lease_owners set seen_at = '2020-01-01T00:00:00.000Z' where id = '${owner}'`);
    const free = async (from: WatchStore = store()) => ({
      watches: names(await claimDue(LATER, from)),
      messages: (await from.claim(claiming())).map(({ message }) => message.kind).toSorted(),
    });

    const ALL = { watches: ["orders"], messages: ["alert", "escalation"] };
    const NONE = { watches: [], messages: [] };

    it("stay its own while it sends heartbeats", async () => {
      const { other, owner } = await holder();
      expect(await other.keepLeases(machineNow)).toMatchObject({ owner, freed: 0 });
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
      expect(await free()).toEqual(NONE);
    });

    it("are free after it sent no heartbeat, long before they end, and are counted once", async () => {
      const { owner } = await holder();
      await silence(owner);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 3 });
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
      expect(await free()).toEqual(ALL);
    });

    it("are free when its last heartbeat is from before the clock was set back", async () => {
      const { owner } = await holder();
      await run(`update lease_owners set seen_at = '2999-01-01T00:00:00.000Z' where id = '${owner}'`);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 3 });
    });

    it("are released when it closes, with its ID", async () => {
      const { other } = await holder();
      await other.close();
      expect(await free()).toEqual(ALL);
      await run("update lease_owners set seen_at = '2020-01-01T00:00:00.000Z'");
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
    });

    it("are lost after a long silence: it has a new ID, and its late saves undo nothing", async () => {
      const { other, owner, watch, messages } = await holder();
      await silence(owner);
      await store().keepLeases(machineNow);
      const mine = only(await claimDue(LATER));
      const again = await other.keepLeases(machineNow);
      expect(again.owner).not.toBe(owner);
      expect(await saveRound(other, watch, anOutcome({ state: aState({ verdict: null }) }))).toBe(false);
      await other.release(messages);
      expect(await saveRound(store(), mine, anOutcome({ state: mine.state, nextDueAt: minutes(15) }))).toBe(true);
      // New claims are its own again.
      expect(await free(other)).toMatchObject({ messages: ALL.messages });
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
    });

    it("of others stay when it dies", async () => {
      const { owner } = await holder();
      await store().keepLeases(machineNow);
      await run("update watches set lease_owner = 'somebody else'");
      await silence(owner);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 2 });
      expect(await free()).toEqual({ ...ALL, watches: [] });
    });
  });
};
