import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/token/duration.ts";
import { type Expiry, NEVER, NOT_KNOWN } from "../../src/token/expiry.ts";
import { FINDING_STATES } from "../../src/token/finding.ts";
import type { AssetFact, AssetReach, GraphError, Inspection } from "../../src/token/inspection.ts";
import { judge, judgeShape, judgeUnreadable } from "../../src/token/judge.ts";
import type { Policy } from "../../src/token/policy.ts";
import { aFailure, after, anEvidence, anInspection, aPolicy, durations, NOW, SCOPES } from "../support/builders.ts";

const PHONE = "100000000002001";
const WABA = "100000000001001";

const at = (ms: number): Expiry => ({ kind: "at", at: after(ms) });
const phone = (reach: AssetReach): AssetFact => ({
  kind: "phone",
  id: PHONE,
  evidence: anEvidence({ call: `GET /${PHONE}` }),
  ...reach,
});
const waba = (reach: AssetReach): AssetFact => ({
  kind: "waba",
  id: WABA,
  evidence: anEvidence({ call: `GET /${WABA}` }),
  ...reach,
});
const reached = (sending: "available" | "limited" | "blocked" | null, ...obstacles: readonly string[]): AssetReach => ({
  reach: "reached",
  name: "Shop",
  sending,
  obstacles,
});
const noAccess: GraphError = { code: 100, subcode: 33, message: "no access" };
const refused: AssetReach = { reach: "refused", error: noAccess };
const failed: AssetReach = { reach: "not_known", failure: aFailure(), proofRefused: false };
const unsigned: AssetReach = { reach: "not_known", failure: aFailure(), proofRefused: true };

const blockedApp: AssetReach = {
  reach: "refused",
  error: { code: 200, subcode: null, message: "API access blocked." },
  why: "app_blocked",
};
const free = { reach: "reached", name: "Shop", sending: "available", obstacles: [] } as const;
const ofAccount = (...accounts: readonly string[]): AssetReach => ({ ...free, accounts });

const verdictOf = (fields: Partial<Inspection>, policy: Partial<Policy> = {}) =>
  judge({ ok: true, inspection: anInspection(fields) }, aPolicy(policy), NOW);

