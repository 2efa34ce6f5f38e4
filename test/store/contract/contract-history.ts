import { describe, expect, it } from "vitest";
import { only, type StoreSteps } from "./contract-store.ts";
import { aList, anAbsence, anAlert, anEntry, anOutcome, asItIs, aState, claiming, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const ALERT = { kind: "alert", id: "alert-1" } as const;

/** A cause as older versions stored it. */
const text = (sentence: string) => ({ kind: "text", text: sentence }) as const;

/** The contract for the history. */
export const historyContract = ({ store, open, claimDue, claim, roundWith }: StoreSteps): void => {
  describe("the history", () => {
    const newest = async (watch?: string, limit = 20) =>
      store().history({ ...(watch !== undefined && { watch }), limit });

    it("is saved together with its round and the messages", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const taken = only(await claimDue());
      const history = [anEntry({ reason: "first", by: null, remark: null, until: null, alert: null }), anEntry()];
      const messages = [anAbsence()];
      expect(await saveRound(store(), taken, anOutcome({ state: aState(), history, messages }))).toBe(true);
      expect(await newest()).toEqual(history.toReversed());
      const { id, kind, routes, body } = anAbsence();
      const given = { id, kind, routes, subject: null, ref: null, createdAt: NOON, spokeAt: null, failures: 0 };
      expect(only(await store().claim(claiming()))).toMatchObject({
        message: given,
        body,
        alerts: [],
        owed: [{ id: `${id}/joined`, alert: null, revision: 0, what: "joined", priority: 2 }],
      });
    });

    it("a refused round saves no history and no message", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const slow = only(await claimDue());
      await claimDue({ now: minutes(1) });
      const left = { history: [anEntry()], messages: [aList()] };
      expect(await saveRound(store(), slow, anOutcome({ state: aState({ alert: anAlert() }), ...left }))).toBe(false);
      expect(await newest()).toEqual([]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("is saved with a person's action, and not when the action changes nothing", async () => {
      await roundWith(anAlert());
      await store().changeAlerts(ALERT, () => undefined);
      expect(await newest()).toEqual([]);
      const other = await open();
      await other.changeAlerts(ALERT, (alert) => ({ ...asItIs(alert), history: [anEntry()], messages: [aList()] }));
      expect(await newest("orders")).toEqual([anEntry()]);
      const claims = await claim();
      expect(claims.map(({ message }) => message.kind).toSorted()).toEqual(["alert", "escalation"]);
    });

    it("gives the newest entries of one watch or of all, in order, up to the limit", async () => {
      await roundWith(anAlert());
      const add = async (watch: string, cause: string, at: Date): Promise<void> => {
        const history = [
          anEntry({ watch, cause: text(cause), at }),
          anEntry({ watch, cause: text(`${cause} too`), at }),
        ];
        await store().changeAlerts(ALERT, (alert) => ({ ...asItIs(alert), history }));
      };
      await add("orders", "a", minutes(1));
      await add("crm", "b", minutes(2));
      await add("orders", "c", minutes(3));
      const causes = async (watch?: string, limit?: number) =>
        (await newest(watch, limit)).map(({ cause }) => (cause?.kind === "text" ? cause.text : cause));
      expect(await causes()).toEqual(["c too", "c", "b too", "b", "a too", "a"]);
      expect(await causes("orders")).toEqual(["c too", "c", "a too", "a"]);
      expect(await causes("orders", 1)).toEqual(["c too"]);
      expect(await causes("nowhere")).toEqual([]);
      // Although a clock was set back, the latest entry of one watch comes first.
      await add("orders", "d", minutes(-1_440));
      expect(await causes("orders", 3)).toEqual(["d too", "d", "c too"]);
    });
  });
};
