import { describe, expect, it } from "vitest";
import { addChecks } from "../../../src/watch/budget/check-counts.ts";
import { pacesOf } from "../../../src/watch/budget/app-pace.ts";
import { afterAnswer, type Budget, newBudget, type Usage } from "../../../src/watch/budget/budget.ts";
import { after, NOW } from "../../support/builders.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** A budget after this many checks and one answer. */
const budget = (checks: number, percent: number | null, waitMs: number | null = null): Budget => {
  const usage: Usage = { percent, waitMs };
  return afterAnswer({ ...newBudget(NOW), counts: addChecks([], checks, NOW) }, usage, NOW);
};

describe("what the limit of a Meta app allows", () => {
  it.each<[string, Budget, number, number, object]>([
    // 1,000 checks used 50 %, and the share may settle at 78 %: 1,560 checks an hour.
    ["half used", budget(1_000, 50), 0, 1_560, { pace: { kind: "normal" }, percent: 50, intervalMs: 60 * MINUTE }],
    ["half used, one watch", budget(1_000, 50), 0, 1, { pace: { kind: "normal" }, intervalMs: MINUTE }],
    ["too little used to say", budget(1_000, 2), 0, 10, { pace: { kind: "normal" }, percent: 2, intervalMs: null }],
    // The limit is 1,000 checks an hour, of which 780 may be used for long. At 82.5 %, the pace is half of the limit.
    ["much used", budget(825, 82.5), 0, 780, { pace: { kind: "reduced", perHour: 500 }, intervalMs: 60 * MINUTE }],
    [
      "much used by others",
      budget(9, 82.5),
      0,
      24,
      { pace: { kind: "reduced", perHour: 12 }, intervalMs: 120 * MINUTE },
    ],
    [
      "the limit",
      budget(90, 100, 9 * MINUTE),
      1,
      24,
      { pace: { kind: "paused", until: after(9 * MINUTE) }, intervalMs: null },
    ],
    [
      "the end of a pause",
      budget(90, 100, 9 * MINUTE),
      10,
      24,
      { pace: { kind: "trying", after: "pause" }, intervalMs: null },
    ],
    [
      "much used long ago",
      budget(90, 80),
      61,
      24,
      { pace: { kind: "trying", after: "high share" }, percent: null, intervalMs: null },
    ],
  ])("after %s", (_name, known, minute, watches, expected) => {
    const [pace] = pacesOf(new Map([["42", known]]), () => watches, after(minute * MINUTE));
    expect(pace).toMatchObject({ app: "42", watches, ...expected });
  });

  it("is not told when Graph said nothing in the last hour", () => {
    expect(pacesOf(new Map([["42", budget(90, null)]]), () => 1, NOW)).toEqual([]);
    expect(pacesOf(new Map([["42", budget(90, 50)]]), () => 1, after(61 * MINUTE))).toEqual([]);
  });

  it("is not told of an app without watches", () => {
    expect(pacesOf(new Map([["42", budget(90, 100, MINUTE)]]), () => 0, NOW)).toEqual([]);
  });

  it("ages although the clock was set back", () => {
    const [pace] = pacesOf(new Map([["42", budget(90, 100, 9 * MINUTE)]]), () => 1, after(-DAY));
    expect(pace?.pace).toEqual({ kind: "paused", until: after(9 * MINUTE - DAY) });
  });

  it("comes with the slowest app first", () => {
    const budgets = new Map([
      ["normal", budget(100, 20)],
      ["few", budget(825, 82.5)],
      ["paused", budget(90, 100, MINUTE)],
      ["many", budget(825, 82.5)],
    ]);
    const paces = pacesOf(budgets, (app) => (app === "many" ? 900 : 90), NOW);
    expect(paces.map(({ app }) => app)).toEqual(["paused", "many", "few", "normal"]);
  });
});
