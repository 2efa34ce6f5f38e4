import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withProgress } from "../../src/cli/progress.ts";
import { createMemoryIo, type Setting } from "./memory-io.ts";

// The spinner's library also reads the real environment.
beforeEach(() => {
  vi.stubEnv("CI", undefined);
  vi.stubEnv("TERM", "xterm");
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Text that the terminal shows while the work runs, and after it. */
const shown = async (setting: Setting, end: () => Promise<string>) => {
  const { io, out, err } = createMemoryIo(setting);
  let during = "";
  const ended = withProgress(io, "Asking Meta…", async () => {
    during = err();
    return end();
  });
  const result = await ended.catch((error: unknown) => error);
  return { result, out: out(), during, err: err() };
};

describe("progress", () => {
  it("is on a terminal's stderr while the work runs, and is removed afterwards", async () => {
    const { result, out, during, err } = await shown({ tty: true }, () => Promise.resolve("done"));
    expect([result, out]).toEqual(["done", ""]);
    expect(during).toContain("Asking Meta…");
    expect(err.endsWith("\r\u001B[K")).toBe(true);
  });

  it("is removed after a failure, which passes through", async () => {
    const failure = new Error("no answer");
    const { result, during } = await shown({ tty: true }, () => Promise.reject(failure));
    expect(result).toBe(failure);
    expect(during).toContain("Asking Meta…");
  });

  it.each<[string, Setting, string]>([
    ["a pipe", {}, ""],
    ["a terminal that cannot move its cursor", { tty: true, env: { TERM: "dumb" } }, "Asking Meta…\n"],
    ["a terminal of a build server", { tty: true, env: { CI: "true" } }, "Asking Meta…\n"],
  ])("has no spinner in %s", async (_what, setting, text) => {
    expect((await shown(setting, () => Promise.resolve(""))).err).toBe(text);
  });
});
