import { expect, it } from "vitest";
import { limitLines } from "../../../src/cli/doctor/limits.ts";
import { addChecks } from "../../../src/watch/budget/check-counts.ts";
import { afterAnswer, type Budget, newBudget } from "../../../src/watch/budget/budget.ts";
import { after, NOW } from "../../support/builders.ts";

const budget = (checks: number, percent: number, waitMs: number | null = null): Budget =>
  afterAnswer({ ...newBudget(NOW), counts: addChecks([], checks, NOW) }, { percent, waitMs }, NOW);

it.each<[string, Budget, number, number, string, string]>([
  [
    "half used",
    budget(1_000, 50),
    0,
    3_120,
    "ok",
    "50 % used. The limit allows a check of its 3,120 tokens every 2 hours.",
  ],
  [
    "much used",
    budget(825, 82.5),
    0,
    780,
    "warning",
    "82.5 % used, by all programs of this app. The bot checks fewer tokens. The limit allows a check of its 780 tokens every hour.",
  ],
  [
    "reached",
    budget(9, 100, 60_000),
    0,
    1,
    "warning",
    "The limit is reached. The bot does not check its token until 2026-11-22 08:01 UTC.",
  ],
  [
    "over",
    budget(9, 100, 60_000),
    2,
    5,
    "warning",
    "The limit was reached. The bot checks one token, and the others when Meta answers.",
  ],
])("doctor says what a limit allows: %s", (_name, known, minute, watches, status, text) => {
  const lines = limitLines(new Map([["42", known]]), () => watches, after(minute * 60_000));
  expect(lines).toEqual([{ status, topic: "Limit of Meta app 42", text }]);
});
