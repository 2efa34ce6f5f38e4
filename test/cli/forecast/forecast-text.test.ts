import { expect, it } from "vitest";
import type { Entry } from "../../../src/cli/forecast/forecast.ts";
import { forecastText } from "../../../src/cli/forecast/forecast-text.ts";

const entry = (day: number, watch: string | null, reason: string, kind: Entry["kind"] = "reply"): Entry => ({
  at: new Date(Date.UTC(2026, 10, day, 9)),
  to: kind === "escalation" ? "U1" : "C0ALERTS",
  kind,
  reason,
  watch,
  text: reason,
});

const linesOf = (entries: readonly Entry[]): readonly string[] => {
  const [from, until] = [new Date("2026-11-01T00:00Z"), new Date("2026-12-01T00:00Z")];
  const remarks = [{ watch: "crm", remark: "never_checked" } as const];
  return forecastText({ from, until, schedule: "* * * * *", entries, remarks, fleets: [] }).split("\n");
};

it("says what it assumes, and joins reminders until the watch's next other message, and digests", () => {
  expect(
    linesOf([
      entry(1, "orders-prod", "first", "post"),
      entry(2, "orders-prod", "reminder"),
      entry(2, "crm", "reminder"),
      entry(2, null, "digest", "digest"),
      entry(3, "orders-prod", "reminder"),
      entry(4, "orders-prod", "escalated", "escalation"),
      entry(5, "orders-prod", "reminder"),
      entry(9, null, "digest", "digest"),
    ]),
  ).toEqual([
    "Forecast until 2026-12-01 00:00 UTC, if nobody acts, Meta's answers stay as they are, and the bot runs at every tick of SCHEDULE (* * * * *).",
    "",
    "2026-11-01 09:00 UTC  C0ALERTS           orders-prod  first",
    "2026-11-02 09:00 UTC  C0ALERTS (thread)  orders-prod  reminder (2 times, the last on 2026-11-03 09:00 UTC)",
    "2026-11-02 09:00 UTC  C0ALERTS (thread)  crm          reminder",
    "2026-11-02 09:00 UTC  C0ALERTS           all          digest (2 times, the last on 2026-11-09 09:00 UTC)",
    "2026-11-04 09:00 UTC  U1                 orders-prod  escalated",
    "2026-11-05 09:00 UTC  C0ALERTS (thread)  orders-prod  reminder",
    "",
    "Watches:",
    "  crm: the bot has not checked this token yet, so nothing can be said about it.",
  ]);
});

it("says that there are no messages", () => {
  expect(linesOf([])).toContain("The bot would send no messages.");
});
