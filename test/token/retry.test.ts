import { describe, expect, it } from "vitest";
import { backoffMs, withRetries } from "../../src/token/retry.ts";

describe("the pause after failures", () => {
  it.each([
    [1_000, 30_000, 1, 1_000],
    [1_000, 30_000, 2, 2_000],
    [1_000, 30_000, 3, 4_000],
    [1_000, 30_000, 5, 16_000],
    [1_000, 30_000, 6, 30_000],
    [1_000, 30_000, 7, 30_000],
    [1_000, 30_000, 1_000_000, 30_000],
    [1_000, 60_000, 6, 32_000],
    [1_000, 60_000, 7, 60_000],
    [60_000, 3_600_000, 1, 60_000],
    [60_000, 3_600_000, 6, 1_920_000],
    [60_000, 3_600_000, 7, 3_600_000],
    [60_000, 60_000, 1, 60_000],
  ])(
    "from %i to %i ms, failures: %i, is %i ms, and up to a fifth shorter",
    (firstMs, longestMs, failures, expected) => {
      const backoff = { firstMs, longestMs };
      expect(backoffMs(backoff, failures)).toBe(expected);
      expect(backoffMs(backoff, failures, 0)).toBe(expected);
      expect(backoffMs(backoff, failures, 0.5)).toBeCloseTo(expected * 0.9);
      expect(backoffMs(backoff, failures, 1)).toBeCloseTo(expected * 0.8);
    },
  );
});

describe("work that is tried again", () => {
  /** Fails with each error in turn, then succeeds. Records the pauses and the tries. */
  const run = async (errors: readonly string[], pausesMs: readonly number[], isFinal = (_error: string) => false) => {
    const waits: number[] = [];
    const tries: number[] = [];
    const work = (count: number): string => {
      tries.push(count);
      const error = errors[count];
      if (error !== undefined) throw new Error(error);
      return "done";
    };
    const wait = async (ms: number): Promise<void> => void waits.push(ms);
    const mayRetry = (error: unknown): boolean => error instanceof Error && !isFinal(error.message);
    const result = await withRetries(work, { pausesMs, wait, mayRetry }).catch((error: unknown) => String(error));
    return { result, waits, tries };
  };

  it.each<[string, readonly string[], readonly number[], string, readonly number[]]>([
    ["succeeds at once", [], [1, 2], "done", []],
    ["succeeds at the second try", ["a"], [1, 2], "done", [1]],
    ["succeeds at the last try", ["a", "b"], [1, 2], "done", [1, 2]],
    ["always fails", ["a", "b", "c", "d"], [1, 2], "Error: c", [1, 2]],
    ["has no pauses", ["a"], [], "Error: a", []],
    ["fails with a final error", ["final"], [1, 2], "Error: final", []],
    ["fails with a final error later", ["a", "final"], [1, 2], "Error: final", [1]],
  ])("that %s", async (_name, errors, pausesMs, result, waits) => {
    const done = await run(errors, pausesMs, (error) => error === "final");
    expect(done).toEqual({ result, waits, tries: [...waits, 0].map((_, index) => index) });
  });

  it("may be asynchronous", async () => {
    const work = async (count: number): Promise<number> =>
      count === 0 ? Promise.reject(new Error("a")) : Promise.resolve(count);
    const wait = async (): Promise<void> => {};
    expect(await withRetries(work, { pausesMs: [1], wait, mayRetry: () => true })).toBe(1);
  });

  it("asks no question about an error that ends it anyway", async () => {
    const asked: unknown[] = [];
    const mayRetry = (...question: unknown[]): boolean => asked.push(question) > 0;
    const work = (): never => {
      throw new Error("a");
    };
    await expect(withRetries(work, { pausesMs: [7], wait: async () => {}, mayRetry })).rejects.toThrow("a");
    expect(asked).toEqual([[expect.any(Error), 7]]);
  });
});
