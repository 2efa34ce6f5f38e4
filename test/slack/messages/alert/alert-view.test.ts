import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageRefusal } from "../../../../sandbox/slack/limits/message.ts";
import { alertMessage } from "../../../../src/slack/messages/alert/alert-view.ts";
import { LIMITS } from "../../../../src/slack/kit/blocks.ts";
import { type ChannelMessage, minimal } from "../../../../src/slack/kit/channel-message.ts";
import { replyText } from "../../../../src/slack/messages/alert/reply-view.ts";
import { CATALOGUE } from "../../../../src/token/findings/catalogue.ts";
import type { FindingCode } from "../../../../src/token/findings/finding.ts";
import type { Alert, Reason } from "../../../../src/alert/alert.ts";
import {
  aCard,
  aFailure,
  aFinding,
  after,
  anAlert,
  anEvidence,
  anExpiring,
  aVerdict,
  NOW,
} from "../../../support/builders.ts";
import { plainMrkdwn, plainSlack } from "../../../docs/plain-slack.ts";
import { blocksLength, parsedTexts } from "../../support/parsed.ts";

const shown = (alert: Alert): ChannelMessage => alertMessage(alert, "UTC");
const besideBar = ({ attachments }: ChannelMessage) => attachments[0]?.blocks ?? [];
const typesOf = (message: ChannelMessage): readonly string[] =>
  [...message.blocks, ...besideBar(message)].map(({ type }) => type);

const blocked = {
  failure: aFailure({ kind: "app_blocked", message: "Meta blocks the app (code 200: API access blocked)." }),
  since: NOW,
  tries: 2,
};

