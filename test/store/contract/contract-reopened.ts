import { describe, expect, it } from "vitest";
import type { Alert, Reply } from "../../../src/alert/alert.ts";
import { allInto, only, owed, shown, type StoreSteps } from "./contract-store.ts";
import {
  aCard,
  aList,
  anAlert,
  anOutcome,
  asItIs,
  aState,
  aVerdict,
  aWord,
  claiming,
  minutes,
  NOON,
} from "./states.ts";
import { saveRound } from "../../support/save-round.ts";

const OVER = {
  resolvedAt: minutes(10),
  resolution: "recovered",
  revision: 2,
  resolvedMatter: { fingerprint: "0123456789ab", codes: ["scope_missing"] },
} as const;
const BACK = {
  resolvedAt: null,
  resolution: null,
  revision: 3,
  reopened: { times: 1, at: minutes(12), told: false, endSaid: true },
} as const;
const ENDED: Reply = aWord({ reason: "recovered", at: minutes(10), notice: false });

/** The contract for reopened alerts. */
export const reopenedContract = (steps: StoreSteps): void => {
  const { store, open, claimDue, deliver, roundWith, stateOf } = steps;
  const now = minutes(20);
  const claimAt = async (resolvedSince?: Date) =>
    claimDue({ now, roundStartedAt: now, which: "all", ...(resolvedSince && { resolvedSince }) });
  /** Reopens the resolved alert, as a round with the same problem does. */
  const comeBack = async (): Promise<void> => {
    const taken = only(await claimAt(minutes(5)));
    const past = only(taken.state.lately ?? []);
    const alert: Alert = { ...past.alert, ...BACK };
    await saveRound(store(), taken, anOutcome({ state: { ...taken.state, alert }, checkedAt: now, nextDueAt: now }));
  };
  const alert = anAlert({ acknowledged: { by: "U1", at: NOON } });

  describe("an alert that was resolved a short time ago", () => {
    it("is claimed with its watch, complete, when it was resolved after the given instant", async () => {
      await roundWith(alert);
      await roundWith({ ...alert, ...OVER });
      const past = { alert: { ...alert, ...OVER }, isEndOwed: false };
      expect(only(await claimAt(minutes(5))).state.lately).toEqual([past]);
    });

    it("says whether its thread still lacks its end", async () => {
      await roundWith(alert);
      await deliver();
      await roundWith({ ...alert, ...OVER }, [ENDED]);
      const isEndOwed = async () => only(await claimAt(minutes(5))).state.lately?.map((past) => past.isEndOwed);
      expect(await isEndOwed()).toEqual([true]);
      await deliver(now);
      const later = minutes(30);
      const taken = only(
        await claimDue({ now: later, roundStartedAt: later, which: "all", resolvedSince: minutes(5) }),
      );
      expect(taken.state.lately?.map((past) => past.isEndOwed)).toEqual([false]);
    });

    it.each<[string, Date | undefined]>([
      ["it was resolved before that", minutes(10)],
      ["nobody asks", undefined],
    ])("is not claimed when %s", async (_, since) => {
      await roundWith({ ...alert, ...OVER });
      expect(only(await claimAt(since)).state).not.toHaveProperty("lately");
    });

    it("several of one watch are sorted latest first, without those of other watches", async () => {
      for (const [index, id] of ["a", "b"].entries())
        await roundWith(anAlert({ id, ...OVER, resolvedAt: minutes(10 + index) }));
      await roundWith(anAlert({ id: "c", card: aCard({ name: "crm" }), ...OVER }));
      const claims = await claimAt(minutes(5));
      const lately = claims.map(({ watch, state }) => [watch, state.lately?.map((past) => past.alert.id)]);
      expect(new Map(lately as [string, string[]][])).toEqual(
        new Map([
          ["orders", ["b", "a"]],
          ["crm", ["c"]],
        ]),
      );
    });

    it("is open in its own message after a round reopened it, for other programs too", async () => {
      await roundWith(alert);
      const post = only(await deliver());
      await roundWith({ ...alert, ...OVER });
      await deliver(minutes(11));
      await comeBack();
      expect((await stateOf("orders"))?.alert).toMatchObject({ id: alert.id, ...BACK });
      const taken = only(await (await open()).claim(claiming({ now })));
      expect(owed(taken)).toEqual(["content"]);
      expect(taken).toMatchObject({
        message: { id: post.claim.message.id, ref: { channel: "C0000000001" } },
        alerts: [{ as: "home", alert: { id: alert.id, reopened: BACK.reopened } }],
      });
    });

    it("is edited in the lists that name it after it was reopened", async () => {
      await roundWith(anAlert());
      await store().changeAlerts({ kind: "alert", id: alert.id }, (one) => ({ ...asItIs(one), messages: [aList()] }));
      await deliver();
      await roundWith(anAlert(OVER), [ENDED]);
      await deliver(minutes(11));
      await comeBack();
      const calls = (await deliver(now)).map(({ claim, call }) => `${call.kind} ${claim.message.kind}`);
      expect(calls.toSorted()).toEqual(["edit alert", "edit escalation"]);
    });

    it("is owed as a new alert if it never had a message", async () => {
      await roundWith(alert);
      await roundWith({ ...alert, ...OVER });
      await comeBack();
      const post = only(await deliver(now));
      expect(post.call.kind).toBe("post");
      expect(post.claim.alerts).toMatchObject([{ as: "home", alert: { id: alert.id, reopened: BACK.reopened } }]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("reopens its ended group, and others may join", async () => {
      await roundWith(alert);
      await deliver(NOON, allInto("g"));
      await roundWith({ ...alert, ...OVER }, [ENDED]);
      await deliver(minutes(11), allInto("g"));
      await comeBack();
      await roundWith(anAlert({ id: "b", card: aCard({ name: "crm" }) }));
      const offered: unknown[] = [];
      const joined = await store().regroup((candidates) => {
        offered.push(...candidates.alerts.map(({ id, home, group }) => [id, home, group]));
        return allInto("g")(candidates);
      }, now);
      expect(joined).toBe(1);
      expect(offered).toEqual([
        ["b", "none", null],
        [alert.id, "settled", "g"],
      ]);
      const taken = only(await store().claim(claiming({ now })));
      expect(taken).toMatchObject({ message: { id: "g", kind: "group" } });
      expect(shown(taken)).toEqual([alert.id, "b"]);
      expect(taken.message.ref).not.toBeNull();
    });
  });

  describe("ids that were not read", () => {
    it("keep their count from round to round", async () => {
      const unread = { since: NOON, tries: 3, readAt: minutes(-5), lasting: true };
      const assets = aVerdict().assets.map((asset) => ({ ...asset, unread }));
      await roundWith(anAlert({ kind: "not_checked", failing: null, verdict: aVerdict({ assets }) }));
      expect((await stateOf("orders"))?.alert?.verdict?.assets).toEqual(assets);
      const taken = only(await claimAt());
      const state = aState({ verdict: aVerdict({ assets }), alert: taken.state.alert });
      await saveRound(store(), taken, anOutcome({ state, checkedAt: now, nextDueAt: now }));
      expect(only(await claimDue({ now: minutes(21), roundStartedAt: minutes(21), which: "all" })).state).toEqual(
        state,
      );
    });
  });
};
