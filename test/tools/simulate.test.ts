import { expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import { drawDelays } from "../../tools/simulate/draw-delays.ts";
import { playWeek } from "../../tools/simulate/play-week.ts";
import { tableOf } from "../../tools/simulate/table.ts";

it.each([
  { what: "far below the limit", tokens: 20, users: 10, leastChecks: 85, mostChecks: 96, worstMs: 20 * MINUTE_MS },
  { what: "far above the limit", tokens: 500, users: 1, leastChecks: 6, mostChecks: 9.6, worstMs: 5 * HOUR_MS },
])("a week $what has no call over it", ({ tokens, users, leastChecks, mostChecks, worstMs }) => {
  const played = playWeek(tokens, users, 15 * MINUTE_MS);
  expect(played.over).toBe(0);
  expect(played.checksPerDay).toBeGreaterThan(leastChecks);
  expect(played.checksPerDay).toBeLessThanOrEqual(mostChecks);
  expect(played.neverChecked).toBe(0);
  expect(played.worstDelayMs).toBeLessThan(worstMs);
  expect(tableOf([played])).toContain(`| ${String(tokens)} | ${String(users)} |`);
});

it("a week that is too short for all tokens says so", () => {
  const played = playWeek(100_000, 1, 15 * MINUTE_MS);
  expect(played.over).toBe(0);
  expect(played.neverChecked).toBeGreaterThan(60_000);
  expect(tableOf([played])).toMatch(/more than 7\.0 days: \d{2},\d{3} never checked/);
});

it("draws a line for each number of users", () => {
  const played = [1, 10].flatMap((users) => [50, 100].map((tokens) => playWeek(tokens, users, 15 * MINUTE_MS)));
  const drawn = drawDelays(played);
  expect(drawn.match(/<polyline points="\d+,\d+ \d+,\d+"/g)).toHaveLength(2);
  expect(drawn).not.toMatch(/NaN|undefined/);
});
