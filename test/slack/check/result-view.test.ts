import { describe, expect, it } from "vitest";
import { resultMessage, resultView } from "../../../src/slack/check/result-view.ts";
import type { State } from "../../../src/token/findings/finding.ts";
import { judgeShape } from "../../../src/token/judge.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { after, aFinding, anEvidence, anExpiring, anUnknown, aVerdict, NOW, SCOPES } from "../../support/builders.ts";
import { aCheckOutcome, written } from "../support/harness.ts";

const DAY_MS = 86_400_000;

const show = (verdict: Verdict, fields: Parameters<typeof aCheckOutcome>[0] = {}, typed = false) => {
  const result = { outcome: aCheckOutcome({ verdict, ...fields }), typed, now: NOW, timezone: "UTC" };
  return { view: resultView(result), message: resultMessage(result) };
};

/** Every text of a view, one per line. */
const texts = (verdict: Verdict, fields: Parameters<typeof aCheckOutcome>[0] = {}, typed = false): string =>
  [...written(show(verdict, fields, typed).view.blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text ?? ""}"`) as string)
    .join("\n");

const dead = (code: "expired" | "revoked" | "invalid") => aVerdict({ findings: [aFinding(code)] });
const shapeless = judgeShape({ shape: "short", place: null }, { fingerprint: "", tail: "" }, NOW);

const phone = {
  kind: "phone",
  id: "1002",
  name: "Anna's Shop",
  reach: "reached",
  sending: "available",
  failure: null,
} as const;
const waba = { ...phone, kind: "waba", id: "1001" } as const;

const NO_PAYMENT = {
  kind: "sending",
  entities: [{ type: "PHONE_NUMBER", id: "1002" }],
  obstacles: ["No payment method."],
} as const;

describe("the result of a check", () => {
  it.each<[Verdict, string, State]>([
    [aVerdict(), "Healthy", "healthy"],
    [anExpiring("7d", after(5 * DAY_MS)), "Expiring", "expiring"],
    [aVerdict({ findings: [aFinding("scope_missing")] }), "Degraded", "degraded"],
    [dead("expired"), "Expired", "expired"],
    [dead("revoked"), "Revoked", "revoked"],
    [dead("invalid"), "Invalid", "invalid"],
    [shapeless, "Invalid", "invalid"],
    [anUnknown(), "Unknown", "unknown"],
  ])("carries the state word in its header (%#: %s)", (verdict, word, state) => {
    expect(verdict.state).toBe(state);
    const { view, message } = show(verdict);
    expect(view.blocks[0]).toMatchObject({
      type: "header",
      text: { text: expect.stringMatching(new RegExp(`^\\S+ ${word}: `)) },
    });
    expect(message.text).toMatch(new RegExp(`^\\S+ ${word}: `));
  });

  it("shows when the token ends, in the viewer's time zone and as a duration", () => {
    expect(texts(aVerdict({ token: { expiry: { kind: "at", at: after(5 * DAY_MS + 1) } } }))).toMatch(
      /\*Expires\*\n<!date\^1795766400\^\{date_short_pretty\} \{time\}\|27 Nov 2026, 08:00 UTC> \(in 5 days\)/,
    );
    expect(texts(aVerdict())).toContain("*Expires*\nnever");
    expect(texts(aVerdict({ token: { expiry: { kind: "not_known" } } }))).not.toContain("*Expires*");
    expect(texts(aVerdict({ token: { expiry: { kind: "at", at: after(-2 * DAY_MS) } } }))).toMatch(
      /\*Expiry date\*\n.*2 days ago/,
    );
  });

  it.each([
    ["expiring", anExpiring("7d", after(5 * DAY_MS)), "27 Nov 2026"],
    [
      "expired",
      aVerdict({
        findings: [aFinding("expired", { facts: { kind: "end", at: after(-DAY_MS), past: true } })],
        token: { expiry: { kind: "at", at: after(-DAY_MS) } },
      }),
      "21 Nov 2026",
    ],
  ])("gives the date of an %s token once", (_state, verdict, day) => {
    expect(texts(verdict).split(day)).toHaveLength(2);
    expect(show(verdict).message.text.split(day)).toHaveLength(2);
  });

  it("shows issued, type, app, user, fingerprint and tail", () => {
    const all = texts(aVerdict());
    for (const line of [
      /\*Issued\*\n<!date\^1767225600\^/,
      /\*Type\*\n`SYSTEM_USER`/,
      /\*App\*\nOrders \(ID `100000000000042`\)/,
      /\*User ID\*\n`100000000003001`/,
      /\*Fingerprint\*\n`aaaaaaaaaaaa`, token ends in `tailtail`/,
    ])
      expect(all).toMatch(line);
    const unknown = texts(
      aVerdict({ token: { appName: null, appId: null, issuedAt: null, type: null, userId: null } }),
    );
    expect(unknown).not.toMatch(/not known|\*(Issued|Type|App|User ID)\*/);
  });

  it("lists permissions present, missing and not needed", () => {
    const verdict = aVerdict({
      token: { scopes: [SCOPES[0], "public_profile"], missingScopes: [SCOPES[1]], extraScopes: ["public_profile"] },
      findings: [aFinding("scope_missing", { objects: [SCOPES[1]] })],
    });
    expect(texts(verdict)).toContain(
      `Present: \`${SCOPES[0]}\`\nMissing: \`${SCOPES[1]}\`\nNot needed: \`public_profile\``,
    );
    expect(texts(aVerdict({ token: { scopes: null } }))).not.toContain("*Permissions*");
  });

  it.each<[string, Verdict, RegExp]>([
    [
      "reached",
      aVerdict({ assets: [phone, waba] }),
      /\*Phone number\* `1002`: reached \(Anna's Shop\)\. Meta reports no sending block\./,
    ],
    [
      "silent about sending",
      aVerdict({ assets: [{ ...phone, sending: null }] }),
      /`1002`: reached \(Anna's Shop\)\.$/m,
    ],
    [
      "blocked",
      aVerdict({
        assets: [{ ...phone, sending: "blocked" }],
        findings: [aFinding("sending_blocked", { objects: ["1002"], facts: NO_PAYMENT })],
      }),
      /Degraded: Meta blocks sending\nThe token itself works, but Meta blocks sending for the phone number `1002`\. No payment method\.\n[\s\S]*`1002`: reached \(Anna's Shop\)\. Meta reports a sending block\.$/m,
    ],
    ["limited", aVerdict({ assets: [{ ...phone, sending: "limited" }] }), /Meta reports a sending limit\./],
    [
      "refused",
      aVerdict({
        assets: [{ ...waba, reach: "refused", sending: null }],
        findings: [aFinding("waba_unreachable", { objects: ["1001"] })],
      }),
      /Degraded: cannot use the WhatsApp account\nThis token cannot reach the WhatsApp account `1001`\. Meta says that a permission for it is missing\.\n[\s\S]*\*WhatsApp account\* `1001`: Meta refuses access\./,
    ],
  ])("says whether the phone number and account were %s, and why", (_what, verdict, expected) => {
    expect(texts(verdict)).toMatch(expected);
  });

  it("has no row for a number that was not read, nor for one that is not configured", () => {
    expect(texts(aVerdict({ assets: [{ ...phone, reach: "not_known", sending: null }] }))).not.toContain(
      "*Phone number*",
    );
    expect(texts(aVerdict())).not.toContain("*Phone number*");
  });

  it("has no row for a configured number that a dead token did not reach", () => {
    const against = { requiredScopes: SCOPES, phoneNumberId: "1002", whatsappBusinessAccountId: "1001" };
    expect(texts(dead("expired"), { against })).not.toContain("1002");
  });

  it("says nothing about a dead token's permissions and unread number", () => {
    const verdict = aVerdict({
      findings: [aFinding("revoked")],
      token: { scopes: [] },
      assets: [{ ...phone, name: null, reach: "not_known", sending: null }],
    });
    expect(texts(verdict)).not.toMatch(/1002|Permissions/);
    expect(texts(verdict)).not.toMatch(/Missing|lacks|Present/);
    expect(texts(shapeless)).not.toMatch(/Permissions/);
  });

  it("does not call everything healthy when something was not checked", () => {
    const failure = {
      kind: "unreachable",
      message: "Graph did not answer.",
      retryAfterMs: null,
      evidence: null,
    } as const;
    const verdict = aVerdict({ assets: [{ ...phone, reach: "not_known", sending: null, failure }, waba] });
    expect(texts(verdict)).toMatch(/^❔ Alive, not fully checked: phone number not checked\n/);
    expect(texts(verdict)).toContain("Not checked: the phone number `1002` (Meta did not answer).");
    expect(texts(verdict)).toContain("not checked. Graph did not answer.");
    expect(texts(aVerdict({ assets: [phone, waba] }))).toContain("The token works and has every permission it needs.");
  });

  it.each<[Verdict, string]>([
    [dead("expired"), "expired"],
    [dead("revoked"), "expired"],
    [dead("invalid"), "step-4"],
    [aVerdict({ findings: [aFinding("scope_missing")] }), "scopes"],
    [aVerdict({ findings: [aFinding("waba_unreachable")] }), "account"],
    [aVerdict({ findings: [aFinding("wrong_app")] }), "wrong-app"],
    [aVerdict({ findings: [aFinding("sending_blocked")] }), "live"],
    [anExpiring("7d", after(DAY_MS)), "never"],
    [anUnknown({ kind: "misconfigured" }), "app-secret"],
  ])("has one button to the right topic of the guide (%#: %s)", (verdict, topic) => {
    const buttons = [...written(show(verdict).view).matchAll(/"action_id":"guide.beside"/g)];
    expect(buttons).toHaveLength(1);
    expect(written(show(verdict).view)).toContain(`"value":"${topic} orders-prod"`);
  });

  it.each<[string, Verdict, boolean, string, string]>([
    ["a good token", aVerdict({ assets: [phone] }), false, "Check another", "check.another"],
    ["a good new token", aVerdict({ assets: [phone] }), true, "Check another", "check.another"],
    ["a problem", dead("revoked"), true, "Show me how", "guide.beside"],
    ["no answer", anUnknown(), false, "Try again", "check.another"],
    ["no ID to test", aVerdict(), true, "Test its reach", "check.ids"],
  ])("has the one button that fits %s", (_what, verdict, typed, text, id) => {
    const found = show(verdict, {}, typed).view.blocks.filter(({ type }) => type === "actions");
    expect(found).toMatchObject([{ elements: [{ type: "button", action_id: id, text: { text } }] }]);
    expect(show(verdict, {}, typed).view.blocks.some((block) => "accessory" in block)).toBe(false);
  });

  it("tries the same watch again", () => {
    expect(written(show(anUnknown()).view)).toContain(`"value":"orders-prod"`);
  });

  it("says where to save a good new token, and gives no advice about a deployed one", () => {
    expect(texts(aVerdict({ assets: [phone] }), {}, true)).toContain(
      "save it where your app reads it. Restart the app",
    );
    expect(texts(aVerdict())).not.toContain("What to do");
  });

  it("names the call and time that each statement rests on", () => {
    const evidence = anEvidence({ call: "GET /1002", status: 400, code: 100, subcode: 33, trace: "Zz9" });
    const verdict = aVerdict({ findings: [aFinding("scope_missing"), aFinding("phone_unreachable", { evidence })] });
    expect(texts(verdict)).toMatch(/Evidence: GET \/debug_token, HTTP 200, trace Atrace, <!date\^1795334400\^/);
    expect(texts(verdict)).toMatch(/GET \/1002, HTTP 400, code 100\/33, trace Zz9, <!date\^/);
    expect(texts(shapeless)).toMatch(/Evidence: the shape of the value, seen <!date.*no call was made/);
    expect(texts(anUnknown())).toMatch(/No call was answered; tried <!date/);
    expect(texts(anUnknown({ evidence: anEvidence({ status: null, trace: null }) }))).toMatch(
      /Meta did not answer: GET \/debug_token, no answer, <!date/,
    );
  });

  it("says which finding was not re-checked", () => {
    const finding = aFinding("scope_missing", { notRecheckedSince: after(-DAY_MS) });
    expect(texts(aVerdict({ findings: [finding] }))).toMatch(/Not re-checked since <!date\^1795248000\^/);
  });

  it("names the permissions it was compared with", () => {
    expect(texts(aVerdict())).toMatch(/The deployed token of `orders-prod`\. Compared with its needs:/);
    expect(texts(aVerdict(), { watch: null }, true)).toMatch(
      /You typed this token\. Compared with the bot's defaults:/,
    );
  });

  it("shows foreign names and errors as literal text", () => {
    const verdict = aVerdict({
      token: { appName: "<!channel> & *Co*" },
      findings: [
        aFinding("sending_blocked", { facts: { ...NO_PAYMENT, obstacles: ["<https://evil.example|Pay> now."] } }),
      ],
    });
    const all = texts(verdict) + show(verdict).message.text;
    expect(all).toContain("&lt;!channel&gt; &amp; *Co*");
    expect(all).toContain("&lt;https://evil.example|Pay&gt; now.");
    expect(all).not.toMatch(/<!channel>|<https:\/\/evil/);
  });

  it("shows only the identity of a token without an answer", () => {
    for (const verdict of [{ ...anUnknown(), token: aVerdict().token }, shapeless]) {
      expect(texts(verdict)).not.toMatch(/not known|\*(Expires|Issued|Type|App|User ID|Permissions)\*/);
    }
  });

  it("has all problems and the reached objects in a direct message's text alone", () => {
    const verdict = aVerdict({
      findings: [
        aFinding("scope_missing", { objects: [SCOPES[1]] }),
        aFinding("phone_unreachable", { objects: ["1002"] }),
      ],
      assets: [{ ...phone, reach: "refused", name: null, sending: null }, waba],
      token: { scopes: [SCOPES[0]], missingScopes: [SCOPES[1]] },
    });
    const { text } = show(verdict).message;
    for (const line of [
      `Missing permissions: \`${SCOPES[1]}\`.`,
      "*Phone number* `1002`: Meta refuses access.",
      "*WhatsApp account* `1001`: reached (Anna's Shop). Meta reports no sending block.",
      "• *Critical:* This token cannot reach the phone number `1002`. Meta says that a permission for it is missing. Check the IDs of the phone number and the WhatsApp account: `WHATSAPP_PHONE_NUMBER_ID` and `WHATSAPP_BUSINESS_ACCOUNT_ID`, or the watchlist. If one is wrong, only correct it. Assign the WhatsApp account to the system user. Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start.",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("has event, steps and expiry in a direct message's text alone", () => {
    expect(show(anExpiring("7d", after(5 * DAY_MS))).message.text).toBe(
      [
        "⏳ Expiring: works, and ends in 5 days. The token expires 27 Nov 2026, 08:00 UTC. Not checked: whether the token reaches a phone number or WhatsApp account (no ID is set).",
        "What to do: Generate a new token for the system user before that date. Choose the expiration “Never” if Meta offers it. Save the new token where your app reads it. Restart the app if it reads the token only at start.",
        "To avoid this expiry, generate a token with the expiration “Never”, if Meta offers it. Otherwise, renew this token before it expires.",
        "The deployed token of `orders-prod`. Compared with its needs: `whatsapp_business_messaging` and `whatsapp_business_management`.",
        "Evidence: GET /debug_token, HTTP 200, trace Atrace, 22 Nov 2026, 08:00 UTC",
      ].join("\n"),
    );
  });
});
