import { describe, expect, it } from "vitest";
import { replyText } from "../../../src/slack/alert/reply-view.ts";
import type { Alert, Reason, Word } from "../../../src/watch/alert.ts";
import { plainMrkdwn } from "../../docs/plain-slack.ts";
import { aCard, aFailure, aFinding, after, anAlert, anExpiring, aVerdict, NOW } from "../../support/builders.ts";

const expired = aVerdict({
  findings: [aFinding("expired", { message: "The token expired.", remedy: "Make a new one." })],
});
const failing = { failure: aFailure({ message: "Graph did not answer." }), since: NOW, tries: 4 };

const read = (reason: Reason, alert: Partial<Alert> = {}, fields: Partial<Word> = {}): string =>
  plainMrkdwn(
    replyText(anAlert(alert), { reason, at: NOW, notice: false, verdict: expired, by: null, ...fields }, "UTC"),
  );

describe("a reply in the alert's thread", () => {
  it.each<[Reason, Partial<Alert>, string]>([
    ["worse", {}, "Now worse: orders-prod is expired. The token expired. What to do: Make a new one."],
    ["better", {}, "Better, but not fixed yet: orders-prod is expired. The token expired. What to do: Make a new one."],
    ["first", {}, "New problem: orders-prod is expired. The token expired. What to do: Make a new one."],
    [
      "stale",
      { failing },
      "Not re-checked for a while: orders-prod. Graph did not answer. The alert above shows the last answer.",
    ],
    [
      "stale",
      {},
      "Not re-checked for a while: orders-prod. Meta did not answer. The alert above shows the last answer.",
    ],
    [
      "recovered",
      { resolution: "recovered", verdict: aVerdict() },
      "Fixed: orders-prod. The token is healthy again. Token ends: never.",
    ],
    [
      "rotated",
      { resolution: "rotated", verdict: aVerdict(), before: { fingerprint: "b", expiry: { kind: "at", at: NOW } } },
      "Fixed: orders-prod. The token was replaced. Token ends: never (before: 22 Nov 2026, 08:00 UTC).",
    ],
    [
      "unwatched",
      { resolution: "unwatched" },
      "No longer watched: orders-prod left the watchlist. The problem may still be there; nobody looks any more.",
    ],
    ["last_day", {}, "The last day: orders-prod ends soon. What to do: Make a new one."],
    [
      "escalated",
      { criticalSince: after(-7_200_000), acceptedAt: after(-7_200_000) },
      "Escalated to on-call: orders-prod. Nobody answered for 2 hours.",
    ],
    [
      "escalated",
      { criticalSince: after(-7_200_000), acceptedAt: after(-3_600_000) },
      "Escalated to on-call: orders-prod. Nobody answered for 1 hour.",
    ],
    [
      "escalated",
      {
        criticalSince: after(-7_200_000),
        acceptedAt: after(-7_200_000),
        snoozed: { by: "U0BEN", at: NOW, until: after(-3_600_000), reason: "x" },
      },
      "Escalated to on-call: orders-prod. Nobody answered for 1 hour.",
    ],
    ["escalated", {}, "Escalated to on-call: orders-prod. Nobody answered."],
    ["escalated", { criticalSince: after(1) }, "Escalated to on-call: orders-prod. Nobody answered."],
  ])("says %s in whole sentences", (reason, alert, text) => {
    expect(read(reason, alert)).toBe(text);
  });

  it.each<[string, Partial<Alert>, string]>([
    ["expired", { verdict: expired }, "expired"],
    ["not checked", { kind: "not_checked", verdict: null, failing }, "not checked"],
    [
      "of a blocked app",
      { verdict: expired, failing: { ...failing, failure: aFailure({ kind: "app_blocked" }) } },
      "app blocked",
    ],
  ])("reminds on one line, with a link to the message: %s", (_name, alert, state) => {
    const word = { reason: "reminder", at: NOW, notice: true, verdict: expired, by: null } as const;
    const start = `@owner Still not fixed: orders-prod (${state}), open since 22 Nov 2026, 08:00 UTC.`;
    const link = "https://acme.slack.com/archives/C0ALERTS/p1700000000000100";
    expect(plainMrkdwn(replyText(anAlert(alert), word, "UTC", link))).toBe(`${start} <${link}|See what to do>.`);
    expect(plainMrkdwn(replyText(anAlert(alert), word, "UTC"))).toBe(start);
  });

  it("speaks of the verdict it was written for, not of the latest", () => {
    expect(read("worse", { verdict: aVerdict({ findings: [aFinding("revoked")] }) })).toContain("is expired.");
  });

  it("names the last day by its date and time, which Slack writes as tomorrow", () => {
    const verdict = anExpiring("3d", after(86_400_000));
    const word = { reason: "last_day", at: NOW, notice: true, verdict, by: null } as const;
    const text = replyText(anAlert({ verdict }), word, "UTC");
    expect(text).toMatch(
      /^<@U0123456789> The last day: \*orders-prod\* ends <!date\^\d+\^\{date_short_pretty\} \{time\}/,
    );
    expect(plainMrkdwn(text)).toBe(
      "@owner The last day: orders-prod ends 23 Nov 2026, 08:00 UTC. What to do: What to do.",
    );
    expect(replyText(anAlert(), { ...word, notice: false, verdict: null }, "UTC")).toBe(
      "The last day: *orders-prod* ends soon.",
    );
  });

  it("does without a verdict when there never was one", () => {
    expect(read("not_checked", {}, { verdict: null })).toBe("Could not be checked: orders-prod.");
  });

  it("calls the owner and who is on call only when people must notice", () => {
    const card = aCard({ oncall: "S0TEAM" });
    expect(read("reminder", { card }, { notice: true })).toMatch(/^@owner <!subteam\^S0TEAM> Still not fixed/);
    expect(read("reminder", { card }, { notice: false })).toMatch(/^Still not fixed/);
    expect(read("reminder", { card: aCard({ owner: undefined }) }, { notice: true })).toMatch(/^Still not fixed/);
  });

  it.each<[Reason, string]>([
    ["acknowledged", "Taken by <@U0ANNA>: orders-prod. No more reminders unless it gets worse."],
    ["unacknowledged", "Acknowledgement taken back by <@U0ANNA>: orders-prod."],
    ["snoozed", "Snoozed by <@U0ANNA>: orders-prod."],
    ["unsnoozed", "Snooze ended by <@U0ANNA>: orders-prod."],
  ])("says who did it: %s", (reason, text) => {
    expect(read(reason, {}, { by: "U0ANNA" })).toBe(text);
  });

  it("gives the end and the reason of a snooze, as long as no other one took its place", () => {
    const snoozed = { by: "U0ANNA", at: NOW, until: after(3_600_000), reason: "rotation is planned" };
    const own = "Snoozed by <@U0ANNA>: orders-prod, until 22 Nov 2026, 09:00 UTC. Reason: rotation is planned";
    expect(read("snoozed", { snoozed }, { by: "U0ANNA" })).toBe(own);
    expect(read("snoozed", { snoozed }, { by: "U0BEN" })).toBe("Snoozed by <@U0BEN>: orders-prod.");
    expect(read("snoozed", { snoozed: { ...snoozed, at: after(1) } }, { by: "U0ANNA" })).not.toContain("rotation");
  });
});
