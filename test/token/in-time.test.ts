import { describe, expect, it } from "vitest";
import { inTime } from "../../src/token/in-time.ts";

const never = new Promise<never>(() => undefined);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("work with a time limit", () => {
  it.each<[string, Promise<unknown>, number, boolean]>([
    ["ended before", Promise.resolve("done"), 10_000, true],
    ["ended before, with a limit of 0", Promise.resolve(), 0, true],
    ["ends soon", turn(), 10_000, true],
    ["never ends", never, 1, false],
    ["never ends, with a limit of 0", never, 0, false],
  ])("that %s", async (_name, work, ms, expected) => {
    expect(await inTime(work, ms)).toBe(expected);
  });

  it("is late when it still runs, and its later failure is ignored", async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    expect(await inTime(promise, 1)).toBe(false);
    reject(new Error("too late"));
    await turn();
  });

  it("fails with the work", async () => {
    await expect(inTime(Promise.reject(new Error("broken")), 10_000)).rejects.toThrow("broken");
  });

  it("leaves no timer behind", async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    await inTime(Promise.resolve(), 10_000);
    await expect(inTime(Promise.reject(new Error("broken")), 10_000)).rejects.toThrow("broken");
    expect(timers()).toBe(before);
  });

  it("can measure the time with another clock, which it stops at the end", async () => {
    const late = Promise.withResolvers<void>();
    let waited: { readonly ms: number; readonly signal: AbortSignal } | undefined;
    const ending = inTime(never, 7_000, (ms, signal) => {
      waited = { ms, signal };
      return late.promise;
    });
    expect(waited?.ms).toBe(7_000);
    expect(waited?.signal.aborted).toBe(false);
    late.resolve();
    expect(await ending).toBe(false);
    expect(waited?.signal.aborted).toBe(true);
  });
});
