import { describe, expect, it } from "vitest";
import type { ForetoldWord } from "../../../../sandbox/page/server/timeline/forecast.ts";
import { toldMessages } from "../../../../sandbox/page/server/timeline/told.ts";

const [FRIDAY, SATURDAY, SUNDAY] = ["2026-11-27T10:05:00Z", "2026-11-28T10:05:00Z", "2026-11-29T10:05:00Z"];
const MONDAY = "2026-11-30T00:05:00.000Z";

const word = (at: string, reason: ForetoldWord["reason"], severity: ForetoldWord["severity"]): ForetoldWord => ({
  at: new Date(at),
  reason,
  severity,
  state: "expiring",
  cause: null,
});

/** The scheduler ticks at five minutes past every hour. */
const tickFrom = (instant: Date): Date => {
  const tick = new Date(instant);
  tick.setUTCMinutes(5, 0, 0);
  return tick < instant ? new Date(tick.getTime() + 3_600_000) : tick;
};

const told = (words: readonly ForetoldWord[], posted = true) =>
  toldMessages(words, {
    quiet: { hours: undefined, days: ["sat", "sun"], timezone: "UTC" },
    tickFrom,
    posted,
    escalates: true,
  }).map(({ at, kind, reason }) => [at.toISOString(), kind, reason].join(" "));

describe("the time of each message", () => {
  it.each<[string, readonly ForetoldWord[], boolean, readonly string[]]>([
    ["a first word is a post", [word(FRIDAY, "first", "warning")], false, ["2026-11-27T10:05:00.000Z post first"]],
    ["a later one is a reply", [word(FRIDAY, "worse", "warning")], true, ["2026-11-27T10:05:00.000Z reply worse"]],
    ["a warning waits for Monday", [word(SATURDAY, "worse", "warning")], true, [`${MONDAY} reply worse`]],
    [
      "what is critical waits for nothing",
      [word(SATURDAY, "worse", "critical")],
      true,
      ["2026-11-28T10:05:00.000Z reply worse"],
    ],
    [
      "two warnings of a weekend are two replies",
      [word(SATURDAY, "worse", "warning"), word(SUNDAY, "worse", "warning")],
      true,
      [`${MONDAY} reply worse`, `${MONDAY} reply worse`],
    ],
    [
      "before the first post they are one message",
      [word(SATURDAY, "first", "warning"), word(SUNDAY, "worse", "warning")],
      false,
      [`${MONDAY} post worse`],
    ],
    [
      "an alert that becomes critical brings its warnings along",
      [word(SATURDAY, "worse", "warning"), word(SUNDAY, "worse", "critical")],
      true,
      ["2026-11-29T10:05:00.000Z reply worse", "2026-11-29T10:05:00.000Z reply worse"],
    ],
    [
      "an escalation goes to the thread and to on-call",
      [word(SUNDAY, "escalated", "critical")],
      true,
      ["2026-11-29T10:05:00.000Z reply escalated", "2026-11-29T10:05:00.000Z escalation escalated"],
    ],
  ])("%s", (_, words, posted, expected) => {
    expect(told(words, posted)).toEqual(expected);
  });
});
