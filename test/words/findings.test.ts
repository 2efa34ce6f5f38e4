import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../src/token/duration.ts";
import { CATALOGUE } from "../../src/token/findings/catalogue.ts";
import type { Finding, FindingCode } from "../../src/token/findings/finding.ts";
import { remediedBy } from "../../src/token/telling.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import {
  findingsWithRemedy,
  findingMessage,
  findingRemedy,
  findingSentence,
  remediesOf,
  remedyLine,
} from "../../src/words/finding-words.ts";
import { terminalText } from "../../src/words/plain-text.ts";
import { aFailure, aFinding, after, anEvidence, aVerdict, NOW } from "../support/builders.ts";

const phone = { kind: "phone", id: "1001", name: null, reach: "refused", sending: null, failure: null } as const;
const waba = { ...phone, kind: "waba", id: "2001" } as const;
const END = { kind: "end", at: after(5 * DAY_MS), past: false } as const;
const PASSED = { kind: "end", at: after(-DAY_MS), past: true } as const;

const verdictWith = (finding: Finding, fields: Partial<Verdict> = {}): Verdict => ({
  ...aVerdict({ findings: [finding], assets: [phone, waba] }),
  ...fields,
});

const messageOf = (finding: Finding, verdict = verdictWith(finding)): string =>
  terminalText(findingMessage(finding, verdict));

const stepsOf = (finding: Finding, verdict = verdictWith(finding)): readonly string[] =>
  findingRemedy(finding, verdict).steps.map(terminalText);

const code = (graphCode: number, subcode: number | null = null) =>
  ({ objects: ["1001"], evidence: anEvidence({ call: "GET /1001", code: graphCode, subcode }) }) as const;

const unread = { ...phone, reach: "not_known", failure: aFailure({ kind: "throttled" }) } as const;

type Row = readonly [code: FindingCode, fields: Partial<Finding>, message: string, steps: readonly string[]];

const NEW_TOKEN = "Generate a new token for the system user.";
const SAVE = "Save the new token where your app reads it. Restart the app if it reads the token only at start.";
const NO_HELP = "A new token does not help.";
const LOG_IN = "Ask the person behind the token to log in to the app again. A system user's token has no such date.";

