import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { alertMessage } from "../../../src/slack/alert/alert-view.ts";
import type { ChannelMessage } from "../../../src/slack/channel-message.ts";
import { replyText } from "../../../src/slack/alert/reply-view.ts";
import { FINDING_STATES, type FindingCode } from "../../../src/token/finding.ts";
import type { Alert, Reason } from "../../../src/watch/alert.ts";
import { aCard, aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";
import { plainMrkdwn, plainSlack } from "../../docs/plain-slack.ts";

const shown = (alert: Alert): ChannelMessage => alertMessage(alert, "UTC");

const fieldsOf = ({ attachments }: ChannelMessage): readonly string[] =>
  (attachments[0]?.blocks ?? []).flatMap((block) =>
    "fields" in block && block.fields !== undefined ? block.fields.map(({ text }) => text) : [],
  );

describe("an alert in the channel", () => {
  it.each<[string, Partial<Alert>, string]>([
    ["critical is red", {}, "#d72b3f"],
    ["a warning is yellow", { severity: "warning" }, "#daa038"],
    ["what ended is green", { resolvedAt: after(1), resolution: "recovered" }, "#2eb67d"],
  ])("%s", (_name, fields, color) => {
    expect(shown(anAlert(fields)).attachments).toMatchObject([{ color }]);
  });

  it.each<[string, Partial<Alert>, string]>([
    ["critical and open", {}, "<@U0123456789> "],
    ["somebody's on call as well", { card: aCard({ oncall: "U0ONCALL" }) }, "<@U0123456789> <@U0ONCALL> "],
    ["a group's on call as well", { card: aCard({ oncall: "S0TEAM" }) }, "<@U0123456789> <!subteam^S0TEAM> "],
    ["owned by who is on call", { card: aCard({ oncall: "U0123456789" }) }, "<@U0123456789> "],
    ["only a group's", { card: aCard({ owner: undefined, oncall: "S0TEAM" }) }, "<!subteam^S0TEAM> "],
    ["nobody's", { card: aCard({ owner: undefined }) }, ""],
  ])("calls owner and who is on call first when it is %s: %j", (_name, fields, calls) => {
    const { text, blocks } = shown(anAlert(fields));
    expect(text.startsWith(`${calls}Critical: `)).toBe(true);
    expect(blocks).toMatchObject([{ text: { text: expect.stringContaining(`${calls}Critical: `) } }]);
  });

  it.each<[string, Partial<Alert>]>([
    ["only a warning", { severity: "warning" }],
    ["over", { resolvedAt: after(1), resolution: "recovered" }],
  ])("calls nobody when it is %s", (_name, fields) => {
    const card = aCard({ oncall: "S0TEAM" });
    expect(JSON.stringify(shown(anAlert({ ...fields, card })))).not.toMatch(/<@|<!subteam/);
  });

  it("shows the words above the bar, and beside it facts, evidence and buttons", () => {
    const assets = [
      { kind: "phone", id: "100000000002001", name: "Example Shop", reach: "reached", sending: null, failure: null },
      { kind: "waba", id: "100000000001001", name: null, reach: "refused", sending: null, failure: null },
    ] as const;
    const message = shown(anAlert({ verdict: aVerdict({ findings: [aFinding("waba_unreachable")], assets }) }));
    expect(plainSlack(message.blocks)).toBe(
      [
        "@owner Critical: orders-prod is degraded.",
        "A sentence about waba_unreachable.",
        "What to do:",
        "1. What to do.",
        "2. Press Check now when that is done: you see at once whether it is fixed.",
      ].join("\n"),
    );
    expect(fieldsOf(message)).toEqual([
      "*Affected*\ncheckout, crm",
      "*Phone number*\nExample Shop (100000000002001)",
      "*WhatsApp account*\n100000000001001",
      "*Owner*\n<@U0123456789>",
      "*Token ends*\nnever",
      "*Token*\nends in …tailtail, fingerprint aaaaaaaaaaaa",
      "*Read from*\nvariable ORDERS_TOKEN",
    ]);
    expect(plainSlack(message.attachments[0]?.blocks?.slice(1) ?? [])).toBe(
      [
        "Open since 22 Nov 2026, 08:00 UTC.",
        "Seen 22 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, trace Atrace.",
        "[Acknowledge] [Snooze…] [Check now] [Open guide]",
      ].join("\n"),
    );
  });

  it("says nothing to the eyes that its text does not say as well, but for the token and where it is read", () => {
    const message = shown(anAlert({ acknowledged: { by: "U0ANNA", at: NOW } }));
    const seen = [plainSlack(message.blocks), ...fieldsOf(message).slice(0, -2).map(plainMrkdwn)];
    const text = plainMrkdwn(message.text);
    for (const line of seen.flatMap((part) => part.split("\n"))) expect(text).toContain(line);
  });

  it("leaves out what is not configured or not known", () => {
    const card = aCard({
      owner: undefined,
      phoneNumberId: undefined,
      whatsappBusinessAccountId: undefined,
      consumers: [],
    });
    expect(fieldsOf(shown(anAlert({ card, kind: "not_checked", verdict: null })))).toEqual([
      "*Read from*\nvariable ORDERS_TOKEN",
    ]);
  });

  it("counts the users that find no room", () => {
    const consumers = Array.from({ length: 100 }, (_, index) => `service-${index}-${"x".repeat(40)}`);
    expect(
      fieldsOf(shown(anAlert({ card: aCard({ consumers }) }))).find((text) => text.startsWith("*Affected*")),
    ).toMatch(/ and \d+ more$/);
  });

  it("turns no foreign word into a mention or link", () => {
    const hostile = "<!channel> <@U0VICTIM> <https://evil.example|fine>";
    const message = shown(
      anAlert({ card: aCard({ name: hostile, source: hostile, consumers: [hostile], phoneNumberId: hostile }) }),
    );
    expect(JSON.stringify(message)).not.toMatch(/<!channel|<@U0VICTIM|<https/);
  });
});

const CODES = Object.keys(FINDING_STATES) as FindingCode[];
const REASONS = [
  "first",
  "not_checked",
  "reminder",
  "worse",
  "better",
  "stale",
  "recovered",
  "rotated",
  "unwatched",
  "last_day",
  "escalated",
  "acknowledged",
  "unacknowledged",
  "snoozed",
  "unsnoozed",
] as const satisfies readonly Reason[];

const longText = fc.constantFrom(
  "",
  " ",
  "short",
  "<!channel>",
  "&<>".repeat(3_000),
  "🚀".repeat(9_000),
  "`*_~\n".repeat(2_000),
  "مرحبا ".repeat(3_000),
);

const extreme: fc.Arbitrary<Alert> = fc
  .record({
    codes: fc.uniqueArray(fc.constantFrom(...CODES), { maxLength: CODES.length }),
    words: fc.tuple(longText, longText, longText),
    objects: fc.array(longText, { maxLength: 300 }),
    consumers: fc.array(longText, { minLength: 100, maxLength: 100 }),
    kind: fc.constantFrom("problem" as const, "not_checked" as const),
    snoozed: fc.boolean(),
    resolution: fc.constantFrom(null, "recovered" as const, "rotated" as const, "unwatched" as const),
  })
  .map(({ codes, words: [one, two, three], objects, consumers, kind, snoozed, resolution }) => {
    const findings = codes.map((code, index) =>
      aFinding(code, { message: `${one} ${index}`, remedy: `${two} ${index}`, objects, notRecheckedSince: NOW }),
    );
    const evidence = anEvidence({ call: one, trace: two });
    return anAlert({
      kind,
      resolution,
      acknowledged: { by: "U0123456789", at: NOW },
      escalatedAt: NOW,
      snoozed: snoozed ? { by: "U0123456789", at: NOW, until: after(1), reason: three.slice(0, 300) } : null,
      resolvedAt: resolution === null ? null : after(1),
      failing: { failure: aFailure({ message: three }), since: NOW, tries: 9 },
      verdict: aVerdict({
        findings,
        evidence,
        assets: [{ kind: "phone", id: one, name: three, reach: "reached", sending: null, failure: null }],
        token: { expiry: { kind: "at", at: after(1) } },
      }),
      card: aCard({
        name: one,
        source: two,
        consumers,
        phoneNumberId: three,
        whatsappBusinessAccountId: one,
        oncall: "S0123456789",
      }),
    });
  });

describe("however much there is to say", () => {
  it("Slack takes it, as a post and as an edit, uncut", () => {
    fc.assert(
      fc.property(extreme, (alert) => {
        const message = shown(alert);
        expect(messageRefusal({ ...message }, "post")).toBeUndefined();
        expect(messageRefusal({ ...message }, "update")).toBeUndefined();
        expect(message.text.length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 200 },
    );
  });

  it("a reply stays within the same limit", () => {
    fc.assert(
      fc.property(extreme, fc.constantFrom(...REASONS), (alert, reason) => {
        const reply = { revision: 2, reason, at: NOW, notice: true, verdict: alert.verdict, by: "U0123456789" };
        expect(replyText(alert, reply, "Pacific/Chatham").length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 200 },
    );
  });

  it("which watch, what to do and since when are still there", () => {
    const message = "x".repeat(5_000);
    // While the app is blocked there is one thing to do only.
    const codes = CODES.filter((code) => code !== "app_blocked");
    const findings = codes.map((code) => aFinding(code, { message, remedy: `Do ${code}.` }));
    const { text } = shown(anAlert({ verdict: aVerdict({ findings }) }));
    expect(text).toMatch(/^<@U\w+> Critical: \*orders-prod\* is /);
    expect(text).toMatch(/And \d+ more: see \/wa-token status\./);
    expect(text).toContain("1. Do expired.");
    expect(text).toContain("Open since ");
    expect(text).toContain("Seen ");
  });
});
