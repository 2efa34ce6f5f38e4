import { describe, expect, it } from "vitest";
import { digestLine } from "../../../src/slack/message/digest-row.ts";
import type { ChannelMessage } from "../../../src/slack/channel-message.ts";
import { messageView } from "../../../src/slack/message/message-view.ts";
import type { DigestCounts, DigestRow, DigestTable } from "../../../src/watch/digest-table.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";
import { after, anEvidence, NOW } from "../../support/builders.ts";
import { aReport } from "../support/deliveries.ts";
import { aRow, aTable } from "../support/digest.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const lineOf = (fields: Partial<DigestRow>): string =>
  plainMrkdwn(digestLine(aRow(fields), NOW, (at) => at.toISOString().slice(0, 10)));

describe("a watch in the digest", () => {
  it.each<[string, Partial<DigestRow>, string]>([
    ["healthy", {}, "• orders-prod: Healthy ✅ · never ends · last answer 2026-11-22"],
    [
      "near its end",
      { state: "expiring", expiry: { kind: "at", at: after(6 * DAY) }, alert: "warning" },
      "• orders-prod: Expiring ⏳ · ends 2026-11-28 (in 6 days) · last answer 2026-11-22 · warning alert open",
    ],
    [
      "expired",
      { state: "expired", expiry: { kind: "at", at: after(-2 * DAY) }, alert: "critical", acknowledged: true },
      "• orders-prod: Expired ⛔ · ended 2026-11-20 (2 days ago) · last answer 2026-11-22 · critical alert open, acknowledged",
    ],
    [
      "snoozed",
      { state: "revoked", alert: "critical", snoozedUntil: after(DAY) },
      "• orders-prod: Revoked ⛔ · had no end · last answer 2026-11-22 · critical alert open, snoozed until 2026-11-23",
    ],
    [
      "revoked before its date",
      { state: "revoked", expiry: { kind: "at", at: after(6 * DAY) } },
      "• orders-prod: Revoked ⛔ · would have ended 2026-11-28 (in 6 days) · last answer 2026-11-22",
    ],
    ["revoked without one", { state: "revoked" }, "• orders-prod: Revoked ⛔ · had no end · last answer 2026-11-22"],
    [
      "without a known end",
      { expiry: { kind: "not_known" } },
      "• orders-prod: Healthy ✅ · its end is not known · last answer 2026-11-22",
    ],
    [
      "proved by a call",
      { evidence: anEvidence() },
      "• orders-prod: Healthy ✅ · never ends · last answer 2026-11-22 by GET /debug_token",
    ],
    [
      "degraded by an older proof",
      { state: "degraded", evidence: anEvidence({ call: "GET /1001", at: after(-2 * DAY) }) },
      "• orders-prod: Degraded ⚠️ · never ends · proved 2026-11-20 by GET /1001, last answer 2026-11-22",
    ],
    [
      "alive, with a number that was not read",
      { unread: [{ kind: "phone", id: "2001", reason: "Meta did not answer" }] },
      "• orders-prod: Alive, not fully checked ❔ · never ends · last answer 2026-11-22 · Not read: number 2001 (Meta did not answer)",
    ],
    ["never answered", { state: "unknown", answeredAt: null }, "• orders-prod: Unknown ❔ · no answer yet"],
    [
      "in need of tidying up",
      { extraScopes: ["public_profile", "ads_read"], old: true },
      "• orders-prod: Healthy ✅ · never ends · last answer 2026-11-22 · not needed: public_profile, ads_read · over a year old and without end: replace it some time",
    ],
  ])("that is %s is one line", (_name, fields, line) => {
    expect(lineOf(fields)).toBe(line);
  });

  it("calls nobody", () => {
    expect(lineOf({ watch: "<!channel>", extraScopes: ["<@U1>"] })).not.toMatch(/<[!@]/);
  });
});

const digest = (table: DigestTable): ChannelMessage =>
  messageView(aReport({ kind: "digest", ...table }), "UTC", undefined);
const read = ({ text }: ChannelMessage): readonly string[] => plainMrkdwn(text).split("\n");

describe("the digest", () => {
  it("counts the states and the open alerts of all, then names each watch", () => {
    const rows = ["a", "b", "c"].map((watch) => aRow({ watch }));
    const states = [
      { state: "expired", count: 1 },
      { state: "expiring", count: 12 },
      { state: "healthy", count: 47 },
    ] as const;
    const counts = { states, alerts: 13, acknowledged: 2, snoozed: 3, unread: 0 };
    const lines = read(digest(aTable(rows, { counts, more: 57 })));
    expect(lines.slice(0, 2)).toEqual([
      "Summary of 60 watched tokens, 22 Nov 2026, 09:00 UTC:",
      "1 expired, 12 expiring, 47 healthy. Open alerts: 13, 2 acknowledged, 3 snoozed, 8 unanswered.",
    ]);
    expect(lines.slice(2).map((line) => line.slice(0, 4))).toEqual(["• a:", "• b:", "• c:", "…and"]);
  });

  it.each<[string, Partial<DigestCounts>, string]>([
    ["no open alert", {}, "1 healthy. No alert is open."],
    ["all acknowledged", { alerts: 2, acknowledged: 2 }, "1 healthy. Open alerts: 2, all acknowledged."],
    ["all snoozed", { alerts: 1, snoozed: 1 }, "1 healthy. Open alerts: 1, all snoozed."],
    ["one not fully checked", { unread: 1 }, "1 alive but not fully checked. No alert is open."],
    [
      "some not fully checked",
      { states: [{ state: "healthy", count: 5 }], unread: 2 },
      "2 alive but not fully checked, 3 healthy. No alert is open.",
    ],
    ["none answered", { alerts: 3 }, "1 healthy. Open alerts: 3, all unanswered."],
    ["some", { alerts: 3, snoozed: 1 }, "1 healthy. Open alerts: 3, 1 snoozed, 2 unanswered."],
  ])("of %s", (_name, counts, line) => {
    expect(read(digest(aTable([aRow()], { counts })))[1]).toBe(line);
  });

  it("says so when nothing is watched, and counts one as one", () => {
    expect(read(digest(aTable([], { counts: { states: [] } })))).toEqual([
      "Summary of 0 watched tokens, 22 Nov 2026, 09:00 UTC: none is watched here.",
    ]);
    expect(read(digest(aTable([aRow()])))[0]).toMatch(/^Summary of 1 watched token,/);
  });

  it("counts those that find no room, for the eyes sixty fit", () => {
    const rows = Array.from({ length: 100 }, (_, index) => aRow({ watch: `shop-${index}` }));
    const { text, blocks } = digest(aTable(rows, { more: 900 }));
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/…and 9\d\d more: `\/wa-token status`$/);
    expect(plainSlack(blocks)).toMatch(/…and 940 more: \/wa-token status$/);
  });
});