/** Fields, the state, and every finding as `code severity objects`. */
const CASES: readonly (readonly [string, Partial<Inspection>, string, readonly string[], Partial<Policy>?])[] = [
  ["a good token", {}, "healthy", []],
  ["of the expected app", {}, "healthy", [], { appId: "100000000000042" }],
  ["of an app that is not known", { appId: null }, "healthy", [], { appId: "1" }],
  ["of another app", {}, "degraded", ["wrong_app critical"], { appId: "1" }],
  [
    "refused as another app's",
    { liveness: { alive: "other_app", error: noAccess }, scopes: null, expiry: NOT_KNOWN, type: null },
    "degraded",
    ["wrong_app critical"],
  ],
  ["without one permission", { scopes: [SCOPES[1]] }, "degraded", [`scope_missing critical ${SCOPES[0]}`]],
  ["without any", { scopes: [] }, "degraded", [`scope_missing critical ${SCOPES.join(" ")}`]],
  ["with permissions not known", { scopes: null, scopesEvidence: null }, "healthy", []],
  [
    "with more than needed",
    { scopes: [...SCOPES, "public_profile", "business_management"] },
    "healthy",
    ["scope_extra info public_profile business_management"],
  ],
  ["a phone number refused", { assets: [phone(refused)] }, "degraded", [`phone_unreachable critical ${PHONE}`]],
  ["an account refused", { assets: [waba(refused)] }, "degraded", [`waba_unreachable critical ${WABA}`]],
  [
    "reads that failed",
    { assets: [phone(failed), waba(failed)] },
    "healthy",
    [`reach_not_checked warning ${PHONE} ${WABA}`],
  ],
  [
    "an app that Meta blocked",
    { assets: [phone(blockedApp), waba(blockedApp)] },
    "degraded",
    [`app_blocked critical ${PHONE} ${WABA}`],
  ],
  [
    "an app that Meta blocked at one read",
    { assets: [phone(blockedApp), waba(refused)] },
    "degraded",
    [`app_blocked critical ${PHONE}`, `waba_unreachable critical ${WABA}`],
  ],
  [
    "an app that Meta blocked, the permission not listed",
    { scopes: [SCOPES[0]], assets: [phone(blockedApp)] },
    "degraded",
    [`app_blocked critical ${PHONE}`],
  ],
  [
    "a number of another account",
    { assets: [phone(ofAccount("1")), waba(reached(null))] },
    "healthy",
    [`other_account warning ${PHONE}`],
  ],
  [
    "a number of this account among others",
    { assets: [phone(ofAccount("1", WABA)), waba(reached(null))] },
    "healthy",
    [],
  ],
  ["a number of no named account", { assets: [phone(reached(null)), waba(reached(null))] }, "healthy", []],
  ["a number of some account, none configured", { assets: [phone(ofAccount("1"))] }, "healthy", []],
  [
    "a number of another account, that one not read",
    { assets: [phone(ofAccount("1")), waba(failed)] },
    "healthy",
    [`reach_not_checked warning ${WABA}`, `other_account warning ${PHONE}`],
  ],
  ...[{ platform: "NOT_APPLICABLE" }, { status: "PENDING" }, { status: "DISCONNECTED" }].map(
    (said) =>
      [
        `a number with ${JSON.stringify(said)}`,
        { assets: [phone({ ...free, ...said })] },
        "healthy",
        [`not_registered warning ${PHONE}`],
      ] as const,
  ),
  ...[
    { platform: "CLOUD_API" },
    { platform: "ON_PREMISE" },
    { status: "CONNECTED" },
    { status: "FLAGGED" },
    { status: "A_WORD_OF_2027" },
  ].map(
    (said) =>
      [`a number with ${JSON.stringify(said)}`, { assets: [phone({ ...free, ...said })] }, "healthy", []] as const,
  ),
  [
    "the reading permission not listed, no id",
    { scopes: [SCOPES[0]] },
    "degraded",
    [`scope_missing critical ${SCOPES[1]}`],
  ],
  [
    "the reading permission not listed, all read",
    { scopes: [SCOPES[0]], assets: [phone(free), waba(free)] },
    "healthy",
    [],
  ],
  [
    "the reading permission not listed, one refused",
    { scopes: [SCOPES[0]], assets: [phone(free), waba(refused)] },
    "degraded",
    [`scope_missing critical ${SCOPES[1]}`],
  ],
  [
    "the reading permission not listed, a read failed",
    { scopes: [SCOPES[0]], assets: [phone(free), waba(failed)] },
    "healthy",
    [`reach_not_checked warning ${WABA}`],
  ],
  [
    "the reading permission not listed, one refused, one failed",
    { scopes: [SCOPES[0]], assets: [phone(refused), waba(failed)] },
    "degraded",
    [`scope_missing critical ${SCOPES[1]}`, `reach_not_checked warning ${WABA}`],
  ],
  [
    "the reading permission not listed, the account restricted",
    { scopes: [SCOPES[0]], assets: [waba({ reach: "refused", error: { code: 131_031, subcode: null, message: "" } })] },
    "degraded",
    [`waba_unreachable critical ${WABA}`],
  ],
  [
    "no permission listed, all read",
    { scopes: [], assets: [phone(free)] },
    "degraded",
    [`scope_missing critical ${SCOPES[0]}`],
  ],
  ["sending free", { assets: [phone(reached("available")), waba(reached(null))] }, "healthy", []],
  [
    "sending blocked for both",
    { assets: [phone(reached("blocked", "Pay.")), waba(reached("blocked", "Pay."))] },
    "degraded",
    [`sending_blocked critical ${PHONE} ${WABA}`],
  ],
  [
    "blocked and limited",
    { assets: [phone(reached("blocked")), waba(reached("limited", "Name."))] },
    "degraded",
    [`sending_blocked critical ${PHONE}`, `sending_limited info ${WABA}`],
  ],
  ["inside the longest threshold", { expiry: at(29 * DAY_MS) }, "expiring", ["expires_soon warning"]],
  ["inside the last but one", { expiry: at(2 * DAY_MS) }, "expiring", ["expires_soon warning"]],
  ["inside the shortest", { expiry: at(HOUR_MS) }, "expiring", ["expires_soon critical"]],
  ["before all thresholds", { expiry: at(31 * DAY_MS) }, "healthy", []],
  ["alive after its date", { expiry: at(-HOUR_MS) }, "expiring", ["expires_soon critical"]],
  [
    "alive after its date, no thresholds",
    { expiry: at(-HOUR_MS) },
    "expiring",
    ["expires_soon critical"],
    { warnAt: [] },
  ],
  ["before its date, no thresholds", { expiry: at(HOUR_MS) }, "healthy", [], { warnAt: [] }],
  [
    "one threshold in place of all",
    { expiry: at(5 * DAY_MS) },
    "expiring",
    ["expires_soon critical"],
    { warnAt: durations("7d") },
  ],
  [
    "a life shorter than the thresholds",
    { expiry: at(5 * DAY_MS), issuedAt: after(-DAY_MS) },
    "healthy",
    [],
    { warnAt: durations("30d", "7d", "1d") },
  ],
  ["no date told", { expiry: NOT_KNOWN }, "healthy", ["expiry_not_known warning"]],
  [
    "a temporary token",
    { type: "USER", issuedAt: null, expiry: at(48 * HOUR_MS) },
    "expiring",
    ["expires_soon warning", "temporary_token warning", "not_system_user warning"],
  ],
  [
    "a user's token of more than 48 h",
    { type: "USER", issuedAt: null, expiry: at(49 * HOUR_MS) },
    "expiring",
    ["expires_soon warning", "not_system_user warning"],
  ],
  ["a user's long-lived token", { type: "USER" }, "healthy", ["not_system_user warning"]],
  ["a page's token", { type: "PAGE", issuedAt: null }, "healthy", ["not_system_user warning"]],
  ["a type not told", { type: null }, "healthy", []],
  ["data access past", { dataAccess: at(-1) }, "healthy", ["data_access_ended warning"]],
  ["data access ending", { dataAccess: at(30 * DAY_MS) }, "healthy", ["data_access_ending info"]],
  ["data access for long", { dataAccess: at(31 * DAY_MS) }, "healthy", []],
  ["data access not told", { dataAccess: NOT_KNOWN }, "healthy", []],
  ["a read refused over the proof", { assets: [phone(unsigned)] }, "healthy", [`proof_refused warning ${PHONE}`]],
  [
    "a side call refused over the proof",
    { proofRefused: anEvidence({ call: "GET /app" }) },
    "healthy",
    ["proof_refused warning"],
  ],
  [
    "answered by another version",
    { version: { answered: "v25.0", pinned: "v26.0" } },
    "healthy",
    ["graph_version_old info"],
  ],
  ["answered by no named version", { version: { answered: null, pinned: "v26.0" } }, "healthy", []],
];

