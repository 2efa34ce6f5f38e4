import { describe, expect, it } from "vitest";
import type { Alert } from "../../../../src/alert/alert.ts";
import type { StoreSteps } from "../contract-store.ts";
import { aCard, anAlert, minutes } from "../states.ts";

const RETRY = { kind: "retry", isRefused: true, drops: [], accepted: [], toldElsewhere: [], messages: [] } as const;

/** The contract for counts of alerts that Slack does not show. */
export const waitingContract = ({ store, claim, deliver, roundWith }: StoreSteps): void => {
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name, channel: `C${name[0]}` }), ...fields });

  describe("alerts that Slack does not show", () => {
    it("are counted by place and reason when Slack refused them, with the first names", async () => {
      for (const name of ["a1", "a2", "a3", "b1"]) await roundWith(named(name));
      expect(await store().refusedAlerts(2)).toEqual([]);
      for (let step = 0; step < 3; step++)
        for (const one of await claim({ now: minutes(step) })) {
          const error = one.message.routes[0] === "Ca" ? "is_archived" : "not_in_channel";
          await store().failed(one, { ...RETRY, at: minutes(60) }, error, minutes(step));
        }
      expect(await store().refusedAlerts(2)).toEqual([
        { channel: "Ca", error: "is_archived", count: 3, watches: ["a1", "a2"] },
        { channel: "Cb", error: "not_in_channel", count: 1, watches: ["b1"] },
      ]);
    });

    it("are counted when they are warnings, which quiet hours may hold back", async () => {
      for (const name of ["a1", "a2", "a3"]) await roundWith(named(name, { severity: "warning" }));
      await roundWith(named("b1"));
      expect(await store().heldAlerts(2)).toEqual({ count: 3, watches: ["a1", "a2"] });
      for (let step = 0; step < 4; step++) await deliver();
      expect(await store().heldAlerts(2)).toEqual({ count: 0, watches: [] });
    });
  });
};
