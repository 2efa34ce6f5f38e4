import { describe, expect, it } from "vitest";
import { only, type StoreSteps } from "./contract-store.ts";
import { aNote, anAlert, anEntry, anOutcome, asItIs, aState, claiming, minutes, NOON } from "./states.ts";

/** What the history relies on. */
export const historyContract = ({ store, open, claimDue, roundWith }: StoreSteps): void => {
  describe("the history", () => {
    const newest = async (watch?: string, limit = 20) =>
      store().history({ ...(watch !== undefined && { watch }), limit });

    it("is saved with the round that it tells of, and with it the notes", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const claim = only(await claimDue());
      const history = [anEntry({ reason: "first", by: null, remark: null, until: null, alert: null }), anEntry()];
      const note = aNote();
      expect(await store().saveRound(claim, anOutcome({ state: aState(), history, notes: [note] }))).toBe(true);
      expect(await newest()).toEqual(history.toReversed());
      expect(only(await store().claimNotes(claiming())).note).toEqual(note);
    });

    it("a round that is refused leaves none, and no note", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const slow = only(await claimDue());
      await claimDue({ now: minutes(1) });
      const left = { history: [anEntry()], notes: [aNote()] };
      expect(await store().saveRound(slow, anOutcome({ state: aState({ alert: anAlert() }), ...left }))).toBe(false);
      expect(await newest()).toEqual([]);
      expect(await store().claimNotes(claiming())).toEqual([]);
    });

    it("is saved with a person's answer, and not when the answer changes nothing", async () => {
      await roundWith(anAlert());
      await store().changeAlert("alert-1", () => undefined);
      expect(await newest()).toEqual([]);
      const other = await open();
      await other.changeAlert("alert-1", (alert) => ({ ...asItIs(alert), history: [anEntry()], notes: [aNote()] }));
      expect(await newest("orders")).toEqual([anEntry()]);
      expect(await store().claimNotes(claiming())).toHaveLength(1);
    });

    it("gives the newest of one watch or of all, in the order in which they happened, up to the limit", async () => {
      await roundWith(anAlert());
      const add = async (watch: string, cause: string, at: Date): Promise<void> => {
        const history = [anEntry({ watch, cause, at }), anEntry({ watch, cause: `${cause} too`, at })];
        await store().changeAlert("alert-1", (alert) => ({ ...asItIs(alert), history }));
      };
      await add("orders", "a", minutes(1));
      await add("crm", "b", minutes(2));
      await add("orders", "c", minutes(3));
      const causes = async (watch?: string, limit?: number) => (await newest(watch, limit)).map(({ cause }) => cause);
      expect(await causes()).toEqual(["c too", "c", "b too", "b", "a too", "a"]);
      expect(await causes("orders")).toEqual(["c too", "c", "a too", "a"]);
      expect(await causes("orders", 1)).toEqual(["c too"]);
      expect(await causes("nowhere")).toEqual([]);
      // A clock that was set back: of one watch the last to happen is still the newest.
      await add("orders", "d", minutes(-1_440));
      expect(await causes("orders", 3)).toEqual(["d too", "d", "c too"]);
    });
  });
};
