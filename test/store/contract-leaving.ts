import { beforeEach, describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { Grouping } from "../../src/watch/group.ts";
import type { GroupClaim } from "../../src/watch/outbox.ts";
import { ids, only, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, aReply, asItIs, aVerdict, claiming, minutes, NOON } from "./states.ts";

const CHANNEL = "C0000000001";
const REF = { channel: CHANNEL, ts: "1700000000.000100" };
/** Of no app that is known: another cause. */
const OTHER = aVerdict({ token: null });

const named = (name: string): Alert => anAlert({ id: name, card: aCard({ name }) });

/** What an alert relies on whose cause is no more that of the group which shows it. */
export const leavingContract = ({ store, claimUndelivered, roundWith }: StoreSteps): void => {
  const claim = async (now = NOON): Promise<GroupClaim> => only(await store().claimGroups(claiming({ now })));
  const raise = async (id: string, revision: number, fields: Partial<Alert>): Promise<void> => {
    await store().changeAlert(id, (alert) =>
      asItIs({ ...alert, revision, replies: [...alert.replies, aReply(revision)], ...fields }),
    );
  };
  const edit = async (taken: GroupClaim, leaving: readonly string[] = ["b"]) =>
    store().saveGroupDelivery(taken, { kind: "edit", ref: REF, at: NOON, leaving });
  const reply = async (taken: GroupClaim, leaving: readonly string[] = ["b"]) =>
    store().saveGroupDelivery(taken, { kind: "reply", at: NOON, notice: false, leaving });
  const join = async (): Promise<number> =>
    store().groupAlerts((open): readonly Grouping[] => {
      const loose = open.filter(({ settled }) => !settled);
      const [first] = loose;
      if (first === undefined) return [];
      return [{ group: "g", cause: first.cause, channel: CHANNEL, alerts: loose.map(({ id }) => id) }];
    }, NOON);

  describe("an alert whose cause is another one than its group's", () => {
    beforeEach(async () => {
      for (const name of ["a", "b"]) await roundWith(named(name));
      await join();
      const taken = await claim();
      await store().saveGroupDelivery(taken, { kind: "post", ref: REF, at: NOON });
      await store().releaseGroup(taken, { leave: [], resolved: false });
      await raise("b", 2, { verdict: OTHER });
    });

    it.each([
      ["message, then thread", edit, reply, { deliveredRevision: 0, repliedRevision: 1 }],
      ["thread, then message", reply, edit, { deliveredRevision: 1, repliedRevision: 0 }],
    ])(
      "is owed until neither tells of it (%s), and then at once on its own",
      async (_order, first, second, between) => {
        await first(await claim());
        // Whoever did that is killed here.
        expect(await claimUndelivered(minutes(2))).toEqual([]);
        const again = await claim(minutes(2));
        expect(again.members[1]).toMatchObject({ alert: { id: "b", revision: 2 }, ...between });
        await second(again);
        // And here.
        expect(only(await claimUndelivered(minutes(4)))).toMatchObject({
          alert: { id: "b", replies: [{ revision: 2 }] },
          ref: null,
          deliveredRevision: 0,
          repliedRevision: 0,
        });
        expect(await store().claimGroups(claiming({ now: minutes(4) }))).toEqual([]);
      },
    );

    it("is owed on its own once the group was posted anew", async () => {
      await store().saveGroupDelivery(await claim(), { kind: "post", ref: REF, at: NOON, leaving: ["b"] });
      expect(ids(await claimUndelivered())).toEqual(["b"]);
    });

    it("is owed by the group as one that joins, when its cause comes back meanwhile", async () => {
      const taken = await claim();
      await edit(taken);
      await raise("b", 3, { verdict: aVerdict() });
      await reply(taken);
      await store().releaseGroup(taken, { leave: [], resolved: false });
      expect(await claimUndelivered()).toEqual([]);
      expect((await claim()).members[1]).toMatchObject({
        alert: { id: "b", revision: 3 },
        deliveredRevision: 0,
        repliedRevision: 0,
      });
    });

    it("is owed by the group when it is over meanwhile", async () => {
      const taken = await claim();
      await edit(taken);
      await raise("b", 3, { resolvedAt: NOON, resolution: "recovered" });
      await reply(taken);
      expect((await claim(minutes(2))).members[1]).toMatchObject({ alert: { id: "b" }, deliveredRevision: 0 });
    });

    it("is not noted as told when it became so during the delivery", async () => {
      await raise("a", 2, {});
      const taken = await claim();
      await raise("a", 3, { verdict: OTHER });
      await edit(taken);
      await reply(taken);
      await store().releaseGroup(taken, { leave: [], resolved: false });
      expect((await claim()).members).toMatchObject([
        { alert: { id: "a", revision: 3, replies: [{ revision: 3 }] }, deliveredRevision: 2, repliedRevision: 2 },
      ]);
    });

    it("leaves a group behind that is over, when it was the last", async () => {
      await raise("a", 2, { verdict: OTHER });
      const taken = await claim();
      await edit(taken, ["a", "b"]);
      await reply(taken, ["a", "b"]);
      await roundWith(named("c"));
      expect(await store().groupAlerts(() => [{ group: "g", cause: "x", channel: CHANNEL, alerts: ["c"] }], NOON)).toBe(
        0,
      );
    });
  });
};
