import { describe, expect, it } from "vitest";
import { type Announced, forecastMessages } from "../../../src/watch/forecast/messages.ts";

const [FRIDAY, SATURDAY, SUNDAY] = ["2026-11-27T10:05:00Z", "2026-11-28T10:05:00Z", "2026-11-29T10:05:00Z"];
const MONDAY = "2026-11-30T00:05:00.000Z";

const said = (at: string, reason: Announced["reason"], severity: Announced["severity"]): Announced => ({
  at: new Date(at),
  reason,
  severity,
});

/** The scheduler ticks at five minutes past every hour. */
const tickFrom = (instant: Date): Date => {
  const tick = new Date(instant);
  tick.setUTCMinutes(5, 0, 0);
  return tick < instant ? new Date(tick.getTime() + 3_600_000) : tick;
};

const sent = (announced: readonly Announced[], posted = true) =>
  forecastMessages(announced, {
    quiet: { hours: undefined, days: ["sat", "sun"], timezone: "UTC" },
    tickFrom,
    posted,
    escalates: true,
  }).map(({ at, kind, reason }) => [at.toISOString(), kind, reason].join(" "));

describe("the time of each message", () => {
  it.each<[string, readonly Announced[], boolean, readonly string[]]>([
    [
      "a first announcement is a post",
      [said(FRIDAY, "first", "warning")],
      false,
      ["2026-11-27T10:05:00.000Z post first"],
    ],
    ["a later one is a reply", [said(FRIDAY, "worse", "warning")], true, ["2026-11-27T10:05:00.000Z reply worse"]],
    ["a warning waits for Monday", [said(SATURDAY, "worse", "warning")], true, [`${MONDAY} reply worse`]],
    [
      "what is critical waits for nothing",
      [said(SATURDAY, "worse", "critical")],
      true,
      ["2026-11-28T10:05:00.000Z reply worse"],
    ],
    [
      "two warnings of a weekend are two replies",
      [said(SATURDAY, "worse", "warning"), said(SUNDAY, "worse", "warning")],
      true,
      [`${MONDAY} reply worse`, `${MONDAY} reply worse`],
    ],
    [
      "before the first post they are one message",
      [said(SATURDAY, "first", "warning"), said(SUNDAY, "worse", "warning")],
      false,
      [`${MONDAY} post worse`],
    ],
    [
      "an alert that becomes critical brings its warnings along",
      [said(SATURDAY, "worse", "warning"), said(SUNDAY, "worse", "critical")],
      true,
      ["2026-11-29T10:05:00.000Z reply worse", "2026-11-29T10:05:00.000Z reply worse"],
    ],
    [
      "an escalation goes to the thread and to on-call",
      [said(SUNDAY, "escalated", "critical")],
      true,
      ["2026-11-29T10:05:00.000Z reply escalated", "2026-11-29T10:05:00.000Z escalation escalated"],
    ],
  ])("%s", (_, announced, posted, expected) => {
    expect(sent(announced, posted)).toEqual(expected);
  });
});
