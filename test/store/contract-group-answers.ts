import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { Grouping } from "../../src/watch/group.ts";
import { acknowledge } from "../../src/watch/respond.ts";
import { NO_ESCALATION } from "../support/builders.ts";
import { only, type StoreSteps } from "./contract-store.ts";
import { aCard, aNote, anAlert, anEntry, anOutcome, aReply, asItIs, claiming, minutes, NOON } from "./states.ts";

const CAUSE = "scope_missing app 100000000000042";
const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.000100" };

/** What those rely on who change many alerts at once. */
export const groupAnswersContract = ({ store, open, claimDue, roundWith, stateOf }: StoreSteps): void => {
  const claim = async () => store().claimGroups(claiming());
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name }), ...fields });
  const join = async (): Promise<number> =>
    store().groupAlerts((all): readonly Grouping[] => {
      const alerts = all.filter(({ settled }) => !settled).map(({ id }) => id);
      return [{ group: "g", cause: CAUSE, channel: CHANNEL, alerts }];
    }, NOON);
  const posted = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await roundWith(named(name));
    await join();
    const taken = only(await claim());
    await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
    await store().releaseGroup(taken, { leave: [], resolved: false });
  };
  const raise = async (id: string, revision: number, fields: Partial<Alert> = {}): Promise<void> => {
    await store().changeAlert(id, (alert) =>
      asItIs({ ...alert, revision, replies: [...alert.replies, aReply(revision)], ...fields }),
    );
  };

  describe("answers to a group", () => {
    const acknowledgeBy = async (by: string, from = store()) =>
      from.changeGroup("g", (alert) => acknowledge(alert, by, NOON, NO_ESCALATION));

    it("change every open alert of it, and are owed to Slack", async () => {
      await posted("a", "b", "c");
      await raise("c", 2, { resolvedAt: NOON, resolution: "recovered" });
      const answer = await acknowledgeBy("U0000000001");
      expect(answer).toMatchObject({ group: { id: "g", cause: CAUSE }, open: 2 });
      expect(answer?.changed.map(({ id, acknowledged }) => [id, acknowledged?.by])).toEqual([
        ["a", "U0000000001"],
        ["b", "U0000000001"],
      ]);
      expect((await store().history({ limit: 9 })).map(({ watch }) => watch).toSorted()).toEqual(["a", "b"]);
      expect((await stateOf("b"))?.alert).toMatchObject({ acknowledged: { by: "U0000000001" }, revision: 2 });
      expect(only(await claim()).members[0]).toMatchObject({ alert: { replies: [{ by: "U0000000001" }] } });
    });

    it("leave those alone that the message does not show yet", async () => {
      await posted("a");
      await roundWith(named("b"));
      await join();
      const answer = await acknowledgeBy("U0000000001");
      expect(answer).toMatchObject({ changed: [{ id: "a" }], open: 2 });
      expect((await stateOf("b"))?.alert?.acknowledged).toBeNull();
    });

    it("of two at the same time the second finds nothing to change", async () => {
      await posted("a", "b", "c", "d", "e");
      const other = await open();
      const both = await Promise.all([acknowledgeBy("U0000000001"), acknowledgeBy("U0000000002", other)]);
      expect(new Set(both.map((answer) => answer?.changed.length))).toEqual(new Set([0, 5]));
      expect(both.map((answer) => answer?.open)).toEqual([5, 5]);
    });

    it("are all kept or none; a group that is not there is told", async () => {
      await posted("a", "b");
      const broken = store().changeGroup("g", (alert) => {
        if (alert.id === "b") throw new RangeError("no");
        return { ...asItIs({ ...alert, revision: 2 }), history: [anEntry()] };
      });
      await expect(broken).rejects.toThrow("no");
      expect((await stateOf("a"))?.alert?.revision).toBe(1);
      expect(await store().history({ limit: 9 })).toEqual([]);
      expect(await store().changeGroup("gone", asItIs)).toBeUndefined();
    });
  });

  describe("what a round means for the others of the group", () => {
    const seen: string[] = [];
    const escalate = (mate: Alert) => {
      seen.push(mate.id);
      const alert = { ...mate, revision: mate.revision + 1, escalatedAt: NOON };
      return { alert, history: [anEntry({ watch: mate.card.name })], notes: [aNote({ id: `note ${mate.id}` })] };
    };
    const roundOf = async (watch: string): Promise<boolean> => {
      const at = minutes(2_000);
      const claims = await claimDue({ names: [watch], which: "all", now: at, roundStartedAt: at });
      const taken = only(claims);
      return store().saveRound(taken, anOutcome({ state: taken.state, mates: escalate }));
    };
    beforeEach(() => {
      seen.length = 0;
    });

    it("changes those that are open and that people were told of, with all that it leaves behind", async () => {
      await posted("a", "b", "over");
      await raise("over", 2, { resolvedAt: NOON, resolution: "recovered" });
      await roundWith(named("new"));
      await join();
      expect(await roundOf("a")).toBe(true);
      expect(seen).toEqual(["b"]);
      expect((await stateOf("b"))?.alert).toMatchObject({ escalatedAt: NOON, revision: 2 });
      expect((await stateOf("a"))?.alert?.revision).toBe(1);
      expect((await store().claimNotes(claiming())).map(({ note }) => note.id)).toEqual(["note b"]);
      expect((await store().history({ limit: 9 })).map(({ watch }) => watch)).toEqual(["b"]);
    });

    it("changes nobody when the alert is in no group, or the round came to nothing", async () => {
      await posted("a", "b");
      await roundWith(named("alone", { card: aCard({ name: "alone", channel: "C0000000002" }) }));
      expect(await roundOf("alone")).toBe(true);
      const at = minutes(2_000);
      const late = only(await claimDue({ names: ["a"], which: "all", now: at, roundStartedAt: at }));
      await raise("a", 2);
      expect(await store().saveRound(late, anOutcome({ state: late.state, mates: escalate }))).toBe(false);
      expect(seen).toEqual([]);
    });
  });
};