describe("what the facts mean", () => {
  const rows = CASES.map(([name, fields, state, findings, policy]) => ({ name, fields, state, findings, policy }));

  it.each(rows)("$name", ({ fields, state, findings, policy }) => {
    const verdict = verdictOf(fields, policy);
    expect(verdict.state).toBe(state);
    expect(verdict.findings.map(({ code, severity, objects }) => [code, severity, ...objects].join(" "))).toEqual(
      findings,
    );
    for (const finding of verdict.findings) {
      expect(finding.message).toMatch(/\.$/);
      expect(finding.remedy).toMatch(/\.$/);
      expect(finding.evidence).not.toBeNull();
      // An alert shows it for days: "in 5 days" would be wrong tomorrow.
      expect(`${finding.message} ${finding.remedy}`).not.toMatch(/\b(?:in|within) \d+|\bago\b|tomorrow|left\b/i);
    }
    const proof = verdict.findings.find(({ code }) => FINDING_STATES[code] === verdict.state)?.evidence;
    expect(verdict).toMatchObject({ failure: null, checkedAt: NOW, evidence: proof ?? { call: "GET /debug_token" } });
  });

  it("every finding code is raised by one of these tables", () => {
    const raised = CASES.flatMap(([, , , findings]) => findings.map((finding) => finding.split(" ")[0]));
    const elsewhere = ["expired", "revoked", "invalid", "not_a_token"];
    expect(new Set([...raised, ...elsewhere])).toEqual(new Set(Object.keys(FINDING_STATES)));
  });

  it("a dead token has its one finding and no other, whatever else is wrong", () => {
    const fields = {
      liveness: { alive: false, error: null },
      scopes: [],
      type: "USER",
      assets: [phone(refused)],
    } as const;
    const verdict = verdictOf(fields, { appId: "1" });
    expect(verdict.findings.map((finding) => finding.code)).toEqual(["invalid"]);
  });

  it.each([
    { told: [], scopes: null },
    { told: ["whatsapp_business_messaging", "email"], scopes: ["whatsapp_business_messaging", "email"] },
  ])("a dead token lacks no permission and has none too many, whatever Meta lists ($told)", ({ told, scopes }) => {
    const verdict = verdictOf({ liveness: { alive: false, error: null }, scopes: told });
    expect(verdict.token).toMatchObject({ scopes, missingScopes: [], extraScopes: [] });
  });

  it("what makes the state comes before what is as severe", () => {
    const verdict = verdictOf({ type: "USER", expiry: at(5 * DAY_MS), dataAccess: at(-1) });
    expect(verdict.findings[0]?.code).toBe("expires_soon");
  });

  it("remembers which call said whether it is alive, whatever the state rests on", () => {
    const verdict = verdictOf({ assets: [phone(refused)] });
    expect(verdict).toMatchObject({ evidence: { call: `GET /${PHONE}` }, answer: { call: "GET /debug_token" } });
  });

  it("an API Setup token is not told of an expiration that its page does not offer", () => {
    const verdict = verdictOf({ type: "USER", issuedAt: null, expiry: at(HOUR_MS) });
    const remedies = verdict.findings.map(({ code, remedy }) => `${code}: ${remedy}`);
    expect(remedies).toEqual([
      "expires_soon: Make a system user's token: this one lasts hours.",
      "temporary_token: Make a system user's token: this one lasts hours.",
      "not_system_user: Generate a token for a system user of the business.",
    ]);
  });

  it.each([
    ["SYSTEM_USER", DAY_MS, "Generate a new token before that date, with expiration Never if it is offered,"],
    ["SYSTEM_USER", -DAY_MS, "Generate a new token now, with expiration Never if it is offered,"],
    [null, DAY_MS, "Generate a new token before that date, with expiration Never if it is offered,"],
    ["PAGE", DAY_MS, "Generate a token for a system user of the business before that date,"],
  ])("the end of a token of type %s asks for the right kind of token", (type, leftMs, remedy) => {
    expect(verdictOf({ type, expiry: at(leftMs) }).findings[0]?.remedy).toBe(`${remedy} and replace this one.`);
  });

  it.each([
    [["public_profile"], "is", "Nothing to do: public_profile comes with every user token and is harmless."],
    [["email"], "is", "Leave email out of the next token: it should be able to do no more than its job."],
    [
      ["email", "public_profile"],
      "are",
      "Leave email out of the next token: it should be able to do no more than its job. public_profile comes with every user token and is harmless.",
    ],
  ])("what it has too many of is told without alarm (%j)", (extra, verb, remedy) => {
    const [finding] = verdictOf({ scopes: [...SCOPES, ...extra] }).findings;
    expect(finding).toMatchObject({
      code: "scope_extra",
      message: `The token also has ${extra.join(", ")}, which ${verb} not needed here.`,
      remedy,
    });
  });

  it.each([
    [{ code: 100, subcode: 33, message: "" }, /^Assign the WhatsApp account/],
    [{ code: 131_031, subcode: null, message: "" }, /a new token does not help\.$/],
    [{ code: 368, subcode: null, message: "" }, /a new token does not help\.$/],
    [{ code: 190, subcode: null, message: "" }, /^Generate a new token for the system user/],
    [{ code: 33, subcode: null, message: "" }, /WHATSAPP_PHONE_NUMBER_ID .* to the id of a number that exists/],
  ])("an asset that is refused with %j says what helps, the same for number and account", (error, remedy) => {
    const verdict = verdictOf({ assets: [phone({ reach: "refused", error }), waba({ reach: "refused", error })] });
    const [first, second] = verdict.findings;
    expect(first?.remedy).toMatch(remedy);
    expect(second?.remedy).toBe(first?.remedy);
  });

  it("the worst finding makes the state and comes first", () => {
    const verdict = verdictOf({ expiry: at(5 * DAY_MS), scopes: [SCOPES[1], "email"], assets: [phone(refused)] });
    expect(verdict.state).toBe("degraded");
    expect(verdict.threshold).toBe("7d");
    expect(verdict.findings.map((finding) => finding.severity)).toEqual(["critical", "critical", "warning", "info"]);
  });

  it("a blocked sending says that the token itself is fine, and why", () => {
    const verdict = verdictOf({ assets: [phone(reached("blocked", "Pay.", "Verify."))] });
    expect(verdict.findings[0]?.message).toMatch(/token itself is fine.*Pay\. Verify\./);
  });

  it.each([
    [undefined, /blocks sending at the phone number 100000000002001\. Meta gave no reason\.$/, /WhatsApp Manager/],
    [
      [
        { type: "WABA", id: "7" },
        { type: "BUSINESS", id: "8" },
      ],
      /at the WhatsApp account 7 and the business portfolio 8\./,
      /WhatsApp Manager/,
    ],
    [[{ type: "APP", id: "9" }], /at the Meta app 9\./, /App Dashboard/],
    [[{ type: "A_NEW_KIND", id: null }], /at the A_NEW_KIND\./, /WhatsApp Manager/],
  ])("a blocked sending names the entity that blocks (%j)", (obstructing, message, remedy) => {
    const named = obstructing === undefined ? {} : { obstructing };
    const [finding] = verdictOf({ assets: [phone({ ...free, sending: "blocked", ...named })] }).findings;
    expect(finding?.message).toMatch(message);
    expect(finding?.remedy).toMatch(remedy);
  });

  it("an entity that both reads name is named once", () => {
    const blocked = { ...free, sending: "blocked", obstructing: [{ type: "BUSINESS", id: "8" }] } as const;
    const [finding] = verdictOf({ assets: [phone(blocked), waba(blocked)] }).findings;
    expect(finding?.message.match(/business portfolio 8/g)).toHaveLength(1);
  });

  it("the state rests on the call that proved it", () => {
    const verdict = verdictOf({ assets: [phone(refused)] });
    expect(verdict).toMatchObject({ state: "degraded", evidence: { call: `GET /${PHONE}` } });
  });

  it("evidence is of the call that proved it", () => {
    const verdict = verdictOf({
      scopesEvidence: anEvidence({ call: "GET /me/permissions" }),
      scopes: [SCOPES[1]],
      assets: [waba(refused)],
    });
    expect(verdict.findings.map((finding) => finding.evidence?.call)).toEqual(["GET /me/permissions", `GET /${WABA}`]);
  });

  it("a failed live read stands with its asset and nowhere else", () => {
    const verdict = verdictOf({ assets: [phone(failed), waba(reached("available"))] });
    expect(verdict.assets).toEqual([
      { kind: "phone", id: PHONE, name: null, reach: "not_known", sending: null, failure: aFailure() },
      { kind: "waba", id: WABA, name: "Shop", reach: "reached", sending: "available", failure: null },
    ]);
  });
});

