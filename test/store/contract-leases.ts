import { describe, expect, it } from "vitest";
import type { WatchStore } from "../../src/watch/ports.ts";
import { ids, names, only, type StoreSteps } from "./contract-store.ts";
import { aNote, anAlert, anOutcome, asItIs, aState, claiming, minutes, NOON } from "./states.ts";

const machineNow = (): Date => new Date();

const LATER = { now: minutes(1), roundStartedAt: minutes(1) };

/** What one program holds is its own while it lives, and anybody's soon after its death. */
export const leasesContract = ({ store, open, run, claimDue, claimUndelivered, roundWith }: StoreSteps): void => {
  describe("the leases of a program", () => {
    /** Another program, which has taken a watch, an alert and a note. */
    const holder = async () => {
      await roundWith(anAlert());
      await store().changeAlert(anAlert().id, (alert) => ({ ...asItIs(alert), notes: [aNote()] }));
      const other = await open();
      const { owner } = await other.keepLeases(machineNow);
      const watch = only(await claimDue(LATER, other));
      const alert = only(await claimUndelivered(NOON, other));
      const note = only(await other.claimNotes(claiming()));
      return { other, owner, watch, alert, note };
    };
    const silence = async (owner: string): Promise<void> =>
      run(`update lease_owners set seen_at = '2020-01-01T00:00:00.000Z' where id = '${owner}'`);
    const free = async (from: WatchStore = store()) => ({
      watches: names(await claimDue(LATER, from)),
      alerts: ids(await claimUndelivered(NOON, from)),
      notes: (await from.claimNotes(claiming())).map(({ note }) => note.id),
    });

    const ALL = { watches: ["orders"], alerts: [anAlert().id], notes: [aNote().id] };
    const NONE = { watches: [], alerts: [], notes: [] };

    it("stay its own while it says that it lives", async () => {
      const { other, owner } = await holder();
      expect(await other.keepLeases(machineNow)).toMatchObject({ owner, freed: 0 });
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
      expect(await free()).toEqual(NONE);
    });

    it("are free when it was silent, long before they end, and are counted once", async () => {
      const { owner } = await holder();
      await silence(owner);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 3 });
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
      expect(await free()).toEqual(ALL);
    });

    it("are free when its last word is of a clock that was set back since", async () => {
      const { owner } = await holder();
      await run(`update lease_owners set seen_at = '2999-01-01T00:00:00.000Z' where id = '${owner}'`);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 3 });
    });

    it("are given back when it closes, with its name", async () => {
      const { other } = await holder();
      await other.close();
      expect(await free()).toEqual(ALL);
      await run("update lease_owners set seen_at = '2020-01-01T00:00:00.000Z'");
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 0 });
    });

    it("that came back from silence are lost: it has a new name, and its late saves undo nothing", async () => {
      const { other, owner, watch, alert } = await holder();
      await silence(owner);
      await store().keepLeases(machineNow);
      const mine = only(await claimDue(LATER));
      const again = await other.keepLeases(machineNow);
      expect(again.owner).not.toBe(owner);
      expect(await other.saveRound(watch, anOutcome({ state: aState({ verdict: null }) }))).toBe(false);
      await other.releaseDelivery(alert);
      expect(await store().saveRound(mine, anOutcome({ state: mine.state, nextDueAt: minutes(15) }))).toBe(true);
      // What it takes now is its own again.
      expect(await free(other)).toMatchObject({ alerts: ALL.alerts });
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