describe("an alert in the channel", () => {
  it.each<[string, Partial<Alert>, string]>([
    ["critical is red", {}, "#d72b3f"],
    ["a warning is yellow", { severity: "warning" }, "#daa038"],
    ["what ended is green", { resolvedAt: after(1), resolution: "recovered" }, "#2eb67d"],
  ])("%s", (_name, fields, color) => {
    expect(shown(anAlert(fields)).attachments).toMatchObject([{ color }]);
  });

  it.each<[string, Partial<Alert>, string]>([
    ["critical and open", {}, "<@U0123456789>"],
    ["somebody's on call as well", { card: aCard({ oncall: "U0ONCALL" }) }, "<@U0123456789> <@U0ONCALL>"],
    ["a group's on call as well", { card: aCard({ oncall: "S0TEAM" }) }, "<@U0123456789> <!subteam^S0TEAM>"],
    ["owned by the person on call", { card: aCard({ oncall: "U0123456789" }) }, "<@U0123456789>"],
    ["only a group's", { card: aCard({ owner: undefined, oncall: "S0TEAM" }) }, "<!subteam^S0TEAM>"],
    [
      "without a state to say what it breaks",
      { verdict: null, kind: "not_checked", severity: "critical" },
      "<@U0123456789>",
    ],
  ])("notifies the owner and on-call next to the impact, also in its shortest form: %s", (_name, fields, calls) => {
    const message = shown(anAlert(fields));
    const line = message.text.split("\n")[1] ?? "";
    expect(line.endsWith(`. ${calls}`)).toBe(true);
    expect(message.blocks[1]).toMatchObject({ text: { text: expect.stringContaining(line) } });
    expect(minimal(message).text).toBe(message.text.split("\n").slice(0, 2).join("\n"));
  });

  it("notifies no unknown person", () => {
    expect(shown(anAlert({ card: aCard({ owner: undefined }) })).text).not.toMatch(/<[@!](?!date)/);
  });

  it.each<[string, Partial<Alert>]>([
    ["only a warning", { severity: "warning" }],
    ["a warning without an answer", { severity: "warning", verdict: null, kind: "not_checked" }],
    ["over", { resolvedAt: after(1), resolution: "recovered" }],
  ])("notifies nobody when it is %s", (_name, fields) => {
    const card = aCard({ oncall: "S0TEAM" });
    expect(JSON.stringify(shown(anAlert({ ...fields, card })))).not.toMatch(/<@|<!subteam/);
  });

  it("shows the headline, the impact, the cause and the steps, then the buttons, then the small print", () => {
    const assets = [
      { kind: "phone", id: "100000000002001", name: "Example Shop", reach: "reached", sending: null, failure: null },
      { kind: "waba", id: "100000000001001", name: null, reach: "refused", sending: null, failure: null },
    ] as const;
    const finding = aFinding("waba_unreachable", { objects: ["100000000001001"], evidence: anEvidence({ code: 190 }) });
    const message = shown(anAlert({ verdict: aVerdict({ findings: [finding], assets }) }));
    expect(plainSlack(message.blocks)).toBe(
      [
        "🔴 orders-prod: WhatsApp account not reachable",
        "",
        "checkout and crm may be unable to send WhatsApp messages. @owner",
        "This token cannot reach the WhatsApp account 100000000001001. Meta refuses the token there, although its own debugger says that the token works.",
        "1. Generate a new token for the system user.",
        "2. Save the new token in variable ORDERS_TOKEN. This bot reads it there too. Restart the app if it reads the token only at start.",
        "3. Press Check now to confirm.",
      ].join("\n"),
    );
    expect(plainSlack(besideBar(message))).toBe(
      [
        "[Acknowledge] [Snooze…] [Check now] [Open guide]",
        "Phone number: Example Shop (ID 100000000002001) · WhatsApp account: ID 100000000001001 · Owner: @owner · Expires: never · Token: ends in tailtail, fingerprint aaaaaaaaaaaa · Read from: variable ORDERS_TOKEN",
        "Alert open since 22 Nov 2026, 08:00 UTC, severity critical, token state degraded. Seen 22 Nov 2026, 08:00 UTC by GET /debug_token, HTTP 200, trace Atrace.",
      ].join("\n"),
    );
    expect(typesOf(message)).toEqual(["header", "section", "section", "actions", "context", "context"]);
  });

  it.each<[string, Alert]>([
    ["taken", anAlert({ acknowledged: { by: "U0ANNA", at: NOW }, escalatedAt: NOW })],
    ["expiring", anAlert({ verdict: anExpiring("7d", after(6 * 86_400_000)) })],
    ["not checked", anAlert({ kind: "not_checked", verdict: null })],
    ["over", anAlert({ resolvedAt: NOW, resolution: "recovered" })],
  ])("has everything from its blocks in its text, in the same order: %s", (_name, alert) => {
    const { text, blocks, attachments } = shown(alert);
    const seen = [...blocks, ...(attachments[0]?.blocks ?? [])].filter(({ type }) => type !== "actions");
    expect(plainSlack(seen).replace("\n\n", "\n")).toBe(plainMrkdwn(text));
  });

  it("has watch, state, impact, start, steps and time of the check in its text alone", () => {
    const { text } = shown(
      anAlert({ verdict: aVerdict({ findings: [aFinding("revoked")] }), openedAt: after(-1_000) }),
    );
    const date = String.raw`<!date\^\d+\^\{date_short_pretty\} \{time\}\|[^>]+>`;
    for (const part of [
      /^🔴 \*orders-prod: token revoked\*\n/,
      /checkout and crm cannot send/,
      new RegExp(`open since ${date}`),
      /^1\. Generate a new token/m,
      new RegExp(`Seen ${date} by GET /debug_token`),
    ])
      expect(text).toMatch(part);
  });

  it("shows times in each reader's own zone", () => {
    expect(alertMessage(anAlert(), "Europe/Berlin").text).toContain(
      `<!date^${NOW.getTime() / 1_000}^{date_short_pretty} {time}|22 Nov 2026, 09:00 CET>`,
    );
  });

  it.each<[string, Alert["verdict"]]>([
    ["never answered before", null],
    ["healthy before", aVerdict()],
    ["revoked before", aVerdict({ findings: [aFinding("revoked")] })],
    ["missing a permission before", aVerdict({ findings: [aFinding("scope_missing")] })],
  ])("about a blocked app, %s: names the cause, notifies people and suggests no new token", (_name, verdict) => {
    const kind = verdict === null ? "not_checked" : "problem";
    const message = shown(anAlert({ kind, severity: "critical", verdict, failing: blocked }));
    expect(message.text).toMatch(/^🔴 \*orders-prod: app blocked by Meta\*\n.*<@U0123456789>\n/);
    expect(message.text).toContain("Meta blocks the app (code 200: API access blocked).");
    expect(JSON.stringify(message)).not.toMatch(/nothing is known to be wrong|generate|assign|Open guide/i);
  });

  it("turns no foreign text into a mention, a link or a line", () => {
    const hostile = "<!channel> <@U0VICTIM>\n<https://evil.example|fine>";
    const evidence = anEvidence({ call: hostile, trace: hostile });
    const asset = {
      kind: "phone",
      id: hostile,
      name: hostile,
      reach: "reached",
      sending: null,
      failure: null,
    } as const;
    const snoozed = { by: hostile, at: NOW, until: after(1), reason: hostile };
    for (const fields of [
      {},
      { resolvedAt: NOW, resolution: "recovered" as const },
      { severity: "warning" as const },
    ]) {
      const message = shown(
        anAlert({
          ...fields,
          acknowledged: { by: hostile, at: NOW },
          snoozed,
          failing: { failure: aFailure({ message: hostile }), since: NOW, tries: 2 },
          verdict: aVerdict({
            findings: [aFinding("scope_missing", { objects: [hostile] })],
            assets: [asset],
            evidence,
          }),
          card: aCard({
            name: hostile,
            owner: hostile,
            oncall: hostile,
            source: hostile,
            consumers: [hostile],
            phoneNumberId: hostile,
            whatsappBusinessAccountId: hostile,
          }),
        }),
      );
      for (const text of parsedTexts(message)) expect(text).not.toMatch(/<!channel|<@U0VICTIM|<https|^&lt;https/m);
    }
  });
});

