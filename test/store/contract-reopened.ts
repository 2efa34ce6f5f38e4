import { describe, expect, it } from "vitest";
import type { Alert } from "../../src/watch/alert.ts";
import type { GroupCandidate, Grouping } from "../../src/watch/group.ts";
import { ids, only, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, anOutcome, aState, aVerdict, claiming, minutes, NOON } from "./states.ts";

const REF = { channel: "C0000000001", ts: "1700000000.000100" };
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

const into =
  (group: string) =>
  (open: readonly GroupCandidate[]): readonly Grouping[] => {
    const alerts = open.filter(({ settled }) => !settled).map(({ id }) => id);
    const [first] = open;
    return first === undefined ? [] : [{ group, cause: first.cause, channel: first.channel, alerts }];
  };

/** What a problem that comes back relies on. */
export const reopenedContract = ({ store, open, claimDue, roundWith, stateOf }: StoreSteps): void => {
  const now = minutes(20);
  const claimAt = async (resolvedSince?: Date) =>
    claimDue({ now, roundStartedAt: now, which: "all", ...(resolvedSince && { resolvedSince }) });
  /** Brings back the alert that was resolved, as a round does that found the same problem. */
  const comeBack = async (): Promise<void> => {
    const claim = only(await claimAt(minutes(5)));
    const past = only(claim.state.lately ?? []);
    const alert: Alert = { ...past, ...BACK };
    await store().saveRound(claim, anOutcome({ state: { ...claim.state, alert }, checkedAt: now, nextDueAt: now }));
  };
  const alert = anAlert({ acknowledged: { by: "U1", at: NOON } });

  describe("an alert that was resolved a short time ago", () => {
    it("comes with its watch, whole, when it was resolved since the instant that is asked for", async () => {
      await roundWith(alert);
      await roundWith({ ...alert, ...OVER });
      expect(only(await claimAt(minutes(5))).state.lately).toEqual([{ ...alert, ...OVER }]);
    });

    it.each<[string, Date | undefined]>([
      ["it was resolved before that", minutes(10)],
      ["nobody asks", undefined],
    ])("stays away when %s", async (_, since) => {
      await roundWith({ ...alert, ...OVER });
      expect(only(await claimAt(since)).state).not.toHaveProperty("lately");
    });

    it("several of one watch come with the latest first, none of another watch", async () => {
      for (const [index, id] of ["a", "b"].entries())
        await roundWith(anAlert({ id, ...OVER, resolvedAt: minutes(10 + index) }));
      await roundWith(anAlert({ id: "c", card: aCard({ name: "crm" }), ...OVER }));
      const claims = await claimAt(minutes(5));
      const lately = claims.map(({ watch, state }) => [watch, state.lately?.map(({ id }) => id)]);
      expect(new Map(lately as [string, string[]][])).toEqual(
        new Map([
          ["orders", ["b", "a"]],
          ["crm", ["c"]],
        ]),
      );
    });

    it("is open again in its own message once a round brings it back, for another program too", async () => {
      await roundWith(alert);
      const posted = only(await store().claimUndelivered(claiming()));
      await store().saveDelivery(posted, { kind: "post", ref: REF, revision: 1 });
      await store().releaseDelivery(posted);
      await roundWith({ ...alert, ...OVER });
      await comeBack();
      expect((await stateOf("orders"))?.alert).toMatchObject({ id: alert.id, ...BACK });
      const owed = await (await open()).claimUndelivered(claiming({ now }));
      expect(owed).toMatchObject([
        { alert: { id: alert.id, reopened: BACK.reopened }, ref: REF, deliveredRevision: 1 },
      ]);
    });

    it("opens its group again when that was over, and others may join", async () => {
      await roundWith(alert);
      await store().groupAlerts(into("g"), NOON);
      const first = only(await store().claimGroups(claiming()));
      await store().saveGroupDelivery(first, { kind: "post", ref: REF, at: NOON });
      await store().releaseGroup(first, { leave: [], resolved: false });
      await roundWith({ ...alert, ...OVER });
      const last = only(await store().claimGroups(claiming({ now: minutes(11) })));
      await store().saveGroupDelivery(last, { kind: "edit", ref: REF, at: minutes(11) });
      await store().releaseGroup(last, { leave: [], resolved: true });
      await comeBack();
      await roundWith(anAlert({ id: "b", card: aCard({ name: "crm" }) }));
      expect(await store().groupAlerts(into("g"), now)).toBe(1);
      const claim = only(await store().claimGroups(claiming({ now })));
      expect(claim).toMatchObject({ group: { id: "g" }, ref: REF });
      expect(claim.members.map(({ alert: { id } }) => id)).toEqual([alert.id, "b"]);
      expect(ids(await store().claimUndelivered(claiming({ now })))).toEqual([]);
    });
  });

  describe("ids that were not read", () => {
    it("keep their count from round to round", async () => {
      const unread = { since: NOON, tries: 3, readAt: minutes(-5), lasting: true };
      const assets = aVerdict().assets.map((asset) => ({ ...asset, unread }));
      await roundWith(anAlert({ kind: "not_checked", failing: null, verdict: aVerdict({ assets }) }));
      expect((await stateOf("orders"))?.alert?.verdict?.assets).toEqual(assets);
      const claim = only(await claimAt());
      const state = aState({ verdict: aVerdict({ assets }), alert: claim.state.alert });
      await store().saveRound(claim, anOutcome({ state, checkedAt: now, nextDueAt: now }));
      expect(only(await claimDue({ now: minutes(21), roundStartedAt: minutes(21), which: "all" })).state).toEqual(
        state,
      );
    });
  });
};
