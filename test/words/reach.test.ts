import { describe, expect, it } from "vitest";
import type { AssetFact, FailureKind, Inspection } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import { findingMessage, findingRemedy, remedyLine } from "../../src/words/finding-words.ts";
import { terminalText } from "../../src/words/plain-text.ts";
import { aFailure, anEvidence, anInspection, aPolicy, NOW } from "../support/builders.ts";

/** Judged facts, each finding with what people read. */
const findingsOf = (fields: Partial<Inspection>) => {
  const verdict = judge({ ok: true, inspection: anInspection(fields) }, aPolicy(), NOW);
  return verdict.findings.map((finding) => ({
    ...finding,
    message: terminalText(findingMessage(finding, verdict)),
    remedy: terminalText(remedyLine(findingRemedy(finding, verdict))),
  }));
};

const isOf = (kind: "phone" | "waba", id: string, node: string): AssetFact => ({
  kind,
  id,
  evidence: anEvidence({ call: `GET /${id}`, code: 100 }),
  reach: "refused",
  why: "other_kind",
  node,
  error: { code: 100, subcode: null, message: "" },
});

const reached = (kind: "phone" | "waba", id: string) =>
  ({
    kind,
    id,
    evidence: anEvidence({ call: `GET /${id}` }),
    reach: "reached",
    name: null,
    sending: "available",
    obstacles: [],
  }) as const;

describe("an id of another kind of object", () => {
  it.each([
    [
      "phone",
      "WhatsAppBusinessAccount",
      /^The ID 1 is the ID of a WhatsApp Business Account, not the ID of a phone number\. Are the two IDs swapped\?$/,
    ],
    [
      "waba",
      "WhatsAppBusinessPhoneNumber",
      /^The ID 1 is the ID of a phone number, not .* WhatsApp account\. Are the two IDs swapped\?$/,
    ],
    ["waba", "Business", /^The ID 1 is the ID of a business portfolio, not the ID of a WhatsApp account\.$/],
    [
      "phone",
      "AKindOfNextYear",
      /^The ID 1 is the ID of an object that Meta calls AKindOfNextYear, not the ID of a phone number\.$/,
    ],
  ] as const)("set for the %s, a %s is named as what it is", (kind, node, message) => {
    const [finding] = findingsOf({ assets: [isOf(kind, "1", node)] });
    expect(finding?.message).toMatch(message);
    expect(finding?.remedy).toMatch(
      kind === "phone" ? /^Set WHATSAPP_PHONE_NUMBER_ID/ : /^Set WHATSAPP_BUSINESS_ACCOUNT_ID/,
    );
    // The token may be as good as can be.
    expect(finding?.remedy).not.toMatch(/assign|generate/i);
  });

  it("suggests no swap when the other id is right", () => {
    const number = isOf("phone", "2", "WhatsAppBusinessAccount");
    const [finding] = findingsOf({ assets: [number, reached("waba", "2")] });
    expect(finding?.message).toBe("The ID 2 is the ID of a WhatsApp Business Account, not the ID of a phone number.");
  });

  it("of the account names the account that the number belongs to", () => {
    const number = { ...reached("phone", "1"), accounts: ["3"] };
    const findings = findingsOf({ assets: [number, isOf("waba", "2", "Business")] });
    expect(findings.map(({ code }) => code)).toEqual(["waba_unreachable", "other_account"]);
    expect(findings[1]?.remedy).toMatch(/^Set WHATSAPP_BUSINESS_ACCOUNT_ID .* to 3\.$/);
  });

  it("both swapped: one remedy for both, to exchange them", () => {
    const assets = [isOf("phone", "1", "WhatsAppBusinessAccount"), isOf("waba", "2", "WhatsAppBusinessPhoneNumber")];
    const findings = findingsOf({ assets });
    expect(findings.map(({ code }) => code)).toEqual(["phone_unreachable", "waba_unreachable"]);
    expect(new Set(findings.map(({ remedy }) => remedy))).toEqual(
      new Set([
        expect.stringMatching(/^Exchange the two IDs: WHATSAPP_PHONE_NUMBER_ID .* WHATSAPP_BUSINESS_ACCOUNT_ID/),
      ]),
    );
  });
});