describe("what is not known", () => {
  it.each(["unreachable", "throttled", "misconfigured", "malformed", "unreadable"] as const)(
    "%s gives unknown with the failure and no finding",
    (kind) => {
      const token = { fingerprint: "aaaaaaaaaaaa", tail: "tailtail" };
      const verdict = judge({ ok: false, failure: aFailure({ kind }), token }, aPolicy(), NOW, true);
      expect(verdict).toMatchObject({ state: "unknown", alive: null, findings: [], evidence: null, assets: [] });
      expect(verdict.failure?.kind).toBe(kind);
      expect(verdict.token).toMatchObject({ ...token, scopes: null, expiry: NOT_KNOWN });
    },
  );

  it("an unreadable source gives unknown without a token", () => {
    const verdict = judgeUnreadable("The file is empty.", NOW);
    expect(verdict).toMatchObject({ state: "unknown", token: null, failure: { kind: "unreadable" } });
    expect(verdict.failure?.message).toBe("The file is empty.");
  });

  it("a wrong shape is invalid on no evidence: no call was made", () => {
    const token = { fingerprint: "", tail: "" };
    const verdict = judgeShape({ looks: "It has quotation marks.", remedy: "What to do." }, token, NOW);
    expect(verdict).toMatchObject({ state: "invalid", failure: null, evidence: null, token });
    expect(verdict.findings).toMatchObject([{ code: "not_a_token", severity: "critical", evidence: null }]);
    expect(verdict.findings[0]?.message).toContain("It has quotation marks.");
  });

  it("never and not known are different things", () => {
    expect(verdictOf({ expiry: NEVER }).findings).toEqual([]);
    expect(verdictOf({ expiry: NOT_KNOWN, debugged: true }).findings[0]?.remedy).toContain("Access Token Debugger");
    expect(verdictOf({ expiry: NOT_KNOWN, debugged: false }).findings[0]?.remedy).toContain("META_APP_SECRET");
  });
});
