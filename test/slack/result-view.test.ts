import { describe, expect, it } from "vitest";
import { resultMessage, resultView } from "../../src/slack/check/result-view.ts";
import type { State } from "../../src/token/finding.ts";
import { judgeShape } from "../../src/token/judge.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { after, aFinding, anEvidence, anExpiring, anUnknown, aVerdict, NOW, SCOPES } from "../support/builders.ts";
import { anAnswer, written } from "./support/harness.ts";

const DAY_MS = 86_400_000;

const show = (verdict: Verdict, fields: Parameters<typeof anAnswer>[0] = {}, typed = false) => {
  const result = { answer: anAnswer({ verdict, ...fields }), typed, now: NOW, timezone: "UTC" };
  return { view: resultView(result), message: resultMessage(result) };
};

/** Every text of a view, one per line. */
const texts = (verdict: Verdict, fields: Parameters<typeof anAnswer>[0] = {}, typed = false): string =>
  [...written(show(verdict, fields, typed).view.blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text ?? ""}"`) as string)
    .join("\n");

const dead = (code: "expired" | "revoked" | "invalid") => aVerdict({ findings: [aFinding(code)] });
const shapeless = judgeShape({ looks: "It is too short.", remedy: "What to do." }, { fingerprint: "", tail: "" }, NOW);

const phone = {
  kind: "phone",
  id: "1002",
  name: "Anna's Shop",
  reach: "reached",
  sending: "available",
  failure: null,
} as const;
const waba = { ...phone, kind: "waba", id: "1001" } as const;

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
      text: { text: expect.stringMatching(new RegExp(`^${word}\\b`)) },
    });
    expect(message.text).toMatch(new RegExp(`^${word}\\b`));
  });

  it("says when the token ends, in the viewer's time and in words", () => {
    expect(texts(anExpiring("7d", after(5 * DAY_MS + 1)))).toMatch(
      /\*Ends\*\n<!date\^1795766400\^\{date_short_pretty\} \{time\}\|27 Nov 2026, 08:00 UTC> \(in 5 days\)/,
    );
    expect(texts(aVerdict())).toContain("*Ends*\nnever");
    expect(texts(aVerdict({ token: { expiry: { kind: "not_known" } } }))).toContain("*Ends*\nnot known");
    expect(texts(aVerdict({ token: { expiry: { kind: "at", at: after(-2 * DAY_MS) } } }))).toMatch(
      /\*Ended\*\n.*2 days ago/,
    );
  });

  it("shows issued, type, app, user, fingerprint and tail", () => {
    const all = texts(aVerdict());
    for (const line of [
      /\*Issued\*\n<!date\^1767225600\^/,
      /\*Type\*\n`SYSTEM_USER`/,
      /\*App\*\nOrders \(`100000000000042`\)/,
      /\*User id\*\n`100000000003001`/,
      /\*Fingerprint\*\n`aaaaaaaaaaaa`, ends in `…tailtail`/,
    ])
      expect(all).toMatch(line);
    expect(texts(aVerdict({ token: { appName: null, appId: null, issuedAt: null, type: null } }))).toContain(
      "*App*\nnot known",
    );
  });

  it("lists permissions present, missing and not needed", () => {
    const verdict = aVerdict({
      token: { scopes: [SCOPES[0], "public_profile"], missingScopes: [SCOPES[1]], extraScopes: ["public_profile"] },
      findings: [aFinding("scope_missing", { objects: [SCOPES[1]] })],
    });
    expect(texts(verdict)).toContain(
      `Present: \`${SCOPES[0]}\`\nMissing: \`${SCOPES[1]}\`\nNot needed: \`public_profile\``,
    );
    expect(texts(aVerdict({ token: { scopes: null } }))).toContain("*Permissions*\nnot known");
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
      /Meta did not report whether sending is blocked/,
    ],
    [
      "blocked",
      aVerdict({
        assets: [{ ...phone, sending: "blocked" }],
        findings: [
          aFinding("sending_blocked", { objects: ["1002"], message: "Meta blocks sending. No payment method." }),
        ],
      }),
      /^Degraded.*\nMeta blocks sending\. No payment method\.\n[\s\S]*`1002`: reached \(Anna's Shop\)\. Meta reports a sending block\.$/m,
    ],
    ["limited", aVerdict({ assets: [{ ...phone, sending: "limited" }] }), /Meta reports a sending limit\./],
    [
      "refused",
      aVerdict({
        assets: [{ ...waba, reach: "refused", sending: null }],
        findings: [aFinding("waba_unreachable", { objects: ["1001"], message: "Meta refuses it: (#100)" })],
      }),
      /^Degraded.*\nMeta refuses it: \(#100\)\n[\s\S]*\*WhatsApp account\* `1001`: refused\./,
    ],
    [
      "not asked",
      aVerdict({ assets: [{ ...phone, reach: "not_known", sending: null }] }),
      /`1002`: not known: it could not be asked/,
    ],
    ["not configured", aVerdict(), /\*Phone number\*: not tried, because no id of one is set\./],
  ])("says whether the phone number and account were %s, and why", (_what, verdict, expected) => {
    expect(texts(verdict)).toMatch(expected);
  });

  it("says that a configured number was not tried with a dead token", () => {
    const against = { requiredScopes: SCOPES, phoneNumberId: "1002", whatsappBusinessAccountId: "1001" };
    expect(texts(dead("expired"), { against })).toMatch(/`1002`: not tried with this token/);
  });

  it("says nothing of a dead token's permissions, nor that a number was not asked for want of one", () => {
    const verdict = aVerdict({
      findings: [aFinding("revoked")],
      token: { scopes: [] },
      assets: [{ ...phone, name: null, reach: "not_known", sending: null }],
    });
    expect(texts(verdict)).toContain("`1002`: not asked: the token is dead.");
    expect(texts(verdict)).toContain("*Permissions*\nMeta does not list them for a dead token.");
    expect(texts(verdict)).not.toMatch(/Missing|lacks|Present/);
    expect(texts(shapeless)).not.toMatch(/Permissions/);
  });

  it("does not call everything well when something could not be asked", () => {
    const failure = {
      kind: "unreachable",
      message: "Graph did not answer.",
      retryAfterMs: null,
      evidence: null,
    } as const;
    const verdict = aVerdict({ assets: [{ ...phone, reach: "not_known", sending: null, failure }, waba] });
    expect(texts(verdict)).toMatch(/^Alive, not fully checked ❔\n/);
    expect(texts(verdict)).toContain("not everything was checked: the phone number 1002 (Meta did not answer).");
    expect(texts(verdict)).toContain("not known. Graph did not answer.");
    expect(texts(aVerdict({ assets: [phone, waba] }))).toContain("is alive and passed every check made here");
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
    [anUnknown(), "verify"],
  ])("leads with one button to the right part of the guide (%#: %s)", (verdict, topic) => {
    const buttons = [...written(show(verdict).view).matchAll(/"action_id":"guide.beside"/g)];
    expect(buttons).toHaveLength(1);
    expect(written(show(verdict).view)).toContain(`"value":"${topic} orders-prod"`);
  });

  it("leads a good new token into the app, and leaves a deployed one in peace", () => {
    expect(written(show(aVerdict({ assets: [phone] }), {}, true).view)).toContain(`"value":"step-5 orders-prod"`);
    expect(written(show(aVerdict()).view)).not.toContain("guide.beside");
  });

  it("names the call and time that each statement rests on", () => {
    const evidence = anEvidence({ call: "GET /1002", status: 400, code: 100, subcode: 33, trace: "Zz9" });
    const verdict = aVerdict({ findings: [aFinding("scope_missing"), aFinding("phone_unreachable", { evidence })] });
    expect(texts(verdict)).toMatch(/Evidence: GET \/debug_token, HTTP 200, trace Atrace, <!date\^1795334400\^/);
    expect(texts(verdict)).toMatch(/GET \/1002, HTTP 400, code 100\/33, trace Zz9, <!date\^/);
    expect(texts(shapeless)).toMatch(/Evidence: the shape of the value, seen <!date.*no call was made/);
    expect(texts(anUnknown())).toMatch(/No answer to rest on; tried <!date/);
    expect(texts(anUnknown({ evidence: anEvidence({ status: null, trace: null }) }))).toMatch(
      /No answer to rest on: GET \/debug_token, no answer, <!date/,
    );
  });

  it("says which finding was not re-checked", () => {
    const finding = aFinding("scope_missing", { notRecheckedSince: after(-DAY_MS) });
    expect(texts(aVerdict({ findings: [finding] }))).toMatch(/Not re-checked since <!date\^1795248000\^/);
  });

  it("says what it was held against", () => {
    expect(texts(aVerdict())).toMatch(/The deployed token of `orders-prod`, compared with what `orders-prod` needs:/);
    expect(texts(aVerdict(), { watch: null }, true)).toMatch(/The token you typed, compared with the bot's defaults:/);
  });

  it("shows foreign names and errors as literal text", () => {
    const verdict = aVerdict({
      token: { appName: "<!channel> & *Co*" },
      findings: [aFinding("phone_unreachable", { message: "Meta says <https://evil.invalid|click>" })],
    });
    const all = texts(verdict) + show(verdict).message.text;
    expect(all).toContain("&lt;!channel&gt; &amp; *Co*");
    expect(all).not.toMatch(/<!channel>|<https:\/\/evil/);
  });

  it("says of a token that nobody answered about only what names it", () => {
    for (const verdict of [{ ...anUnknown(), token: aVerdict().token }, shapeless]) {
      expect(texts(verdict)).toContain("*Fingerprint*");
      expect(texts(verdict)).not.toMatch(/not known|\*(Ends|Issued|Type|App|User id|Permissions)\*/);
    }
  });

  it("says in a direct message's text alone what is wrong besides, and what could be reached", () => {
    const verdict = aVerdict({
      findings: [
        aFinding("scope_missing", { objects: [SCOPES[1]] }),
        aFinding("phone_unreachable", { objects: ["1002"], message: "It cannot reach 1002." }),
      ],
      assets: [{ ...phone, reach: "refused", name: null, sending: null }, waba],
      token: { scopes: [SCOPES[0]], missingScopes: [SCOPES[1]] },
    });
    const { text } = show(verdict).message;
    for (const line of [
      `Permissions. Missing: \`${SCOPES[1]}\`.`,
      "Phone number `1002`: refused.",
      "WhatsApp account `1001`: reached (Anna's Shop). Meta reports no sending block.",
      "• *Critical:* It cannot reach 1002.",
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("says in a direct message's text alone what happened, what to do and when it ends", () => {
    expect(show(anExpiring("7d", after(5 * DAY_MS))).message.text).toBe(
      [
        "Expiring ⏳. The token ends 27 Nov 2026, 08:00 UTC. Not checked: whether it reaches a phone number or WhatsApp account (no id is set).",
        "What to do now: What to do.",
        "Ends: 27 Nov 2026, 08:00 UTC (in 5 days).",
        "To get past this end, generate a token with expiration Never if Meta offers it, or renew this one before it ends.",
        "Phone number: not tried, because no id of one is set.",
        "WhatsApp account: not tried, because no id of one is set.",
        "The deployed token of `orders-prod`, compared with what `orders-prod` needs: `whatsapp_business_messaging`, `whatsapp_business_management`.",
        "Evidence: GET /debug_token, HTTP 200, trace Atrace, 22 Nov 2026, 08:00 UTC",
      ].join("\n"),
    );
  });
});
