import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../sandbox/slack/limits/message.ts";
import { alertMessage, type AlertMessage } from "../../../src/slack/alert/alert-view.ts";
import { replyText } from "../../../src/slack/alert/reply-view.ts";
import { FINDING_STATES, type FindingCode } from "../../../src/token/finding.ts";
import type { Alert, Reason } from "../../../src/watch/alert.ts";
import { aCard, aFailure, aFinding, after, anAlert, anEvidence, aVerdict, NOW } from "../../support/builders.ts";

const shown = (alert: Alert): AlertMessage => alertMessage(alert, "UTC");

const fieldsOf = ({ attachments }: AlertMessage): readonly string[] =>
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

  it.each<[string, Partial<Alert>, boolean]>([
    ["critical and open", {}, true],
    ["only a warning", { severity: "warning" }, false],
    ["over", { resolvedAt: after(1), resolution: "recovered" }, false],
    ["nobody's", { card: aCard({ owner: undefined }) }, false],
  ])("mentions the owner first when it is %s: %j", (_name, fields, mentioned) => {
    expect(shown(anAlert(fields)).text.startsWith("<@U0123456789> Critical: ")).toBe(mentioned);
    expect(shown(anAlert(fields)).text.includes("<@")).toBe(mentioned);
  });

  it("has the details beside it: token, source, number, account and who uses it", () => {
    const assets = [
      { kind: "phone", id: "100000000002001", name: "Example Shop", reach: "reached", sending: null, failure: null },
      { kind: "waba", id: "100000000001001", name: null, reach: "refused", sending: null, failure: null },
    ] as const;
    const verdict = aVerdict({ findings: [aFinding("waba_unreachable")], assets });
    expect(fieldsOf(shown(anAlert({ verdict })))).toEqual([
      "*Token*\nends in …tailtail, fingerprint aaaaaaaaaaaa",
      "*Read from*\nvariable ORDERS_TOKEN",
      "*Phone number*\nExample Shop (100000000002001)",
      "*WhatsApp account*\n100000000001001",
      "*Used by*\ncheckout, crm",
      "*Evidence*\nGET /debug_token, HTTP 200, trace Atrace",
    ]);
  });

  it("leaves out what is not configured or not known", () => {
    const card = aCard({ phoneNumberId: undefined, whatsappBusinessAccountId: undefined, consumers: [] });
    expect(fieldsOf(shown(anAlert({ card, verdict: null })))).toEqual(["*Read from*\nvariable ORDERS_TOKEN"]);
  });

  it("names the call beside the words, or that none was made", () => {
    const made = anEvidence({ call: "GET /1 & <2>", status: 400, code: 100, subcode: 33 });
    const evidenceOf = (evidence: typeof made | null) =>
      fieldsOf(shown(anAlert({ verdict: aVerdict({ findings: [aFinding("not_a_token")], evidence }) }))).at(-1);
    expect(evidenceOf(made)).toBe("*Evidence*\nGET /1 &amp; &lt;2&gt;, HTTP 400, code 100/33, trace Atrace");
    expect(evidenceOf(null)).toBe("*Evidence*\nthe shape of the value; no call was made");
  });

  it("counts the users that find no room", () => {
    const consumers = Array.from({ length: 100 }, (_, index) => `service-${index}-${"x".repeat(40)}`);
    expect(
      fieldsOf(shown(anAlert({ card: aCard({ consumers }) }))).find((text) => text.startsWith("*Used by*")),
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
      snoozed: snoozed ? { by: "U0123456789", at: NOW, until: after(1), reason: three.slice(0, 300) } : null,
      resolvedAt: resolution === null ? null : after(1),
      failing: { failure: aFailure({ message: three }), since: NOW, tries: 9 },
      verdict: aVerdict({
        findings,
        evidence,
        assets: [{ kind: "phone", id: one, name: three, reach: "reached", sending: null, failure: null }],
        token: { expiry: { kind: "at", at: after(1) } },
      }),
      card: aCard({ name: one, source: two, consumers, phoneNumberId: three, whatsappBusinessAccountId: one }),
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
    const findings = CODES.map((code) => aFinding(code, { message, remedy: `Do ${code}.` }));
    const { text } = shown(anAlert({ verdict: aVerdict({ findings }) }));
    expect(text).toMatch(/^<@U\w+> Critical: \*orders-prod\* is /);
    expect(text).toMatch(/And \d+ more: see \/wa-token status\./);
    expect(text).toContain("What to do: Do expired.");
    expect(text).toContain("Open since ");
    expect(text).toContain("Seen ");
  });
});
