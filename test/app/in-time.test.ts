import { describe, expect, it } from "vitest";
import { inTime } from "../../src/app/in-time.ts";

describe("work with a time limit", () => {
  it("is in time when it ends before", async () => {
    expect(await inTime(Promise.resolve("done"), 10_000)).toBe(true);
  });

  it("is late when it still runs, and its later failure is ignored", async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    expect(await inTime(promise, 1)).toBe(false);
    reject(new Error("too late"));
    await new Promise((resolve) => setImmediate(resolve));
  });

  it("fails with the work", async () => {
    await expect(inTime(Promise.reject(new Error("broken")), 10_000)).rejects.toThrow("broken");
  });
});
