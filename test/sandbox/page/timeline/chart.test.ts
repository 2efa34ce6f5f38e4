import { describe, expect, it } from "vitest";
import { condense } from "../../../../sandbox/page/client/timeline/condense.ts";
import { createScale } from "../../../../sandbox/page/client/timeline/scale.ts";
import type { LaneView, MomentView } from "../../../../sandbox/page/protocol/timeline-view.ts";

const moment = (at: string, what: string): MomentView => ({
  at,
  what,
  tone: "critical",
  channel: "wa-alerts",
  again: false,
});

const lane = (watch: string, foretold: readonly MomentView[]): LaneView => ({
  watch,
  state: "healthy",
  lives: [],
  thresholds: [],
  happened: [],
  foretold,
});

describe("the chart", () => {
  it("places instants between its edges, and moves others to the nearest edge", () => {
    const { x } = createScale("2026-11-24T00:00:00Z", "2026-12-01T00:00:00Z", 0, 1000);
    expect(x("2026-11-21T00:00:00Z")).toBe(0);
    expect(x("2026-11-26T00:00:00Z")).toBe(500);
    expect(x("2020-01-01T00:00:00Z")).toBe(0);
    expect(x("2030-01-01T00:00:00Z")).toBe(1000);
  });

  it.each([
    [1000, 10],
    [300, 5],
    [80, 2],
  ])("on %i pixels marks %i Mondays, as many as fit", (width, count) => {
    const { marks } = createScale("2026-11-24T00:00:00Z", "2027-01-25T00:00:00Z", 0, width);
    expect(marks.map(({ ms }) => new Date(ms).getUTCDay())).toEqual(marks.map(() => 1));
    expect(marks).toHaveLength(count);
  });
});

describe("the table", () => {
  it("has one row for repeated messages, and orders all watches by time", () => {
    const rows = condense(
      [
        lane("a", [moment("1", "Alert"), moment("3", "Reminder"), moment("5", "Reminder"), moment("7", "Reminder")]),
        lane("b", [moment("2", "Alert"), moment("4", "Worse"), moment("6", "Alert")]),
      ],
      ({ foretold }) => foretold,
    );
    expect(rows.map(({ watch, what, at, times, last }) => [watch, what, at, times, last])).toEqual([
      ["a", "Alert", "1", 1, "1"],
      ["b", "Alert", "2", 1, "2"],
      ["a", "Reminder", "3", 3, "7"],
      ["b", "Worse", "4", 1, "4"],
      ["b", "Alert", "6", 1, "6"],
    ]);
  });
});
