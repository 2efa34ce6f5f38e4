import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { benchmarksPage } from "../../bench/page.ts";
import { PARTS } from "../../bench/parts.ts";
import type { Figure, Measured, Row } from "../../bench/report.ts";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

describe("npm run bench", () => {
  it.each([["nothing-of-this"], ["help load"], ["toString"]])(
    "refuses the part %s and lists the parts",
    async (part) => {
      const page = readFileSync(join(ROOT, "docs/benchmarks.md"), "utf8");
      const refused = await run("npm", ["run", "-s", "bench", "--", ...part.split(" ")], { cwd: ROOT }).catch(
        (error: unknown) => error,
      );
      expect(refused).toMatchObject({ code: 2, stdout: "" });
      expect(refused).toHaveProperty("stderr", expect.stringContaining(`Unknown part: ${part}.`));
      for (const name of Object.keys(PARTS)) expect(refused).toHaveProperty("stderr", expect.stringContaining(name));
      expect(readFileSync(join(ROOT, "docs/benchmarks.md"), "utf8")).toBe(page);
    },
  );

  it("passes its part to the program, like every script with arguments in the documentation", () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
    const documents = ["README.md", "CONTRIBUTING.md", "docs/deploy.md", "docs/operate.md", "bench/main.ts"];
    const named = documents.flatMap((path) =>
      [...readFileSync(join(ROOT, path), "utf8").matchAll(/npm run (?:-s )?([\w:-]+) -- /g)].map(
        ([, name = ""]) => name,
      ),
    );
    expect(new Set(named)).toContain("bench");
    // npm appends the arguments to the end of the line, so they go to the last command.
    expect([...new Set(named)].filter((name) => scripts[name]?.includes("&") !== false)).toEqual([]);
  });
});

const spread = (median: number) => ({ median, min: median, max: median });
const row = (what: string, kind: Row["goal"]["kind"], ratio: number): Row => ({
  what,
  unit: "ms",
  ours: spread(1),
  baseline: spread(1),
  ratio: spread(ratio),
  goal: { kind, ratio: 1.15 },
});
const figure = (what: string, value: number, goal?: Figure["goal"]): Figure =>
  goal === undefined ? { what, unit: "MB", value } : { what, unit: "MB", value, goal };

const missedPart = (measured: Measured): string =>
  /## Missed goals\n\n(.*?)\n\n##/s.exec(
    benchmarksPage(measured, { at: new Date("2026-11-28T08:00:00Z"), machine: "a machine" }),
  )?.[1] ?? "";

describe("the benchmarks page", () => {
  it("lists each missed goal with its figure", () => {
    const rows = [row("slow help", "at most", 1.16), row("fine help", "at most", 1.15), row("few", "at least", 1.149)];
    const figures = [
      figure("memory", 401, { kind: "at most", value: 400 }),
      figure("gap", 990, { kind: "at least", value: 990 }),
      figure("only told", 5_000),
    ];
    expect(missedPart({ rows, figures }).split("\n")).toEqual([
      "- **slow help**: 1.160×, the goal is ≤ 1.15×.",
      "- **few**: 1.149×, the goal is ≥ 1.15×.",
      "- **memory**: 401.0 MB, the goal is ≤ 400 MB.",
    ]);
  });

  it("says that every goal was met", () => {
    expect(missedPart({ rows: [row("fine", "at most", 1)], figures: [] })).toBe("None: this run met every goal.");
  });
});
