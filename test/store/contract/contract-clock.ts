import { describe, expect, it } from "vitest";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { names, only, type StoreSteps } from "./contract-store.ts";
import { aList, anAlert, anOutcome, asItIs, aState, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const DAY = 24 * 60;

/** The contract for clocks that are set back or forward. */
export const clockContract = ({ store, claimDue, claim, deliver, roundWith }: StoreSteps): void => {
  describe("a clock that was set back a day", () => {
    const TOMORROW = minutes(DAY);
    const due = async (now: Date) => names(await claimDue({ now, roundStartedAt: now }));

    it("a watch that was never checked is due", async () => {
      await store().sync([{ name: "orders", definition: "d" }], TOMORROW);
      expect(await due(NOON)).toEqual(["orders"]);
    });

    it("a watch with a last check in the future is due at once, and later as usual", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const state = aState();
      const ahead = only(await claimDue({ now: TOMORROW, roundStartedAt: TOMORROW }));
      await saveRound(store(), ahead, anOutcome({ state, checkedAt: TOMORROW, nextDueAt: minutes(DAY + 15) }));
      const taken = only(await claimDue({ now: minutes(1), roundStartedAt: minutes(1) }));
      await saveRound(store(), taken, anOutcome({ state, checkedAt: minutes(1), nextDueAt: minutes(16) }));
      expect(await due(minutes(15))).toEqual([]);
      expect(await due(minutes(16))).toEqual(["orders"]);
    });

    it("a watch that was checked a moment ahead of this machine's clock is not due again", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      const taken = only(await claimDue());
      await saveRound(store(), taken, anOutcome({ state: aState(), checkedAt: minutes(1), nextDueAt: minutes(16) }));
      expect(await due(NOON)).toEqual([]);
    });

    it("a claim from before the clock change is free; a claim from slightly ahead is not", async () => {
      await store().sync([{ name: "orders", definition: "d" }], NOON);
      await claimDue({ now: TOMORROW, roundStartedAt: TOMORROW });
      expect(await due(NOON)).toEqual(["orders"]);
      expect(await due(minutes(-1))).toEqual([]);
      await roundWith(anAlert());
      await store().changeAlerts({ kind: "alert", id: "alert-1" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList()],
      }));
      const kinds = (claims: readonly MessageClaim[]) => claims.map(({ message }) => message.kind).toSorted();
      const both = ["alert", "escalation"];
      expect(kinds(await claim({ now: TOMORROW }))).toEqual(both);
      expect(kinds(await claim())).toEqual(both);
      expect(await claim({ now: minutes(-1) })).toEqual([]);
    });

    it("a row owed before the clock change is due now, and a reply that must wait a minute waits", async () => {
      await roundWith(anAlert());
      await deliver();
      const remind = async (at: Date): Promise<void> => {
        await store().changeAlerts({ kind: "alert", id: "alert-1" }, (alert) => {
          const word = { reason: "reminder", at, notice: true, verdict: null, by: null } as const;
          return { ...asItIs({ ...alert, revision: alert.revision + 1 }), at, replies: [word] };
        });
      };
      const said = async (now: Date) => (await deliver(now)).map(({ call }) => call.kind);
      await remind(TOMORROW);
      expect(await said(NOON)).toEqual(["edit", "reply"]);
      await remind(NOON);
      expect(await said(NOON)).toEqual(["edit"]);
      expect(await said(minutes(1))).toEqual(["reply"]);
    });

    it("a delivery that failed before the clock change is tried again, and then waits as usual", async () => {
      await roundWith(anAlert());
      const none = { drops: [], accepted: [], toldElsewhere: [], messages: [] } as const;
      const fail = async (one: MessageClaim, error: string, at: Date, now: Date): Promise<void> =>
        store().failed(one, { kind: "retry", isRefused: true, at, ...none }, error, now);
      await fail(only(await claim({ now: TOMORROW })), "timeout", minutes(DAY + 60), TOMORROW);
      // Slack may require a wait of any length.
      await fail(only(await claim()), "rate_limited", minutes(180), NOON);
      expect(await claim({ now: minutes(179) })).toEqual([]);
      expect(await claim({ now: minutes(180) })).toHaveLength(1);
    });
  });
};
