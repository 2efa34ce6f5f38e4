import { describe, expect, it } from "vitest";
import { historyLine } from "../../src/slack/history/history-line.ts";
import { plainTime } from "../../src/slack/moment.ts";
import type { HistoryEntry } from "../../src/watch/history.ts";
import { after, anEvidence } from "../support/builders.ts";
import { anEntry } from "./support/history.ts";

const show = (at: Date): string => plainTime(at, "UTC");
const line = (fields: Partial<HistoryEntry> = {}): string => historyLine(anEntry(fields), show);

/** What somebody did: the state stays, and there is no cause. */
const ANSWER = { from: "degraded", cause: null, evidence: null, by: "U0BEN" } as const;

describe("a line of history", () => {
  it("says when, which watch, from what to what, the cause and the call", () => {
    const evidence = anEvidence({ code: 190, subcode: 463 });
    expect(line({ evidence })).toBe(
      "22 Nov 2026, 08:00 UTC · *orders-prod*: Healthy → Degraded, new problem. The token lacks a permission. (GET /debug_token, HTTP 200, code 190/463)",
    );
  });

  it("leaves the name out where all lines are of one watch", () => {
    expect(historyLine(anEntry(), show, { named: false })).toMatch(/^22 Nov 2026, 08:00 UTC · Healthy → Degraded, /);
  });

  it.each<[Partial<HistoryEntry>, string]>([
    [{ reason: "acknowledged" }, "acknowledged by <@U0BEN>."],
    [{ reason: "unacknowledged" }, "acknowledgement taken back by <@U0BEN>."],
    [
      { reason: "snoozed", until: after(3_600_000), remark: "rotation is planned" },
      "snoozed by <@U0BEN> until 22 Nov 2026, 09:00 UTC: rotation is planned",
    ],
    [{ reason: "unsnoozed" }, "snooze ended by <@U0BEN>."],
    [{ reason: "checked", from: "revoked", to: "revoked" }, "Revoked, checked by <@U0BEN>."],
    [{ reason: "checked", from: "unknown", to: "unknown" }, "Unknown, checked by <@U0BEN>."],
  ])("says who did what, until when and why (%j)", (fields, said) => {
    expect(line({ ...ANSWER, ...fields })).toBe(`22 Nov 2026, 08:00 UTC · *orders-prod*: ${said}`);
  });

  it.each<[Partial<HistoryEntry>, string]>([
    [{ reason: "edited", from: "revoked", to: "expired" }, "Revoked → Expired."],
    [{ reason: "worse", from: "expiring", to: "expiring" }, "Expiring, worse."],
    [{ reason: "rotated", from: "expired", to: "healthy" }, "Expired → Healthy, fixed, the token was replaced."],
    [{ reason: "first", from: "unknown", to: "invalid" }, "Unknown → Invalid, new problem."],
    [{ reason: "escalated", from: "expired", to: "expired" }, "Expired, nobody answered, escalated."],
  ])("has words for every move (%j)", (fields, said) => {
    expect(line({ cause: null, evidence: null, ...fields })).toContain(said);
  });

  it("shows foreign texts literally, cut, on one line", () => {
    const hostile = "<!channel> *a* & \n<@U1|x>".repeat(200);
    const said = line({ watch: hostile, cause: hostile, remark: hostile, by: hostile, evidence: null });
    expect(said.length).toBeLessThan(1_000);
    expect(said).not.toMatch(/<!|<@U1|\n/);
    expect(said).toContain("&lt;!channel&gt;");
  });
});
