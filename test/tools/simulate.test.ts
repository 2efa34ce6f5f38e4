import { expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import { playWeek } from "../../tools/simulate/play-week.ts";
import { tableOf } from "../../tools/simulate/table.ts";

it.each([
  { what: "far below the limit", tokens: 20, users: 10, leastChecks: 90, worstMs: 20 * MINUTE_MS },
  { what: "far above the limit", tokens: 500, users: 1, leastChecks: 6, worstMs: 5 * HOUR_MS },
])("a week $what has no call over it", ({ tokens, users, leastChecks, worstMs }) => {
  const played = playWeek(tokens, users, 15 * MINUTE_MS);
  expect(played.over).toBe(0);
  expect(played.checksPerDay).toBeGreaterThan(leastChecks);
  expect(played.worstDelayMs).toBeLessThan(worstMs);
  expect(tableOf([played])).toContain(`| ${String(tokens)} | ${String(users)} |`);
});