const ROWS: readonly Row[] = [
  ["expired", { facts: PASSED }, "The token expired 2026-11-21 08:00 UTC.", [NEW_TOKEN, SAVE]],
  ["revoked", {}, "The token was revoked.", [NEW_TOKEN, SAVE]],
  [
    "invalid",
    {},
    "Meta does not accept this value as an access token.",
    ["Copy the whole token again. If you no longer have it, generate a new one for the system user.", SAVE],
  ],
  [
    "not_a_token",
    { facts: { kind: "shape", problem: { shape: "quotes", place: null } } },
    "This is not a WhatsApp access token. It has quotation marks.",
    ["Paste only the token, without quotation marks."],
  ],
  [
    "wrong_app",
    { facts: { kind: "app", name: "Shop", deleted: false } },
    "The token belongs to another Meta app, Shop, not to the expected one.",
    ["Generate the token for the expected app, or correct META_APP_ID and META_APP_SECRET."],
  ],
  [
    "scope_missing",
    { objects: ["a"] },
    "The token lacks the permission a.",
    ["Generate a new token that also has a. You cannot add a permission to an existing token.", SAVE],
  ],
  [
    "scope_missing",
    { objects: ["a", "b"] },
    "The token lacks the permissions a and b.",
    ["Generate a new token that also has a and b. You cannot add a permission to an existing token.", SAVE],
  ],
  [
    "app_blocked",
    { objects: ["1001"], facts: { kind: "app", name: "Shop", deleted: false } },
    "Meta has blocked the app Shop and refuses to read the phone number 1001. No new token helps.",
    [`Open the app in the App Dashboard and do what Meta asks for there. ${NO_HELP}`],
  ],
  [
    "app_blocked",
    { objects: ["2001"], facts: { kind: "app", name: null, deleted: true } },
    "Meta says that the app of this token was deleted, and refuses to read the WhatsApp account 2001. No new token helps.",
    [`Open the app in the App Dashboard and do what Meta asks for there. ${NO_HELP}`],
  ],
  [
    "phone_unreachable",
    code(100, 33),
    "This token cannot reach the phone number 1001. Meta says that it does not exist, or that the token has no access to it.",
    [
      "Check the IDs of the phone number and the WhatsApp account: WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_BUSINESS_ACCOUNT_ID, or the watchlist. If one is wrong, only correct it.",
      "Assign the WhatsApp account to the system user.",
      NEW_TOKEN,
      SAVE,
    ],
  ],
  [
    "phone_unreachable",
    code(131_031),
    "This token cannot reach the phone number 1001. Meta has restricted the account.",
    [`Open WhatsApp Manager and fix the problem that Meta shows there. ${NO_HELP}`],
  ],
  [
    "phone_unreachable",
    code(368),
    "This token cannot reach the phone number 1001. Meta has restricted the account.",
    [`Open WhatsApp Manager and fix the problem that Meta shows there. ${NO_HELP}`],
  ],
  [
    "phone_unreachable",
    code(190),
    "This token cannot reach the phone number 1001. Meta refuses the token there, although its own debugger says that the token works.",
    [NEW_TOKEN, SAVE],
  ],
  [
    "phone_unreachable",
    code(33),
    "This token cannot reach the phone number 1001. Meta says that the number was deleted.",
    [`Set WHATSAPP_PHONE_NUMBER_ID (phoneNumberId in the watchlist) to the ID of a number that exists. ${NO_HELP}`],
  ],
  [
    "waba_unreachable",
    { ...code(10), objects: ["2001"] },
    "This token cannot reach the WhatsApp account 2001. Meta says that a permission for it is missing.",
    [
      "Check the IDs of the phone number and the WhatsApp account: WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_BUSINESS_ACCOUNT_ID, or the watchlist. If one is wrong, only correct it.",
      "Assign the WhatsApp account to the system user.",
      NEW_TOKEN,
      SAVE,
    ],
  ],
  [
    "sending_blocked",
    {
      objects: ["1001"],
      facts: {
        kind: "sending",
        entities: [
          { type: "WABA", id: "7" },
          { type: "A_NEW_KIND", id: null },
        ],
        obstacles: ["Pay.", "Verify."],
      },
    },
    "The token itself works, but Meta blocks sending for the WhatsApp account 7 and the A_NEW_KIND. Pay. Verify.",
    [`Open WhatsApp Manager and fix the problem that Meta shows there. ${NO_HELP}`],
  ],
  [
    "sending_blocked",
    { facts: { kind: "sending", entities: [{ type: "APP", id: "9" }], obstacles: [] } },
    "The token itself works, but Meta blocks sending for the Meta app 9. Meta gave no reason.",
    [`Open the App Dashboard and fix the problem that Meta shows there. ${NO_HELP}`],
  ],
  [
    "sending_limited",
    { facts: { kind: "sending", entities: [{ type: "BUSINESS", id: "8" }], obstacles: ["Verify."] } },
    "Meta limits sending for the business portfolio 8. Verify.",
    [`Open WhatsApp Manager to see the limit. ${NO_HELP}`],
  ],
  [
    "expires_soon",
    { facts: END },
    "The token expires 2026-11-27 08:00 UTC.",
    [
      "Generate a new token for the system user before that date. Choose the expiration “Never” if Meta offers it.",
      SAVE,
    ],
  ],
  [
    "expires_soon",
    { facts: PASSED },
    "The token's expiry date has passed (2026-11-21 08:00 UTC), but Meta still accepts the token.",
    ["Generate a new token for the system user now. Choose the expiration “Never” if Meta offers it.", SAVE],
  ],
  [
    "other_account",
    { objects: ["1001"], facts: { kind: "accounts", accounts: ["3", "4"], configured: "2001" } },
    "Meta reports that the phone number 1001 belongs to the WhatsApp account 3 and 4, not to 2001.",
    [
      "Check which of the two IDs is wrong: WHATSAPP_PHONE_NUMBER_ID (phoneNumberId in the watchlist) or WHATSAPP_BUSINESS_ACCOUNT_ID (whatsappBusinessAccountId in the watchlist).",
    ],
  ],
  [
    "not_registered",
    { objects: ["1001"], facts: { kind: "registration", status: "PENDING", platform: "NOT_APPLICABLE" } },
    "The phone number 1001 is not registered for the Cloud API. Meta reports status PENDING and platform type NOT_APPLICABLE.",
    ["Register the number in WhatsApp Manager, or with the API call /register and its two-step PIN."],
  ],
  [
    "temporary_token",
    {},
    "This is a temporary token from the API Setup page. It lasts a few hours.",
    ["Generate a token for a system user. It lasts longer than a few hours.", SAVE],
  ],
  [
    "not_system_user",
    { facts: { kind: "type", type: "PAGE" } },
    "The token's type is PAGE, not SYSTEM_USER. It depends on the account of a person or a page.",
    ["Generate a token for a system user of the business.", SAVE],
  ],
  ["data_access_ended", { facts: PASSED }, "Access to user data ended 2026-11-21 08:00 UTC.", [LOG_IN]],
  ["data_access_ending", { facts: END }, "Access to user data ends 2026-11-27 08:00 UTC.", [LOG_IN]],
  [
    "expiry_not_known",
    {},
    "The token works, but its expiry date is not known.",
    ["Look the token up in Meta's Access Token Debugger."],
  ],
  [
    "expiry_not_known",
    { evidence: anEvidence({ call: "GET /me" }) },
    "The token works, but its expiry date is not known.",
    ["Set META_APP_ID and META_APP_SECRET, so that the bot can ask Meta for the date."],
  ],
  [
    "proof_refused",
    {},
    "Meta refused the appsecret_proof, so not everything could be checked.",
    ["Set META_APP_SECRET, or appSecret in the watchlist, to the current secret of the token's app."],
  ],
  [
    "scope_extra",
    { objects: ["public_profile"] },
    "The token also has public_profile, which is not needed here.",
    ["Do nothing: public_profile comes with every user token and is harmless."],
  ],
  [
    "scope_extra",
    { objects: ["email"] },
    "The token also has email, which is not needed here.",
    ["Leave email out of the next token, so that it can do no more than its job."],
  ],
  [
    "scope_extra",
    { objects: ["email", "public_profile"] },
    "The token also has email and public_profile, which are not needed here.",
    [
      "Leave email out of the next token, so that it can do no more than its job. public_profile comes with every user token and is harmless.",
    ],
  ],
  [
    "graph_version_old",
    { facts: { kind: "versions", answered: "v25.0", pinned: "v26.0" } },
    "Meta answered as Graph API v25.0. The bot asked for v26.0.",
    ["Set GRAPH_API_VERSION to a version that Meta still serves."],
  ],
];