const CODES = Object.keys(CATALOGUE) as FindingCode[];
const REASONS = [
  "first",
  "not_checked",
  "reminder",
  "reopened",
  "lasts",
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
  "snooze_over",
  "checked",
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
    const findings = codes.map((code) => aFinding(code, { objects, notRecheckedSince: NOW }));
    const evidence = anEvidence({ call: one, trace: two });
    return anAlert({
      kind,
      resolution,
      acknowledged: { by: "U0123456789", at: NOW },
      checked: { by: "U0123456789", at: NOW },
      reopened: { times: 9, at: NOW, told: false, endSaid: false },
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
  it("Slack accepts it, as a post and as an edit, uncut: the evidence is at the end", () => {
    fc.assert(
      fc.property(extreme, (alert) => {
        const message = shown(alert);
        expect(messageRefusal({ ...message }, "post")).toBeUndefined();
        expect(messageRefusal({ ...message }, "update")).toBeUndefined();
        expect(message.text.length).toBeLessThanOrEqual(LIMITS.messageText);
        expect(blocksLength(message)).toBeLessThanOrEqual(LIMITS.messageBlocksText);
        expect(message.text).toMatch(/(Alert open since|Open from) <!date[^\n]+\.$/);
      }),
      { numRuns: 200 },
    );
  });

  it("a reply stays within the same limit, on one line", () => {
    fc.assert(
      fc.property(extreme, fc.constantFrom(...REASONS), (alert, reason) => {
        const word = { reason, at: NOW, notice: true, verdict: alert.verdict, by: "U0123456789" };
        const reply = replyText(alert, word, "Pacific/Chatham");
        expect(reply.length).toBeLessThanOrEqual(LIMITS.messageText);
        expect(reply).not.toContain("\n");
      }),
      { numRuns: 200 },
    );
  });

  it("the watch, the steps and the start are still there", () => {
    // While the app is blocked there is one thing to do only.
    const findings = CODES.filter((code) => code !== "app_blocked").map((code) => aFinding(code));
    const { text } = shown(anAlert({ verdict: aVerdict({ findings }) }));
    expect(text).toMatch(/^🔴 \*orders-prod: token expired\*\n/);
    expect(text).toMatch(/\d+ more problems?: see `\/wa-token status`\./);
    expect(text).toContain("1. Generate a new token for the system user.");
    expect(text).toContain("open since ");
    expect(text).toContain("Seen ");
  });
});
