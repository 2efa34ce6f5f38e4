import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readArguments } from "../../bench/arguments.ts";
import { worseThan } from "../../bench/check.ts";
import { benchmarksPage } from "../../bench/page.ts";
import { PARTS } from "../../bench/parts.ts";
import { readRecord, writeRecord } from "../../bench/record.ts";
import type { Figure, Measured, Row } from "../../bench/report.ts";

const ROOT = join(import.meta.dirname, "../..");
const run = promisify(execFile);

describe("npm run bench", () => {
  it("refuses an unknown part, lists the parts, and changes no file", async () => {
    const read = () => ["md", "json"].map((type) => readFileSync(join(ROOT, `docs/benchmarks.${type}`), "utf8"));
    const before = read();
    const refused = await run("npm", ["run", "-s", "bench", "--", "help", "nothing"], { cwd: ROOT }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused).toHaveProperty("stderr", expect.stringContaining("Unknown part: nothing."));
    for (const name of Object.keys(PARTS)) expect(refused).toHaveProperty("stderr", expect.stringContaining(name));
    expect(read()).toEqual(before);
  });

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

const recorded = (measured: Measured) => ({ measuredOn: "2026-11-28", machine: "a machine", ...measured });

const missedPart = (measured: Measured): string =>
  /## Missed goals\n\n(.*?)\n\n##/s.exec(benchmarksPage({ part: recorded(measured) }))?.[1] ?? "";

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

  it("gives the reason of a missed goal, and only of a missed one", () => {
    const [missed, kept] = [row("slow", "at most", 2), row("fast", "at most", 1)];
    const whyMissed = "The parser is loaded at start.";
    expect(missedPart({ rows: [missed, kept].map((some) => ({ ...some, whyMissed })), figures: [] })).toBe(
      `- **slow**: 2.000×, the goal is ≤ 1.15×. ${whyMissed}`,
    );
  });

  it("says that every goal was met", () => {
    expect(missedPart({ rows: [row("fine", "at most", 1)], figures: [] })).toBe("None: every goal was met.");
  });

  it("shows what docs/benchmarks.json records", () => {
    // The formatter pads the columns of the tables.
    const plain = (page: string) => page.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
    const page = readFileSync(join(ROOT, "docs/benchmarks.md"), "utf8");
    expect(plain(page)).toBe(plain(benchmarksPage(readRecord())));
  });
});

describe("the arguments of npm run bench", () => {
  const known = ["help", "load", "start"];

  it.each([
    { args: [], run: { parts: known, mode: "record" } },
    { args: ["start", "help"], run: { parts: ["help", "start"], mode: "record" } },
    { args: ["--check"], run: { parts: known, mode: "check" } },
    { args: ["load", "--check"], run: { parts: ["load"], mode: "check" } },
    { args: ["--page"], run: { parts: [], mode: "page" } },
  ])("understands $args", ({ args, run: expected }) => {
    expect(readArguments(args, known)).toEqual(expected);
  });

  it.each([
    { args: ["toString"], says: "Unknown part: toString. Choose from: help, load, start." },
    { args: ["--fast"], says: "Unknown option: --fast. The options are --check and --page." },
    { args: ["--check=load"], says: "Unknown option: --check. The options are --check and --page." },
    { args: ["--check", "--page"], says: "Choose one of --check and --page." },
    { args: ["load", "--page"], says: "--page measures nothing. Leave out the part." },
  ])("refuses $args", ({ args, says }) => {
    expect(readArguments(args, known)).toContain(says);
  });
});

describe("the comparison with the recorded results", () => {
  const only = (one: Row): Measured => ({ rows: [one], figures: [] });
  const bound = (value: number, limit = 400): Measured => ({
    rows: [],
    figures: [figure("memory", value, { kind: "at most", value: limit })],
  });

  it.each([
    { title: "a ratio within its margin", before: row("r", "at most", 2), now: row("r", "at most", 2.5), problems: [] },
    {
      title: "a ratio beyond its margin",
      before: row("r", "at most", 2),
      now: row("r", "at most", 2.51),
      problems: ["r: 2.51×, recorded 2.00× (goal at most 1.15×), margin 25 %."],
    },
    {
      title: "a rate that fell",
      before: row("r", "at least", 0.8),
      now: row("r", "at least", 0.59),
      problems: ["r: 0.59×, recorded 0.80× (goal at least 1.15×), margin 25 %."],
    },
    { title: "a rate that rose", before: row("r", "at least", 0.8), now: row("r", "at least", 3), problems: [] },
    {
      title: "a margin of its own",
      before: { ...row("r", "at most", 2), margin: 0.5 },
      now: row("r", "at most", 2.9),
      problems: [],
    },
    {
      title: "a ratio that is not a number",
      before: row("r", "at most", 2),
      now: row("r", "at most", Number.NaN),
      problems: ["r: NaN×, recorded 2.00× (goal at most 1.15×), margin 25 %."],
    },
    {
      title: "a ratio that was not measured again",
      before: row("r", "at most", 2),
      now: row("other", "at most", 2),
      problems: ["r: recorded, but not measured in this run."],
    },
  ])("judges $title", ({ before, now, problems }) => {
    expect(worseThan(only(before), only(now))).toEqual(problems);
  });

  it("reports a bound that was met before and is missed by more than the margin", () => {
    expect(worseThan(bound(390), bound(501))).toEqual([
      "memory: 501.0 MB, the bound was met before: at most 400 MB, margin 25 %.",
    ]);
    expect(worseThan(bound(390), bound(499))).toEqual([]);
    expect(worseThan(bound(410), bound(900))).toEqual([]);
  });
});

describe("docs/benchmarks.json", () => {
  it("keeps what was written, and refuses a figure that is not a number", () => {
    const path = join(mkdtempSync(join(tmpdir(), "wa-token-")), "record.json");
    const part = recorded({ rows: [row("r", "at most", 1.5)], figures: [figure("memory", 401)], how: "A **text**." });
    writeRecord({ part }, path);
    expect(readRecord(path)).toEqual({ part });
    const broken = recorded({ rows: [], figures: [figure("memory", Number.NaN)] });
    expect(() => writeRecord({ part: broken }, path)).toThrow("the results cannot be recorded");
    expect(readRecord(path)).toEqual({ part });
  });
});
