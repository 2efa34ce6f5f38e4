import { describe, expect, it } from "vitest";
import { fitted } from "../../src/cli/fitted.ts";
import { fakeToken } from "../support/fake-token.ts";
import { cli } from "./memory-io.ts";

describe("a fitted text", () => {
  it.each<[string, string, number | undefined, string]>([
    ["keeps what fits", "one two\n  three", 20, "one two\n  three"],
    ["changes nothing in a pipe", "one two three four five six", undefined, "one two three four five six"],
    ["breaks at words and keeps the indentation", "  one two three four five", 20, "  one two three four\n  five"],
    ["keeps a command whole", "Run it: `wa-token guide step 4` now.", 24, "Run it:\n`wa-token guide step 4`\nnow."],
    ["keeps a long word whole", "see https://example.com/a/long/path", 20, "see\nhttps://example.com/a/long/path"],
    [
      "breaks an explanation beside its command when there is room",
      "  wa-token check    the token that is deployed, whatever its source is",
      60,
      "  wa-token check    the token that is deployed, whatever its\n                    source is",
    ],
    [
      "puts an explanation below its command when there is no room",
      "  wa-token check    the token that is deployed",
      40,
      "  wa-token check\n    the token that is deployed",
    ],
    ["is never narrower than 20 columns", "one two three four five six", 3, "one two three four\nfive six"],
  ])("%s", (_what, text, columns, expected) => {
    expect(fitted(text, columns)).toBe(expected);
  });
});

const env = { WATCHLIST: "/w" };
const files = {
  "/w": "watches: [{name: orders-production, source: 'env:A'}, {name: orders-testing, source: 'env:B'}]",
};

/** A line that cannot break: one word, an option or a command. */
const isWhole = (line: string): boolean =>
  /^ *(?:\S+|`[^`]+`\S*|wa-token (?:check|guide|round|run).*|pass show .*|guide \[options\].*|--[\w-]+ \S+)$/.test(
    line,
  );

describe("help and errors on a terminal", () => {
  it.each<readonly string[]>([
    ["--help"],
    ["run", "--help"],
    ["check", "--help"],
    ["round", "--help"],
    ["guide", "--help"],
    ["guide", "list"],
    ["guide", "quux"],
    ["guide", "premissns"],
    ["chekc"],
    ["check", "--stdn"],
    ["check", "orders"],
    ["check", "--watch", "orders"],
    ["check"],
    ["check", fakeToken("fitted")],
  ])("%j fit 20, 40 and 80 columns, with the words of a pipe", async (...argv) => {
    const pipe = await cli(argv, { env, files });
    for (const columns of [20, 40, 80]) {
      const { code, out, err } = await cli(argv, { env: { ...env, NO_COLOR: "1" }, files, tty: true, columns });
      const lines = (out + err).split("\n").filter((line) => line.length > columns && !isWhole(line));
      expect([columns, lines]).toEqual([columns, []]);
      expect(code).toBe(pipe.code);
      expect((out + err).split(/\s+/)).toEqual((pipe.out + pipe.err).split(/\s+/));
    }
  });
});

describe("the guide on a terminal", () => {
  it("is as wide as the window, up to 100 columns", async () => {
    const widest = async (columns: number): Promise<number> => {
      const { out } = await cli(["guide", "step", "3"], { env: { NO_COLOR: "1" }, tty: true, columns });
      return Math.max(...out.split("\n").map(({ length }) => length));
    };
    expect(await widest(40)).toBeLessThanOrEqual(40);
    expect(await widest(80)).toBeGreaterThan(60);
    expect(await widest(300)).toBeLessThanOrEqual(100);
  });
});
