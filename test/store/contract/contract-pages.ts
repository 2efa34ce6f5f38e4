import { describe, expect, it } from "vitest";
import type { RecordPage, WatchRecord } from "../../../src/watch/ports.ts";
import type { WatchState } from "../../../src/alert/alert.ts";
import { only, type StoreSteps } from "./contract-store.ts";
import { aCard, anAlert, anOutcome, aState, aVerdict, NOON } from "./states.ts";

const WELL = aVerdict({ state: "healthy", alive: true, findings: [], failure: null, assets: [] });
const ASSET = { kind: "phone", id: "1", name: null, sending: null } as const;
const FAILURE = { kind: "unreachable", message: "No answer.", retryAfterMs: null, evidence: null } as const;

const namesOf = (records: readonly WatchRecord[]): readonly string[] => records.map(({ name }) => name);

/** The contract for reads of some of many watches. */
export const pagesContract = ({ store, claimDue, run }: StoreSteps): void => {
  const add = async (name: string, fields?: Partial<WatchState>): Promise<void> => {
    await store().sync([{ name, definition: "d" }], NOON);
    if (fields === undefined) return;
    const state = aState({ failing: null, alert: null, ...fields });
    await store().saveRound(only(await claimDue({ names: [name] })), anOutcome({ state }));
  };
  const page = async (fields: Partial<RecordPage> = {}) => namesOf(await store().page({ limit: 2, ...fields }));

  describe("pages of watches", () => {
    it("come by name, and an empty page is the end", async () => {
      for (const name of ["c", "a", "b"]) await add(name);
      expect(await page()).toEqual(["a", "b"]);
      expect(await page({ after: "b" })).toEqual(["c"]);
      expect(await page({ after: "c" })).toEqual([]);
    });

    it("leave out watches that surely need nobody, and count them", async () => {
      await add("new");
      await add("well", { verdict: WELL });
      await add("revoked", { verdict: { ...WELL, state: "revoked", alive: false } });
      await add("failing", { verdict: WELL, failing: { failure: FAILURE, since: NOON, tries: 1 } });
      await add("alerted", { verdict: WELL, alert: anAlert({ card: aCard({ name: "alerted" }) }) });
      const unread = { ...ASSET, reach: "not_known", failure: FAILURE } as const;
      await add("unread", { verdict: { ...WELL, assets: [unread] } });
      expect(await page({ skipWell: true, limit: 10 })).toEqual(["alerted", "failing", "new", "revoked", "unread"]);
      expect(await store().countWell()).toBe(1);
    });

    it("never count a row as well that cannot be read", async () => {
      await add("well", { verdict: WELL });
      await run("update watches set verdict = substr(verdict, 1, 80)");
      await store().find("well");
      expect(await store().countWell()).toBe(0);
      expect(await page({ skipWell: true })).toEqual(["well"]);
    });
  });
};
