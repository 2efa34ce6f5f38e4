import { describe, expect, it } from "vitest";
import { acknowledge, snooze } from "../../src/watch/respond.ts";
import { NO_ESCALATION } from "../support/builders.ts";
import { only, type StoreSteps } from "./contract-store.ts";
import { anAlert, anOutcome, aReply, asItIs, aState, minutes, NOON } from "./states.ts";

const ANN = "U0000000001";
const BEN = "U0000000002";

/** What people's answers to alerts rely on. */
export const answersContract = ({ store, open, claimDue, claimUndelivered, roundWith, stateOf }: StoreSteps): void => {
  describe("answers of people", () => {
    const acknowledgeBy = (by: string, from = store()) =>
      from.changeAlert("alert-1", (alert) => acknowledge(alert, by, NOON, NO_ESCALATION));

    it("are kept, and owed to Slack like any change", async () => {
      await roundWith(anAlert());
      const changed = await acknowledgeBy(ANN);
      expect(changed).toMatchObject({ revision: 2, acknowledged: { by: ANN, at: NOON } });
      const again = await open();
      expect(only(await again.list()).state.alert).toEqual(changed);
      expect(only(await claimUndelivered()).alert.replies).toMatchObject([{ reason: "acknowledged", by: ANN }]);
    });

    it("a snooze keeps its end and its reason", async () => {
      await roundWith(anAlert());
      const asked = { by: ANN, until: minutes(60), reason: "rotation <at> noon" };
      await store().changeAlert("alert-1", (alert) => snooze(alert, asked, NOON, NO_ESCALATION));
      expect((await stateOf("orders"))?.alert?.snoozed).toEqual({ ...asked, at: NOON });
    });

    it("of two at the same time the second sees what the first one did", async () => {
      await roundWith(anAlert());
      const other = await open();
      const both = await Promise.all([acknowledgeBy(ANN), acknowledgeBy(BEN, other)]);
      const [first, second] = both.map((alert) => alert?.acknowledged?.by);
      expect(first).toBe(second);
      expect((await stateOf("orders"))?.alert).toMatchObject({ revision: 2, acknowledged: { by: first } });
    });

    it("that change nothing leave the alert as it is; one that is gone is told", async () => {
      await roundWith(anAlert());
      expect(await store().changeAlert("alert-1", () => undefined)).toEqual(anAlert());
      expect(await store().changeAlert("gone", asItIs)).toBeUndefined();
    });

    it("are not overwritten by a round that began before: the watch is looked at again", async () => {
      await roundWith(anAlert());
      const late = { now: minutes(5), roundStartedAt: minutes(5) };
      const claim = only(await claimDue(late));
      await acknowledgeBy(ANN);
      const alert = anAlert({ revision: 2, replies: [aReply(2)] });
      const outcome = anOutcome({ state: aState({ alert }), checkedAt: minutes(5), nextDueAt: minutes(20) });
      expect(await store().saveRound(claim, outcome)).toBe(false);
      expect((await stateOf("orders"))?.alert).toMatchObject({ acknowledged: { by: ANN }, revision: 2 });
      expect(only(await claimDue(late)).state.alert?.acknowledged).toEqual({ by: ANN, at: NOON });
    });
  });
};
