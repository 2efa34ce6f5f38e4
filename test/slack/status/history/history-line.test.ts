import { describe, expect, it } from "vitest";
import { historyLine } from "../../../../src/slack/status/history/history-line.ts";
import { plainTime } from "../../../../src/slack/kit/moment.ts";
import type { HistoryEntry } from "../../../../src/alert/history.ts";
import { after, anEvidence } from "../../../support/builders.ts";
import { anEntry } from "../../support/history.ts";

const show = (at: Date): string => plainTime(at, "UTC");
const line = (fields: Partial<HistoryEntry> = {}): string => historyLine(anEntry(fields), show);

/** What somebody did: the state stays, and there is no cause. */
const ANSWER = { from: "degraded", cause: null, evidence: null, by: "U0BEN" } as const;

describe("a line of history", () => {
  it("has the time, the watch, both states, the cause and the call", () => {
    const evidence = anEvidence({ code: 190, subcode: 463 });
    expect(line({ evidence })).toBe(
      "22 Nov 2026, 08:00 UTC · *orders-prod* · New problem: Healthy → Degraded. The token lacks a permission. (GET /debug_token, HTTP 200, code 190/463)",
    );
  });

  it("leaves out the name when all lines are about one watch", () => {
    expect(historyLine(anEntry(), show, { named: false })).toMatch(
      /^22 Nov 2026, 08:00 UTC · New problem: Healthy → Degraded\./,
    );
  });

  it.each<[Partial<HistoryEntry>, string]>([
    [{ reason: "acknowledged" }, "Acknowledged by <@U0BEN>."],
    [{ reason: "unacknowledged" }, "Acknowledgement undone by <@U0BEN>."],
    [
      { reason: "snoozed", until: after(3_600_000), remark: "rotation is planned" },
      "Snoozed by <@U0BEN> until 22 Nov 2026, 09:00 UTC. Reason: “rotation is planned”",
    ],
    [{ reason: "unsnoozed" }, "Snooze ended by <@U0BEN>."],
    [{ reason: "checked", from: "revoked", to: "revoked" }, "Checked by <@U0BEN>: Revoked."],
    [{ reason: "checked", from: "unknown", to: "unknown" }, "Checked by <@U0BEN>: Unknown."],
  ])("has the person, the action, its end and its reason (%j)", (fields, said) => {
    expect(line({ ...ANSWER, ...fields })).toBe(`22 Nov 2026, 08:00 UTC · *orders-prod* · ${said}`);
  });

  it.each<[Partial<HistoryEntry>, string]>([
    [{ reason: "edited", from: "revoked", to: "expired" }, "State changed: Revoked → Expired."],
    [{ reason: "worse", from: "expiring", to: "expiring" }, "Less time left, still Expiring."],
    [{ reason: "rotated", from: "expired", to: "healthy" }, "Fixed, token replaced: Expired → Healthy."],
    [{ reason: "first", from: "unknown", to: "invalid" }, "New problem: Unknown → Invalid."],
    [{ reason: "escalated", from: "expired", to: "expired" }, "Escalated, nobody responded."],
    [{ reason: "not_checked", from: "healthy", to: "healthy" }, "Alive, not fully checked."],
  ])("has a text for every change (%j)", (fields, said) => {
    expect(line({ cause: null, evidence: null, ...fields })).toContain(said);
  });

  it("shows foreign texts literally, cut, on one line", () => {
    const hostile = "<!channel> *a* & \n<@U1|x>".repeat(200);
    const said = line({
      watch: hostile,
      cause: { kind: "text", text: hostile },
      remark: hostile,
      by: hostile,
      evidence: null,
    });
    expect(said.length).toBeLessThan(1_000);
    expect(said).not.toMatch(/<!|<@U1|\n/);
    expect(said).toContain("&lt;!channel&gt;");
  });
});
