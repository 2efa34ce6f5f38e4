import { describe, expect, it } from "vitest";
import { respond } from "../../../src/alert/respond.ts";
import { only, owed, type StoreSteps } from "./contract-store.ts";
import { aList, anAlert, anOutcome, asItIs, aState, changed, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const ANN = "U0000000001";
const BEN = "U0000000002";
const ALERT = { kind: "alert", id: "alert-1" } as const;

/** The contract for people's answers to one alert. */
export const answersContract = ({ store, open, claimDue, claim, deliver, roundWith, stateOf }: StoreSteps): void => {
  describe("answers of people", () => {
    const acknowledgeBy = (by: string, from = store()) =>
      from.changeAlerts(ALERT, (alert) => respond(alert, by, { kind: "acknowledge" }, NOON));

    it("are saved, and owed to Slack like any change", async () => {
      await roundWith(anAlert());
      await deliver();
      const before = await store().findAlerts(ALERT);
      const answer = await acknowledgeBy(ANN);
      const alert = only(answer?.changed ?? []);
      expect(alert).toMatchObject({ revision: 2, acknowledged: { by: ANN, at: NOON } });
      expect(answer).toEqual({ message: before?.message, alerts: [alert], changed: [alert] });
      const again = await open();
      expect(only(await again.list()).state.alert).toEqual(alert);
      const taken = only(await claim());
      expect(owed(taken)).toEqual(["acknowledged", "content"]);
      expect(taken.owed).toMatchObject([{ priority: 0, reply: { reason: "acknowledged", by: ANN } }, { priority: 0 }]);
    });

    it("find their alert before it has a message, in its message, and after its end", async () => {
      await roundWith(anAlert());
      expect(await store().findAlerts(ALERT)).toEqual({ message: null, alerts: [anAlert()] });
      const post = only(await deliver());
      const ref = { channel: "C0000000001", ts: "1700000000.alert-1 in C0000000001" };
      const message = { id: post.claim.message.id, kind: "alert", ref };
      expect(await store().findAlerts(ALERT)).toMatchObject({ message, alerts: [{ id: "alert-1", acceptedAt: NOON }] });
      await store().changeAlerts(ALERT, (alert) => changed(alert, { resolvedAt: NOON, resolution: "recovered" }));
      expect(await store().findAlerts(ALERT)).toMatchObject({ message, alerts: [{ resolvedAt: NOON }] });
      expect(await store().findAlerts({ kind: "alert", id: "gone" })).toBeUndefined();
    });

    it("a snooze keeps its end and its reason", async () => {
      await roundWith(anAlert());
      const asked = { until: minutes(60), reason: "rotation <at> noon" };
      await store().changeAlerts(ALERT, (alert) => respond(alert, ANN, { kind: "snooze", ...asked }, NOON));
      expect((await stateOf("orders"))?.alert?.snoozed).toEqual({ ...asked, by: ANN, at: NOON });
    });

    it("of two at the same time, the second sees the result of the first", async () => {
      await roundWith(anAlert());
      const other = await open();
      const both = await Promise.all([acknowledgeBy(ANN), acknowledgeBy(BEN, other)]);
      const [first, second] = both.map((answer) => answer?.alerts[0]?.acknowledged?.by);
      expect(first).toBe(second);
      expect(new Set(both.map((answer) => answer?.changed.length))).toEqual(new Set([0, 1]));
      expect((await stateOf("orders"))?.alert).toMatchObject({ revision: 2, acknowledged: { by: first } });
    });

    it("that change nothing keep the alert unchanged; a missing alert is reported", async () => {
      await roundWith(anAlert());
      const answer = await store().changeAlerts(ALERT, () => undefined);
      expect(answer).toEqual({ message: null, alerts: [anAlert()], changed: [] });
      expect(await store().changeAlerts({ kind: "alert", id: "gone" }, asItIs)).toBeUndefined();
    });

    it("are not overwritten by a round that began earlier: the watch is checked again", async () => {
      await roundWith(anAlert());
      const late = { now: minutes(5), roundStartedAt: minutes(5) };
      const taken = only(await claimDue(late));
      await acknowledgeBy(ANN);
      const state = aState({ alert: anAlert({ revision: 2 }) });
      const outcome = anOutcome({ state, checkedAt: minutes(5), nextDueAt: minutes(20), messages: [aList()] });
      expect(await saveRound(store(), taken, outcome)).toBe(false);
      expect((await stateOf("orders"))?.alert).toMatchObject({ acknowledged: { by: ANN }, revision: 2 });
      expect((await store().undelivered()).map(({ kind }) => kind)).toEqual(["alert"]);
      expect(only(await claimDue(late)).state.alert?.acknowledged).toEqual({ by: ANN, at: NOON });
    });
  });
};