const failed = (kind: FailureKind, code: number | null, id = "1"): AssetFact => ({
  kind: id === "1" ? "phone" : "waba",
  id,
  reach: "not_known",
  failure: aFailure({ kind, evidence: anEvidence({ call: `GET /${id}`, code, status: 400 }) }),
  proofRefused: false,
  evidence: anEvidence({ call: `GET /${id}`, code }),
});

describe("an id that could not be read", () => {
  it.each([
    ["unreachable", null, /Meta has trouble answering/, /Check again/],
    ["throttled", 4, /limits how often/, /later/],
    ["misconfigured", 5, /IP address/, /server IP allow-list/],
    ["misconfigured", 2500, /Graph API version/, /GRAPH_API_VERSION/],
    ["misconfigured", 415, /two-factor authentication/, /two-factor authentication/],
    ["misconfigured", 100, /Meta refuses the appsecret_proof/, /current secret of the token's app/],
    ["misconfigured", 101, /app ID/, /META_APP_ID and META_APP_SECRET/],
    ["misconfigured", 1, /app secret/, /META_APP_SECRET/],
    ["malformed", 131_009, /code 131009/, /GRAPH_API_VERSION/],
    ["malformed", null, /could not be read/, /GRAPH_API_VERSION/],
  ] as const)("is named with the cause and its own remedy: %s %s", (kind, code, reason, remedy) => {
    const [finding] = findingsOf({ assets: [failed(kind, code)] });
    expect(finding).toMatchObject({ code: "reach_not_checked", severity: "warning", objects: ["1"] });
    expect(finding?.message).toMatch(/^The phone number 1 could not be checked: /);
    expect(finding?.message).toMatch(reason);
    expect(finding?.remedy).toMatch(remedy);
    expect(`${finding?.message} ${finding?.remedy}`).not.toMatch(/dead|revoked|generate/i);
  });

  it("two of them share a sentence when they share the cause", () => {
    const alike = findingsOf({ assets: [failed("throttled", 4), failed("throttled", 4, "2")] });
    expect(alike[0]?.message).toBe(
      "The phone number 1 and the WhatsApp account 2 could not be checked: Meta limits how often it answers.",
    );
    const unlike = findingsOf({ assets: [failed("throttled", 4), failed("misconfigured", 415, "2")] });
    expect(unlike[0]?.message).toMatch(
      /^The phone number 1 could .*answers\. The WhatsApp account 2 could not be checked: /,
    );
    expect(alike[0]?.remedy).toMatch(/^Check again later\. [^.]*\.$/);
    expect(unlike[0]?.remedy).toMatch(/^Check again later\. .*\. Turn on two-factor authentication/);
  });
});

describe("an app that Meta blocks", () => {
  const blocked = (code: number, message: string): AssetFact => ({
    ...isOf("phone", "1", ""),
    reach: "refused",
    why: "app_blocked",
    error: { code, subcode: null, message },
  });

  it.each([
    [200, "API access blocked.", /^Meta has blocked the app Orders/],
    [190, "Error validating application. Application has been deleted.", /^Meta says that the app Orders was deleted/],
    [190, "Error validating application. Application has been disabled.", /^Meta has blocked the app Orders/],
    [101, "Error validating application. Application has been deleted.", /^Meta says that the app Orders was deleted/],
  ])("code %i, %s: no word of a token or permission to make", (code, text, message) => {
    const [finding, ...others] = findingsOf({ assets: [blocked(code, text)] });
    expect(finding?.message).toMatch(message);
    expect(finding?.message).toMatch(/phone number 1\b.*No new token helps\.$/);
    expect(`${finding?.message} ${finding?.remedy}`).not.toMatch(/assign|generat/i);
    expect(others).toEqual([]);
  });
});
