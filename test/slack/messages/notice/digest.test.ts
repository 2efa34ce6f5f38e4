import { describe, expect, it } from "vitest";
import { digestLine } from "../../../../src/slack/messages/notice/digest-row.ts";
import type { ChannelMessage } from "../../../../src/slack/kit/channel-message.ts";
import { messageView } from "../../../../src/slack/messages/message-view.ts";
import type { DigestCounts, DigestRow, DigestTable } from "../../../../src/outbox/digest-table.ts";
import { mrkdwnText } from "../../../../src/slack/kit/spans.ts";
import { plainMrkdwn, plainSlack } from "../../../docs/plain-slack.ts";
import { aFailure, after, anEvidence, NOW } from "../../../support/builders.ts";
import { aReport } from "../../support/deliveries.ts";
import { aRow, aTable } from "../../support/digest.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const lineOf = (fields: Partial<DigestRow>): string =>
  plainMrkdwn(mrkdwnText(digestLine(aRow(fields), { now: NOW, bar: true }), (at) => at.toISOString().slice(0, 10)));

describe("a watch in the digest", () => {
  it.each<[string, Partial<DigestRow>, string]>([
    ["healthy", {}, "orders-prod: ✅ Healthy · never expires · last answer from Meta 2026-11-22"],
    [
      "near its end",
      { state: "expiring", expiry: { kind: "at", at: after(6 * DAY) }, alert: "warning" },
      "orders-prod: ⏳ Expiring · ▓░░░░░░░░░ 6 days left, expires 2026-11-28 · last answer from Meta 2026-11-22 · warning alert open",
    ],
    [
      "expired",
      { state: "expired", expiry: { kind: "at", at: after(-2 * DAY) }, alert: "critical", acknowledged: true },
      "orders-prod: ⛔ Expired · expired 2026-11-20 (2 days ago) · last answer from Meta 2026-11-22 · critical alert open, acknowledged",
    ],
    [
      "snoozed",
      { state: "revoked", alert: "critical", snoozedUntil: after(DAY) },
      "orders-prod: ⛔ Revoked · had no expiry · last answer from Meta 2026-11-22 · critical alert open, snoozed until 2026-11-23",
    ],
    [
      "revoked before its date",
      { state: "revoked", expiry: { kind: "at", at: after(6 * DAY) } },
      "orders-prod: ⛔ Revoked · planned expiry 2026-11-28 · last answer from Meta 2026-11-22",
    ],
    [
      "revoked without one",
      { state: "revoked" },
      "orders-prod: ⛔ Revoked · had no expiry · last answer from Meta 2026-11-22",
    ],
    [
      "without a known end",
      { expiry: { kind: "not_known" } },
      "orders-prod: ✅ Healthy · expiry date not known · last answer from Meta 2026-11-22",
    ],
    [
      "proved by a call",
      { evidence: anEvidence() },
      "orders-prod: ✅ Healthy · never expires · last answer from Meta 2026-11-22 (GET /debug_token)",
    ],
    [
      "degraded by an older proof",
      { state: "degraded", evidence: anEvidence({ call: "GET /1001", at: after(-2 * DAY) }) },
      "orders-prod: ⚠️ Degraded · never expires · proved 2026-11-20 by GET /1001 · last answer from Meta 2026-11-22",
    ],
    [
      "alive, with a number that was not read",
      { unread: [{ kind: "phone", id: "2001", failure: aFailure() }] },
      "orders-prod: ❔ Alive, not fully checked · never expires · last answer from Meta 2026-11-22 · Not read: phone number 2001 (Meta did not answer)",
    ],
    [
      "alive, in a digest that an older version stored",
      { unread: [{ kind: "phone", id: "2001", failure: null, reason: "Meta did not answer" }] },
      "orders-prod: ❔ Alive, not fully checked · never expires · last answer from Meta 2026-11-22 · Not read: phone number 2001 (Meta did not answer)",
    ],
    ["never answered", { state: "unknown", answeredAt: null }, "orders-prod: ❔ Unknown · no successful check yet"],
    [
      "in need of tidying up",
      { extraScopes: ["public_profile", "ads_read"], old: true },
      "orders-prod: ✅ Healthy · never expires · last answer from Meta 2026-11-22 · has permissions that it does not need: public_profile and ads_read. Leave them out of the next token, so that a leak does less harm · the token is over a year old: plan to replace it",
    ],
  ])("that is %s is one line", (_name, fields, line) => {
    expect(lineOf(fields)).toBe(line);
  });

  it("notifies no one", () => {
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
      "⚠️ 13 of 60 tokens need attention",
      "Digest of 22 Nov 2026, 09:00 UTC. 1 expired, 12 expiring and 47 healthy. 13 open alerts: 2 acknowledged, 3 snoozed and 8 not acknowledged.",
    ]);
    expect(lines.slice(2).map((line) => line.slice(0, 4))).toEqual(["• a:", "• b:", "• c:", "…and"]);
  });

  it.each<[string, Partial<DigestCounts>, string]>([
    ["no open alert", {}, "1 healthy. No alert is open."],
    ["all acknowledged", { alerts: 2, acknowledged: 2 }, "1 healthy. 2 open alerts, all acknowledged."],
    ["all snoozed", { alerts: 1, snoozed: 1 }, "1 healthy. 1 open alert, snoozed."],
    ["one not fully checked", { unread: 1 }, "1 alive but not fully checked. No alert is open."],
    [
      "some not fully checked",
      { states: [{ state: "healthy", count: 5 }], unread: 2 },
      "2 alive but not fully checked and 3 healthy. No alert is open.",
    ],
    ["none answered", { alerts: 3 }, "1 healthy. 3 open alerts, all not acknowledged."],
    ["some", { alerts: 3, snoozed: 1 }, "1 healthy. 3 open alerts: 1 snoozed and 2 not acknowledged."],
  ])("of %s", (_name, counts, line) => {
    expect(read(digest(aTable([aRow()], { counts })))[1]).toBe(`Digest of 22 Nov 2026, 09:00 UTC. ${line}`);
  });

  it("names the fleets with a problem, in the text for readers and in the blocks", () => {
    const message = "Could not read file:/fleet.jsonl: there is no such file. 12 watches of its last list stay.";
    const { text, blocks } = digest(aTable([aRow()], { fleets: [{ fleet: "customers", message }] }));
    for (const said of [text, JSON.stringify(blocks)]) {
      expect(said).toContain("customers");
      expect(said).toContain(message);
    }
  });

  it("names what was renewed, by whom, and the new end; nothing else without one", () => {
    const rows = [aRow()];
    const renewed = [
      { watch: "crm", by: { kind: "bot" }, expiry: { kind: "at", at: after(60 * DAY) } },
      { watch: "orders", by: { kind: "slack", user: "U0000000001" }, expiry: { kind: "never" } },
      { watch: "news", by: { kind: "terminal" }, expiry: { kind: "not_known" } },
    ] as const;
    const said = digest(aTable(rows, { renewed }));
    const line =
      "Renewed since the last digest: crm (by itself, expires 21 Jan 2027, 08:00 UTC), orders (by <@U0000000001>, never expires) and news (by a person in a terminal, expiry date not known).";
    expect(read(said)[2]).toBe(line);
    expect(plainSlack(said.blocks)).toContain("Renewed since the last digest: crm (by itself, expires ");
    expect(read(digest(aTable(rows)))).toHaveLength(3);
  });

  it("has its headline in a block of its own, and no line that begins with a dot", () => {
    const [first, ...others] = digest(aTable([aRow()])).blocks;
    expect(first).toMatchObject({ type: "header", text: { text: "✅ The token works" } });
    expect(JSON.stringify(others)).toContain("Healthy\u00A0· never expires\u00A0· ");
    expect(JSON.stringify(others)).not.toContain(" · ");
  });

  it("says that no watch exists, and uses the singular for one", () => {
    expect(read(digest(aTable([], { counts: { states: [] } })))).toEqual([
      "This bot watches no token",
      "Digest of 22 Nov 2026, 09:00 UTC.",
    ]);
    expect(read(digest(aTable([aRow()])))[0]).toBe("✅ The token works");
  });

  it("counts the watches that do not fit; the blocks show sixty", () => {
    const rows = Array.from({ length: 100 }, (_, index) => aRow({ watch: `shop-${index}` }));
    const { text, blocks } = digest(aTable(rows, { more: 900 }));
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/…and 9\d\d more: `\/wa-token status`$/);
    expect(plainSlack(blocks)).toMatch(/…and 940 more: \/wa-token status$/);
  });
});
