import { describe, expect, it } from "vitest";
import { only, owed, type StoreSteps } from "./contract-store.ts";
import { aCard, aList, anAlert, asItIs, aWord, minutes, NOON } from "./states.ts";

/** The contract for the owed rows of changed alerts. */
export const owingContract = ({ store, claim: take, deliver, roundWith }: StoreSteps): void => {
  describe("what a round owes to Slack", () => {
    const record = async () => only(await store().list());
    const owes = async (now = NOON) => (await take({ now })).flatMap((claim) => owed(claim)).toSorted();
    const worse = aWord({ reason: "worse" });

    it("is a new alert, once; a round without a change owes nothing", async () => {
      await roundWith(anAlert());
      await roundWith(anAlert());
      expect(await store().undelivered()).toEqual([
        { watch: "orders", kind: "alert", channel: "C0000000001", error: null, urgent: true },
      ]);
      expect((await record()).owed).toBe(true);
      expect((await deliver()).map(({ call }) => call.kind)).toEqual(["post"]);
      await roundWith(anAlert());
      expect(await record()).toMatchObject({ owed: false, undelivered: null });
      expect(await store().undelivered()).toEqual([]);
    });

    it("is a change with its replies, and no reply twice", async () => {
      await roundWith(anAlert());
      await deliver();
      await roundWith(anAlert({ revision: 2 }), [worse]);
      await roundWith(anAlert({ revision: 2 }), [worse]);
      expect(await owes()).toEqual(["content", "worse"]);
    });

    it("does not include a reply that was sent during the round", async () => {
      await roundWith(anAlert());
      await deliver();
      await roundWith(anAlert({ revision: 2 }), [worse]);
      await deliver();
      await roundWith(anAlert({ revision: 3 }), [aWord({ reason: "better" })]);
      const said = (await deliver()).flatMap(({ call }) => (call.kind === "reply" ? call.replies : []));
      expect(said.map(({ reply: word }) => word.reason)).toEqual(["better"]);
    });

    it("uses the new channel of an alert that was not posted yet", async () => {
      await roundWith(anAlert());
      await store().release(await take());
      const card = aCard({ channel: "C0000000002" });
      await roundWith(anAlert({ card, revision: 2 }), [worse]);
      const post = only(await deliver());
      expect(post.claim.message.routes).toEqual(["C0000000002"]);
      expect(post.call.kind).toBe("post");
      await roundWith(anAlert({ revision: 3 }));
      const edit = only(await deliver());
      expect(edit.call).toMatchObject({ kind: "edit", ref: { channel: "C0000000002" } });
    });

    it("has the reason and the place of the last failed try", async () => {
      await roundWith(anAlert());
      const retry = {
        kind: "retry",
        isRefused: true,
        at: minutes(5),
        drops: [],
        accepted: [],
        toldElsewhere: [],
        messages: [],
      } as const;
      await store().failed(only(await take()), retry, "is_archived", NOON);
      const undelivered = { error: "is_archived", channel: "C0000000001", retryAt: minutes(5) };
      expect(await record()).toMatchObject({ owed: true, undelivered });
      await deliver(minutes(5));
      expect(await record()).toMatchObject({ owed: false, undelivered: null });
    });

    it("includes messages that only a list owes", async () => {
      await roundWith(anAlert());
      await deliver();
      await store().changeAlerts({ kind: "alert", id: "alert-1" }, (alert) => ({
        ...asItIs(alert),
        messages: [aList()],
      }));
      expect((await record()).owed).toBe(true);
    });
  });
};
