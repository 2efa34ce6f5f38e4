import { describe, expect, it } from "vitest";
import type { AuditEntry } from "../../../src/renewal/audit.ts";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import type { WatchStore } from "../../../src/watch/ports.ts";
import { LEASE_MS, type StoreSteps } from "./contract-store.ts";
import {
  aCard,
  aLine,
  anAlert,
  anEntry,
  aRenewal,
  asItIs,
  aStep,
  aStepLine,
  ended,
  minutes,
  stepped,
} from "./states.ts";

const OTHER = { id: "renewal-2", watch: "crm", card: aCard({ name: "crm" }) } as const;
/** Content that a later version or a mistaken edit may have written. */
const ODD = `'{"way":"of a later version"}'`;
const UNREADABLE = /^The stored renewal of watch orders cannot be read\. Run the version that wrote it, /;

/** The contract for the state of renewals. */
export const renewalsContract = ({ store, open, run, roundWith }: StoreSteps): void => {
  const start = async (fields: Partial<Renewal> = {}, from = store()) => {
    const renewal = aRenewal(fields);
    const { id, watch } = renewal;
    return from.startRenewal(renewal, [aLine({ renewal: id, watch })]);
  };
  const audit = async (): Promise<readonly AuditEntry[]> => store().audit({ limit: 100 });
  const kinds = async (): Promise<readonly string[]> =>
    (await audit()).map((entry) => (entry.kind === "renewal" ? entry.event.kind : entry.kind));

  describe("a renewal", () => {
    it("is saved with all its fields, and every program reads it", async () => {
      expect(await start()).toBeNull();
      const other = await open();
      expect(await other.findRenewal("orders")).toStrictEqual(aRenewal());
      expect(await other.renewalById("renewal-1")).toStrictEqual(aRenewal());
      expect(await other.renewals()).toStrictEqual([aRenewal()]);
      const end = ended(aRenewal(), { previousKept: true, place: null, before: null, after: null });
      expect(await store().saveRenewal(end, [])).toBe(true);
      expect(await other.renewalById("renewal-1")).toStrictEqual(end);
    });

    it("is unknown under another watch or ID", async () => {
      await start();
      expect(await store().findRenewal("crm")).toBeUndefined();
      expect(await store().renewalById("renewal-2")).toBeUndefined();
    });

    it("prevents another open one of its watch, also for another place", async () => {
      await start();
      const place = { key: "elsewhere", label: "elsewhere" };
      expect(await start({ id: "renewal-2", place })).toEqual({ open: aRenewal() });
      expect(await start({ id: "renewal-2", place: null })).toEqual({ open: aRenewal() });
      expect(await kinds()).toEqual(["started"]);
    });

    it("prevents another open one that saves to its place", async () => {
      await start();
      expect(await start(OTHER)).toEqual({ open: aRenewal() });
      expect(await store().findRenewal("crm")).toBeUndefined();
      expect(await start({ ...OTHER, place: { key: "elsewhere", label: "elsewhere" } })).toBeNull();
    });

    it("has no place that others could need when a person saves the token", async () => {
      await start({ place: null });
      expect(await start({ ...OTHER, place: null })).toBeNull();
    });

    it("frees its watch and its place when it ends", async () => {
      await start();
      await store().saveRenewal(ended(aRenewal()), []);
      expect(await start({ id: "renewal-3", startedAt: minutes(11) })).toBeNull();
      expect(await store().findRenewal("orders")).toMatchObject({ id: "renewal-3" });
      await store().saveRenewal(ended(aRenewal({ id: "renewal-3", startedAt: minutes(11) })), []);
      expect(await start(OTHER)).toBeNull();
      expect(await store().findRenewal("orders")).toMatchObject({ id: "renewal-3" });
    });

    it("is found while it is open, although the clock was set back since an earlier one", async () => {
      await start();
      await store().saveRenewal(ended(aRenewal()), []);
      await start({ id: "renewal-2", startedAt: minutes(-60) });
      expect(await store().findRenewal("orders")).toMatchObject({ id: "renewal-2" });
    });

    it.each([
      ["one watch", {}],
      ["two watches with one place", OTHER],
    ])("is started by exactly one of two programs at once: %s", async (_what, fields) => {
      const other = await open();
      const results = await Promise.all([start(), start({ ...fields, id: "renewal-2" }, other)]);
      expect(results.filter((result) => result === null)).toHaveLength(1);
      const [winner, ...rest] = await store().renewals();
      expect(rest).toEqual([]);
      expect(results.find((result) => result !== null)).toEqual({ open: winner });
      expect(await kinds()).toEqual(["started"]);
      expect(await store().undelivered()).toHaveLength(1);
    });

    it("is started once when the start is repeated", async () => {
      expect(await start()).toBeNull();
      expect(await start()).toBeNull();
      expect(await kinds()).toEqual(["started"]);
      await store().saveRenewal(ended(aRenewal()), []);
      expect(await start()).toBeNull();
      expect(await store().renewalById("renewal-1")).toMatchObject({ outcome: "cancelled", revision: 2 });
    });

    it("is saved by the first of two people or programs; the other saves nothing", async () => {
      await start();
      const next = stepped(aRenewal());
      expect(await store().saveRenewal(next, [aStepLine()])).toBe(true);
      const other = await open();
      expect(await other.saveRenewal(ended(aRenewal()), [aLine({ event: { kind: "waits_a_day" } })])).toBe(false);
      expect(await other.saveRenewal(next, [aStepLine()])).toBe(false);
      expect(await store().renewalById("renewal-1")).toStrictEqual(next);
      expect(await kinds()).toEqual(["step", "started"]);
    });

    it("is not saved before it is started", async () => {
      expect(await store().saveRenewal(stepped(aRenewal()), [aStepLine()])).toBe(false);
      expect(await audit()).toEqual([]);
      expect(await store().undelivered()).toEqual([]);
    });

    it("is listed while it is open, and after its end while an old token is kept", async () => {
      await start();
      await start({ ...OTHER, place: null, startedAt: minutes(-1) });
      const ids = async () => (await store().renewals()).map(({ id }) => id);
      expect(await ids()).toEqual(["renewal-2", "renewal-1"]);
      const kept = ended(aRenewal(), { previousKept: true });
      await store().saveRenewal(kept, []);
      await store().saveRenewal(ended(aRenewal({ ...OTHER, place: null, startedAt: minutes(-1) })), []);
      expect(await ids()).toEqual(["renewal-1"]);
      await store().saveRenewal({ ...kept, previousKept: false, revision: kept.revision + 1 }, []);
      expect(await ids()).toEqual([]);
    });

    it("is listed with all others, more than one read returns", async () => {
      const all = Array.from({ length: 60 }, (_, index) => `r${String(index).padStart(2, "0")}`);
      for (const id of all) await start({ id, watch: id, place: null });
      expect((await store().renewals()).map(({ id }) => id)).toEqual(all);
    });
  });

  describe("the work on a renewal", () => {
    const take = async (from: WatchStore, at = 0) => from.claimRenewal("renewal-1", minutes(at), LEASE_MS);

    it("belongs to one program until that program releases it or its lease ends", async () => {
      await start();
      const other = await open();
      expect(await take(store())).toBe(true);
      expect(await take(store())).toBe(false);
      expect(await take(other)).toBe(false);
      await other.releaseRenewal("renewal-1");
      expect(await take(other, 0.5)).toBe(false);
      await store().releaseRenewal("renewal-1");
      expect(await take(other)).toBe(true);
      expect(await take(store(), 1)).toBe(true);
      await other.releaseRenewal("renewal-1");
      expect(await take(other, 1)).toBe(false);
    });

    it("can be saved by a person meanwhile", async () => {
      await start();
      await take(await open());
      expect(await store().saveRenewal(ended(aRenewal()), [])).toBe(true);
    });

    it("is free when its program died or closed, and after the clock was set back", async () => {
      await start();
      const machineNow = (): Date => new Date();
      const dead = await open();
      const { owner } = await dead.keepLeases(machineNow);
      expect(await take(dead)).toBe(true);
      await run(`update lease_owners set seen_at = '2020-01-01T00:00:00.000Z' where id = '${owner}'`);
      expect(await store().keepLeases(machineNow)).toMatchObject({ freed: 1 });
      const closed = await open();
      expect(await take(closed)).toBe(true);
      await closed.close();
      expect(await take(store(), 60)).toBe(true);
      expect(await take(store(), 0)).toBe(true);
    });

    it("is unknown for an unknown renewal", async () => {
      expect(await take(store())).toBe(false);
      await expect(store().releaseRenewal("renewal-1")).resolves.toBeUndefined();
    });
  });

  describe("a renewal that cannot be read", () => {
    const spoil = async (): Promise<void> => run(`update renewals set body = ${ODD} where id = 'renewal-1'`);

    it("is left out and reported, and the others are read", async () => {
      await start();
      await start({ ...OTHER, place: null });
      await spoil();
      expect((await store().renewals()).map(({ id }) => id)).toEqual(["renewal-2"]);
      expect(await store().findRenewal("orders")).toBeUndefined();
      expect(await store().renewalById("renewal-1")).toBeUndefined();
      expect((await store().troubles(20)).unreadable).toEqual([expect.stringMatching(UNREADABLE)]);
      await run("delete from owed where message_id = 'renewal-1'");
      await run("delete from renewals where id = 'renewal-1'");
      expect((await store().troubles(20)).unreadable).toEqual([]);
    });

    it("still prevents another one, and the error names the next step", async () => {
      await start();
      await spoil();
      await expect(start({ id: "renewal-2" })).rejects.toThrow(UNREADABLE);
    });
  });

  describe("old renewals", () => {
    it("are deleted with their message after their end, unless something is owed or an old token is kept", async () => {
      const ids = ["done", "owed", "kept", "open"];
      for (const id of ids) await start({ id, watch: id, place: null });
      await run("delete from owed");
      const over = (id: string, fields: Partial<Renewal> = {}): Renewal =>
        ended(aRenewal({ id, watch: id, place: null }), fields);
      await store().saveRenewal(over("done"), []);
      await store().saveRenewal(over("kept", { previousKept: true }), []);
      await run("delete from owed");
      await store().saveRenewal(over("owed"), []);
      // Four lines of the history, one renewal and its message.
      expect(await store().prune(minutes(60))).toBe(6);
      expect(await audit()).toEqual([]);
      const left = await Promise.all(ids.map(async (id) => store().renewalById(id)));
      expect(left.map((renewal) => renewal?.id)).toEqual([undefined, "owed", "kept", "open"]);
      expect(await store().prune(minutes(9))).toBe(0);
    });
  });

  describe("the audit", () => {
    const by = { kind: "terminal" } as const;
    const ENTRIES: readonly AuditEntry[] = [
      { kind: "private_check", at: minutes(1), by, watch: null, fingerprint: "0123456789ab", state: "healthy" },
      { kind: "private_check", at: minutes(2), by, watch: "orders", fingerprint: "0123456789ab", state: "revoked" },
      { kind: "refused", at: minutes(3), by: { kind: "slack", user: "U2" }, watch: null, attempt: "renew" },
      { kind: "refused", at: minutes(4), by: { kind: "slack", user: "U2" }, watch: "crm", attempt: "end_old" },
      aLine({ at: minutes(5), by: { kind: "bot" }, event: { kind: "waits_a_day" } }),
      aStepLine(aStep({ at: minutes(6) })),
      aLine({ at: minutes(7), event: { kind: "ended", outcome: "failed", step: "obtain" } }),
    ];

    it("gives every kind of entry, newest first, with all fields", async () => {
      await store().record(ENTRIES);
      expect(await audit()).toStrictEqual(ENTRIES.toReversed());
    });

    it("gives those of one watch, since a time, up to a limit", async () => {
      await store().record(ENTRIES);
      const [, ofOrders, , ofCrm, day, step, end] = ENTRIES;
      expect(await store().audit({ watch: "orders", limit: 9 })).toEqual([end, step, day, ofOrders]);
      expect(await store().audit({ watch: "crm", limit: 9 })).toEqual([ofCrm]);
      expect(await store().audit({ since: minutes(6), limit: 9 })).toEqual([end, step]);
      expect(await store().audit({ watch: "orders", since: minutes(5), limit: 2 })).toEqual([end, step]);
    });

    it("includes the history of alerts, which has no other entries", async () => {
      await roundWith(anAlert());
      const entry = anEntry();
      await store().changeAlerts({ kind: "alert", id: "alert-1" }, (alert) => ({ ...asItIs(alert), history: [entry] }));
      await store().record(ENTRIES);
      expect(await store().history({ limit: 1 })).toEqual([entry]);
      expect(await store().history({ watch: "orders", limit: 1 })).toEqual([entry]);
      expect((await store().audit({ watch: "orders", limit: 9 })).at(-1)).toEqual({ kind: "alert", entry });
    });

    it("leaves out an entry that cannot be read", async () => {
      await store().record(ENTRIES);
      await run(`update history set body = '{}' where kind = 'refused'`);
      await run(`update history set kind = 'later' where kind = 'private_check'`);
      expect(await kinds()).toEqual(["ended", "step", "waits_a_day"]);
      expect((await store().troubles(20)).unreadable).toHaveLength(4);
    });
  });
};
