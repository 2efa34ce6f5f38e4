import { describe, expect, it } from "vitest";
import { ids, names, only, type StoreSteps } from "./contract-store.ts";
import { aNote, anAlert, anOutcome, asItIs, aState, claiming, minutes, NOON } from "./states.ts";

const DAY = 24 * 60;

/** What a clock that is set back or forward must not do. */
export const clockContract = ({ store, claimDue, claimUndelivered, roundWith }: StoreSteps): void => {
  describe("a clock that was set back a day", () => {
    const TOMORROW = minutes(DAY);
    const due = async (now: Date) => names(await claimDue({ now, roundStartedAt: now }));

    it("a watch that was never checked is due", async () => {
      await store().sync([{ name: "orders", definition: "d" }], TOMORROW);
      expect(await due(NOON)).toEqual(["orders"]);
    });

    it("a watch that was checked in what is now the future is due at once, and from then on as usual", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const state = aState();
      const ahead = only(await claimDue({ now: TOMORROW, roundStartedAt: TOMORROW }));
      await store().saveRound(ahead, anOutcome({ state, checkedAt: TOMORROW, nextDueAt: minutes(DAY + 15) }));
      const claim = only(await claimDue({ now: minutes(1), roundStartedAt: minutes(1) }));
      await store().saveRound(claim, anOutcome({ state, checkedAt: minutes(1), nextDueAt: minutes(16) }));
      expect(await due(minutes(15))).toEqual([]);
      expect(await due(minutes(16))).toEqual(["orders"]);
    });

    it("a watch that was checked a moment ahead of this machine's clock is not due again", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const claim = only(await claimDue());
      await store().saveRound(claim, anOutcome({ state: aState(), checkedAt: minutes(1), nextDueAt: minutes(16) }));
      expect(await due(NOON)).toEqual([]);
    });

    it("what was taken by the clock as it was is free; what was taken a moment ahead is not", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      await claimDue({ now: TOMORROW, roundStartedAt: TOMORROW });
      expect(await due(NOON)).toEqual(["orders"]);
      expect(await due(minutes(-1))).toEqual([]);
      await roundWith(anAlert());
      await store().changeAlert("alert-1", (alert) => ({ ...asItIs(alert), notes: [aNote()] }));
      expect(await claimUndelivered(TOMORROW)).toHaveLength(1);
      expect(await store().claimNotes(claiming({ now: TOMORROW }))).toHaveLength(1);
      expect(ids(await claimUndelivered(NOON))).toEqual(["alert-1"]);
      expect(await store().claimNotes(claiming())).toHaveLength(1);
      expect(await claimUndelivered(minutes(-1))).toEqual([]);
    });

    it("a delivery that failed by the clock as it was is tried again, and then waits its time", async () => {
      await roundWith(anAlert());
      const ahead = only(await claimUndelivered(TOMORROW));
      await store().saveDeliveryFailure(ahead, { error: "timeout", retryAt: minutes(DAY + 60) });
      const claim = only(await claimUndelivered(NOON));
      // Slack may ask for any time, and gets it.
      await store().saveDeliveryFailure(claim, { error: "rate_limited", retryAt: minutes(180) });
      expect(await claimUndelivered(minutes(179))).toEqual([]);
      expect(await claimUndelivered(minutes(180))).toHaveLength(1);
    });
  });
};
