import { describe, expect, it } from "vitest";
import type { RecordPage, WatchRecord } from "../../../../src/watch/ports.ts";
import type { StoreSteps } from "../contract-store.ts";
import { NOON } from "../states.ts";

const namesOf = (records: readonly WatchRecord[]): readonly string[] => records.map(({ name }) => name);

/** The contract for reads of some of many watches. */
export const pagesContract = ({ store }: StoreSteps): void => {
  const add = async (name: string): Promise<void> => store().sync([{ name, definition: "d" }], NOON);
  const page = async (fields: Partial<RecordPage> = {}) => namesOf(await store().page({ limit: 2, ...fields }));

  describe("pages of watches", () => {
    it("come by name, and an empty page is the end", async () => {
      for (const name of ["c", "a", "b"]) await add(name);
      expect(await page()).toEqual(["a", "b"]);
      expect(await page({ after: "b" })).toEqual(["c"]);
      expect(await page({ after: "c" })).toEqual([]);
    });
  });
};
