import { expect, it } from "vitest";
import { newsSince } from "../../../../sandbox/page/server/time/news.ts";
import type { SaidWord } from "../../../../sandbox/page/server/timeline/journal.ts";

const on = (day: number): Date => new Date(Date.UTC(2026, 10, day, 8));
const said = (day: number, watch: string, reason: SaidWord["reason"]): SaidWord => ({
  at: on(day),
  watch,
  reason,
  severity: "critical",
  state: reason === "worse" ? "expiring" : "expired",
});

it.each([
  ["nothing", [], []],
  ["only what is new", [said(1, "a", "first"), said(2, "a", "recovered")], ["2: a: Fixed"]],
  ["the words of the timeline", [said(2, "a", "worse")], ["2: a: Closer to expiry"]],
  [
    "reminders in a row as one line",
    [said(2, "a", "escalated"), said(3, "a", "reminder"), said(4, "a", "reminder"), said(5, "a", "recovered")],
    ["2: a: Escalated, nobody responded", "4: a: Reminder sent 2 times", "5: a: Fixed"],
  ],
  [
    "reminders of two watches at once",
    [said(2, "a", "reminder"), said(2, "b", "reminder")],
    ["2: a, b: Reminder sent"],
  ],
  [
    "reminders of several watches",
    [said(2, "a", "reminder"), said(2, "b", "reminder"), said(3, "a", "reminder"), said(3, "c", "reminder")],
    ["3: 3 watches: Reminder sent 2 times"],
  ],
  [
    "the latest four lines",
    ["a", "b", "c", "d", "e"].map((watch, index) => said(index + 2, watch, "first")),
    ["3: b: New problem", "4: c: New problem", "5: d: New problem", "6: e: New problem"],
  ],
])("the news are %s", (_, words, lines) => {
  expect(newsSince(words, on(1)).map(({ at, text }) => `${new Date(at).getUTCDate()}: ${text}`)).toEqual(lines);
});