describe("what a finding says and what helps", () => {
  it.each(ROWS)("%s %j", (findingCode, fields, message, steps) => {
    const finding = aFinding(findingCode, fields);
    expect(messageOf(finding)).toBe(message);
    expect(stepsOf(finding)).toEqual(steps);
    // An alert shows both for days: "in 5 days" would be wrong tomorrow.
    expect(`${message} ${steps.join(" ")}`).not.toMatch(/\b(?:in|within) \d+|\bago\b|tomorrow|left\b/i);
  });

  it("has a row for every code", () => {
    const elsewhere = ["reach_not_checked"];
    expect(new Set([...ROWS.map(([one]) => one), ...elsewhere])).toEqual(new Set(Object.keys(CATALOGUE)));
  });

  it.each(ROWS.filter(([findingCode]) => CATALOGUE[findingCode].newToken !== "maybe"))(
    "%s %j: asks for a new token as the catalogue says",
    (findingCode, _fields, _message, steps) => {
      const asks = steps.some((step) => step.startsWith("Save the new token where your app reads it."));
      expect(asks).toBe(CATALOGUE[findingCode].newToken !== "never");
    },
  );

  it("without facts, as in rows of older versions, has the text of its code alone", () => {
    for (const findingCode of Object.keys(CATALOGUE) as FindingCode[]) {
      const finding = aFinding(findingCode, { objects: ["1001"], evidence: null });
      expect(messageOf(finding)).toMatch(/^[A-Z].*\.$/);
      expect(messageOf(finding)).not.toMatch(/undefined|null|\s{2}|: \.|,\s*\./);
      expect(stepsOf(finding).join(" ")).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("names a code that only a newer version knows", () => {
    const finding = { ...aFinding("revoked"), code: "from_2030" as FindingCode };
    expect(messageOf(finding)).toBe("This version does not know the problem from_2030.");
    expect(remediesOf(verdictWith(finding))).toEqual([]);
  });

  it("says since when it was not re-checked", () => {
    const finding = aFinding("revoked", { notRecheckedSince: NOW });
    expect(terminalText(findingSentence(finding, verdictWith(finding)))).toBe(
      "The token was revoked. Not re-checked since 2026-11-22 08:00 UTC.",
    );
  });

  it("ids that were not read share a sentence and a step when they share the cause", () => {
    const finding = aFinding("reach_not_checked", { objects: ["1001", "2001"] });
    const verdict = verdictWith(finding, { assets: [unread, { ...unread, kind: "waba", id: "2001" }] });
    expect(messageOf(finding, verdict)).toBe(
      "The phone number 1001 and the WhatsApp account 2001 could not be checked: Meta limits how often it answers.",
    );
    expect(stepsOf(finding, verdict)).toEqual(["Check again later. Calls under a limit make the limit last longer."]);
  });
});

describe("why a token was revoked", () => {
  it.each([
    [458, "the account no longer authorizes the app", true],
    [459, "the account is locked until its owner logs in to Facebook", false],
    [460, "the password changed, or Meta ended the session for security", false],
    [464, "the account is not confirmed", false],
    [466, "an API call ended its session", true],
    [467, "its session was ended", true],
    [490, "Meta holds the account at a security check until its owner passes it", false],
    [492, "the account lost its role", false],
    [493, "its owner did not use the app for 90 days", false],
    [null, undefined, true],
  ])("subcode %s: %s; a person may have done it: %s", (subcode, why, person) => {
    const finding = aFinding("revoked", { evidence: anEvidence({ code: 190, subcode }) });
    expect(messageOf(finding)).toBe(why === undefined ? "The token was revoked." : `The token was revoked: ${why}.`);
    const { steps, afterwards } = findingRemedy(finding, verdictWith(finding));
    // Service is restored first.
    expect(terminalText(steps[0] ?? [])).toMatch(/^Generate a (?:new )?token/);
    expect(afterwards.map(terminalText).includes("Find out who revoked the old token.")).toBe(person);
  });
});

describe("what there is to do about a verdict", () => {
  const remedies = (...findings: readonly Finding[]): readonly string[] =>
    remediesOf(aVerdict({ findings, assets: [phone, waba] })).map((remedy) => terminalText(remedyLine(remedy)));

  it("is shown once for several findings", () => {
    const both = [aFinding("phone_unreachable", code(10)), aFinding("waba_unreachable", code(10))];
    expect(remedies(...both)).toHaveLength(1);
    expect(findingsWithRemedy(aVerdict({ findings: both })).map((finding) => finding.code)).toEqual([
      "phone_unreachable",
    ]);
  });

  it("keeps the other remedies, in the order of urgency", () => {
    expect(remedies(aFinding("scope_missing", { objects: ["a"] }), aFinding("expires_soon", { facts: END }))).toEqual([
      expect.stringMatching(/^Generate a new token that also has a\./),
      expect.stringMatching(/before that date/),
    ]);
  });

  it("is the remedy of the finding that covers it", () => {
    const verdict = aVerdict({ findings: [aFinding("expires_soon", { facts: END }), aFinding("temporary_token")] });
    for (const finding of verdict.findings) {
      expect(remediedBy(finding, verdict).code).toBe("temporary_token");
      expect(terminalText(remedyLine(findingRemedy(finding, verdict)))).toMatch(
        /^Generate a token for a system user\./,
      );
    }
  });

  it("ends with the steps that can wait", () => {
    expect(remedies(aFinding("revoked"))).toEqual([
      "Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start. Find out who revoked the old token.",
    ]);
  });
});
