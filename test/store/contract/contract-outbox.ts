import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/alert/alert.ts";
import { placeOf } from "../../../src/outbox/message.ts";
import type { MessageClaim } from "../../../src/outbox/outbox.ts";
import { only, owed, type StoreSteps } from "./contract-store.ts";
import { aCard, aList, anAlert, asItIs, aWord, changed, minutes, NOON } from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const CHANNEL = "C0000000001";
const OWN = { kind: "alert", id: "alert-1" } as const;
const RETRY = { kind: "retry", isRefused: true, drops: [], accepted: [], toldElsewhere: [], messages: [] } as const;

/** The contract for deliveries. */
export const outboxContract = (steps: StoreSteps): void => {
  const { store, claimDue, claim, deliver, roundWith, stateOf } = steps;
  /** Uses its own channel, so that one claim includes it along with others. */
  const named = (name: string, fields: Partial<Alert> = {}): Alert =>
    anAlert({ id: name, card: aCard({ name, channel: `C${name}` }), ...fields });
  const raise = async (fields: Partial<Alert> = {}, reason: "worse" | "better" = "worse"): Promise<void> => {
    await store().changeAlerts(OWN, (alert) => changed(alert, fields, [aWord({ reason })]));
  };
  const post = async (taken: MessageClaim, ts = "1700000000.000100", at = NOON): Promise<void> => {
    const call = { kind: "post", settles: taken.owed.map(({ id }) => id) } as const;
    await store().sent([{ claim: taken, call, ref: { channel: placeOf(taken.message), ts }, at }]);
  };
  /** Slack accepted an edit that settles rows of these kinds. */
  const edit = async (taken: MessageClaim, at = NOON): Promise<void> => {
    const { ref } = taken.message;
    if (ref === null) throw new Error("Slack does not have it");
    const settles = taken.owed.filter(({ what }) => what === "content").map(({ id }) => id);
    await store().sent([{ claim: taken, call: { kind: "edit", ref, settles }, ref, at }]);
  };

  describe("saving what Slack took", () => {
    it("a post settles everything, replies too, and the alert counts as accepted", async () => {
      await roundWith(anAlert());
      await raise();
      await post(only(await claim()), "1.1", minutes(0.5));
      expect(await store().undelivered()).toEqual([]);
      expect((await stateOf("orders"))?.alert).toMatchObject({ acceptedAt: minutes(0.5), revision: 2 });
      await raise();
      expect(only(await claim({ now: minutes(1) })).message).toMatchObject({
        ref: { channel: CHANNEL, ts: "1.1" },
        spokeAt: minutes(0.5),
      });
    });

    it("an edit leaves the replies owed; each sent reply is settled", async () => {
      await roundWith(anAlert());
      await deliver();
      await raise();
      await raise({}, "better");
      const calls = (await deliver()).map(({ call }) =>
        call.kind === "reply" ? call.replies[0]?.reply.reason : call.kind,
      );
      expect(calls).toEqual(["edit", "worse", "better"]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("saves calls of many messages at once", async () => {
      for (const name of ["a", "b", "c"]) await roundWith(named(name));
      const claims = await claim();
      const sent = claims.map((one) => {
        const call = { kind: "post", settles: one.owed.map(({ id }) => id) } as const;
        return { claim: one, call, ref: { channel: placeOf(one.message), ts: `${one.message.id}.1` }, at: NOON };
      });
      await store().sent(sent);
      // The answer of the commit was lost, so the save runs again.
      await store().sent(sent);
      await store().release(claims);
      expect(await store().undelivered()).toEqual([]);
      expect((await stateOf("b"))?.alert?.acceptedAt).toEqual(NOON);
      expect(await claim({ now: minutes(5) })).toEqual([]);
    });

    it("a decision to forget removes only its own rows", async () => {
      await roundWith(anAlert());
      const taken = only(await claim());
      const call = { kind: "forget", settles: taken.owed.map(({ id }) => id) } as const;
      await store().sent([{ claim: taken, call, ref: null, at: NOON }]);
      expect(await store().undelivered()).toEqual([]);
      expect((await stateOf("orders"))?.alert?.acceptedAt).toBeNull();
      expect((await store().findAlerts(OWN))?.message?.ref).toBeNull();
    });

    it("a reply that was sent during a round is not owed again by the round", async () => {
      await roundWith(anAlert());
      await deliver();
      await raise();
      const inRound = only(await claimDue({ which: "all", now: minutes(2_000), roundStartedAt: minutes(2_000) }));
      await deliver();
      const alert = { ...anAlert(), ...inRound.state.alert, revision: 3 };
      await saveRound(store(), inRound, {
        state: { ...inRound.state, alert },
        checkedAt: NOON,
        nextDueAt: NOON,
        replies: [aWord({ reason: "better" })],
        history: [],
        messages: [],
      });
      expect(owed(only(await claim())).toSorted()).toEqual(["better", "content"]);
    });

    it("a change during a call is still owed after it", async () => {
      await roundWith(anAlert());
      const taken = only(await claim());
      await raise({ severity: "warning" });
      await post(taken);
      await store().release([taken]);
      const next = only(await claim());
      expect(next.alerts[0]?.alert).toMatchObject({ revision: 2, severity: "warning", acceptedAt: NOON });
      expect(owed(next).toSorted()).toEqual(["content", "worse"]);
    });

    it("a resolved alert is delivered like any other", async () => {
      await roundWith(anAlert());
      await deliver();
      await store().changeAlerts(OWN, (alert) =>
        changed(alert, { resolvedAt: NOON, resolution: "recovered" }, [aWord({ reason: "recovered" })]),
      );
      expect((await deliver()).map(({ call }) => call.kind)).toEqual(["edit", "reply"]);
    });
  });

  describe("what was not taken", () => {
    const fail = async (taken: MessageClaim, error: string, at: Date): Promise<void> =>
      store().failed(taken, { ...RETRY, at }, error, NOON);

    it("is delayed, counted and shown; success ends all three", async () => {
      await roundWith(anAlert());
      await fail(only(await claim()), "not_in_channel", minutes(5));
      expect(await store().undelivered()).toEqual([
        { watch: "orders", kind: "alert", channel: CHANNEL, error: "not_in_channel", urgent: true },
      ]);
      expect(await claim({ now: minutes(4) })).toEqual([]);
      const second = only(await claim({ now: minutes(5) }));
      expect(second.message.failures).toBe(1);
      await fail(second, "is_archived", minutes(6));
      const third = only(await claim({ now: minutes(6) }));
      expect(third.message.failures).toBe(2);
      await post(third, "1.1", minutes(6));
      await store().release([third]);
      expect(only(await store().list())).toMatchObject({ owed: false, undelivered: null });
      await raise();
      expect(only(await claim({ now: minutes(6) })).message.failures).toBe(0);
    });

    it("is not counted without a refusal, and earlier refusals still count", async () => {
      await roundWith(anAlert());
      const away = { ...RETRY, isRefused: false, at: NOON } as const;
      await store().failed(only(await claim()), away, "timeout", NOON);
      const second = only(await claim());
      expect(second.message.failures).toBe(0);
      await fail(second, "not_in_channel", NOON);
      await store().failed(only(await claim()), away, "timeout", NOON);
      expect(only(await claim()).message.failures).toBe(1);
    });

    it("does not become due earlier by a change", async () => {
      await roundWith(anAlert());
      await fail(only(await claim()), "not_in_channel", minutes(5));
      await raise();
      expect(await claim({ now: minutes(4) })).toEqual([]);
      expect(owed(only(await claim({ now: minutes(5) }))).toSorted()).toEqual(["content", "joined", "worse"]);
    });

    it("drops needless rows, and the next claim knows the rows that a fallback reported", async () => {
      await roundWith(anAlert());
      await raise();
      await raise({}, "better");
      const taken = only(await claim());
      const list = aList({ kind: "fallback", body: { kind: "fallback", channel: CHANNEL, error: "is_archived" } });
      const after = {
        ...RETRY,
        at: minutes(1),
        drops: ["alert-1/2/worse"],
        accepted: ["alert-1"],
        toldElsewhere: ["alert-1/1/joined"],
        messages: [list],
      };
      await store().failed(taken, after, "is_archived", NOON);
      expect((await stateOf("orders"))?.alert?.acceptedAt).toEqual(NOON);
      const told = only(await claim());
      expect(told).toMatchObject({
        message: { id: "list-1", kind: "fallback", routes: list.routes },
        body: list.body,
        alerts: [{ as: "mention", alert: { id: "alert-1" } }],
        owed: [{ id: "list-1/alert-1/3/joined" }],
      });
      const [again] = await claim({ now: minutes(1), except: list.routes });
      expect(again?.owed.map(({ id, toldElsewhere }) => [id, toldElsewhere])).toEqual([
        ["alert-1/1/joined", true],
        ["alert-1/3/better", false],
      ]);
      // A program without the lease announces nothing elsewhere.
      await store().failed(taken, { ...after, messages: [aList({ id: "late" })] }, "x", NOON);
      expect((await store().undelivered()).map(({ kind }) => kind).toSorted()).toEqual(["alert", "fallback"]);
    });

    it("uses the next route at once", async () => {
      await roundWith(anAlert());
      await deliver();
      await store().changeAlerts(OWN, (alert) => ({ ...asItIs(alert), messages: [aList()] }));
      const taken = only(await claim());
      await store().failed(taken, { kind: "reroute", routes: ["U0000000009"] }, "is_archived", NOON);
      expect(await store().undelivered()).toEqual([
        { watch: "orders", kind: "escalation", channel: "U0000000009", error: "is_archived", urgent: true },
      ]);
      expect(only(await claim()).message).toMatchObject({ routes: ["U0000000009"], failures: 0 });
    });

    it("is owed as new in the configured channel when its message is abandoned", async () => {
      await roundWith(anAlert());
      await deliver();
      await raise({ card: aCard({ channel: "C2" }) });
      const moved = only(await claim());
      await fail(moved, "is_archived", NOON);
      const again = only(await claim());
      const abandon = { kind: "abandon", alerts: ["alert-1"] } as const;
      // A program without the lease gives up no message.
      await store().failed(moved, abandon, "is_archived", NOON);
      expect(await claim()).toEqual([]);
      await store().failed(again, abandon, "is_archived", NOON);
      expect(await store().undelivered()).toMatchObject([{ channel: "C2", error: null }]);
      expect(only(await claim())).toMatchObject({ message: { routes: ["C2"], ref: null, failures: 0 } });
    });

    it("after 1,000 changes while a channel refuses, few rows wait", async () => {
      await roundWith(anAlert());
      await deliver();
      for (let change = 0; change < 100; change++) {
        await raise();
        await raise({}, "better");
      }
      const taken = only(await claim());
      expect(taken.owed).toHaveLength(400);
      const drops = taken.owed.slice(22).map(({ id }) => id);
      await store().failed(taken, { ...RETRY, at: minutes(1), drops }, "is_archived", NOON);
      expect(only(await claim({ now: minutes(1) })).owed).toHaveLength(22);
    });
  });

  describe("a courier that lost its lease", () => {
    it("neither frees nor fails the delivery of another", async () => {
      await roundWith(anAlert());
      const slow = only(await claim());
      const fast = only(await claim({ now: minutes(1) }));
      await store().release([slow]);
      await store().failed(slow, { ...RETRY, at: minutes(9) }, "timeout", NOON);
      expect(await claim({ now: minutes(1) })).toEqual([]);
      expect(only(await store().list()).undelivered).toBeNull();
      await store().release([fast]);
      expect(only(await claim({ now: minutes(1) })).message.failures).toBe(0);
    });

    it("has its late post saved, unless a faster courier has posted", async () => {
      await roundWith(anAlert());
      const slow = only(await claim());
      const fast = only(await claim({ now: minutes(1) }));
      await post(fast, "1.1", minutes(1));
      await raise();
      await post(slow, "9.9", minutes(1));
      await store().release([fast]);
      const next = only(await claim({ now: minutes(1) }));
      expect(next.message.ref?.ts).toBe("1.1");
      // That post settled nothing.
      expect(owed(next).toSorted()).toEqual(["content", "worse"]);
    });

    it("has its late post saved and edited once more", async () => {
      await roundWith(anAlert());
      const slow = only(await claim());
      await post(slow, "9.9", minutes(2));
      const next = only(await claim({ now: minutes(2) }));
      expect(next.message.ref?.ts).toBe("9.9");
      expect(owed(next)).toEqual(["content"]);
      await edit(next, minutes(2));
      await store().release([next]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("has its late edit saved and repeated, also after a faster courier claimed the message", async () => {
      await roundWith(anAlert());
      await deliver();
      await store().changeAlerts(OWN, (alert) => changed(alert));
      const slow = only(await claim());
      const fast = only(await claim({ now: minutes(1) }));
      await edit(slow, minutes(1));
      await edit(fast, minutes(1));
      // Slack may have accepted them in the other order.
      expect(owed(only(await claim({ now: minutes(3) })))).toEqual(["content"]);
      await edit(only(await claim({ now: minutes(5) })), minutes(5));
      expect(await store().undelivered()).toEqual([]);
    });

    it("edits late twice, and the edit is repeated both times", async () => {
      await roundWith(anAlert());
      await deliver();
      await store().changeAlerts(OWN, (alert) => changed(alert));
      const slow = only(await claim());
      await edit(slow, minutes(1));
      const fast = only(await claim({ now: minutes(1) }));
      await edit(slow, minutes(1.5));
      await edit(fast, minutes(1.5));
      expect(owed(only(await claim({ now: minutes(3) })))).toEqual(["content"]);
    });
  });
};
