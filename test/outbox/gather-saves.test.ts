import { expect, it } from "vitest";
import { gatherSaves } from "../../src/outbox/gather-saves.ts";

/** A save that ends when the test releases it. `saved` lists the items of each save. */
const slowly = () => {
  const saved: (readonly number[])[] = [];
  const endings: PromiseWithResolvers<void>[] = [];
  const save = gatherSaves(async (all: readonly number[]) => {
    saved.push(all);
    const ending = Promise.withResolvers<void>();
    endings.push(ending);
    await ending.promise;
  });
  return { save, saved, endings };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("saves a single item at once, and items that arrive during a save together", async () => {
  const { save, saved, endings } = slowly();
  const first = save(1);
  await turn();
  const others = [save(2), save(3)];
  await turn();
  expect(saved).toEqual([[1]]);
  endings[0]?.resolve();
  await first;
  await turn();
  expect(saved).toEqual([[1], [2, 3]]);
  endings[1]?.resolve();
  await Promise.all(others);
});

it("rejects only the callers whose items were in the failed save", async () => {
  const { save, saved, endings } = slowly();
  const first = save(1);
  await turn();
  const second = save(2);
  endings[0]?.reject(new Error("the disk is full"));
  await expect(first).rejects.toThrow("the disk is full");
  await turn();
  endings[1]?.resolve();
  await second;
  expect(saved).toEqual([[1], [2]]);
});
