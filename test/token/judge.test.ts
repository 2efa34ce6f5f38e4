import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/token/duration.ts";
import { type Expiry, NEVER, NOT_KNOWN } from "../../src/token/expiry.ts";
import { CATALOGUE } from "../../src/token/findings/catalogue.ts";
import type { FindingFacts } from "../../src/token/findings/finding.ts";
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

/** Name, fields, expected state, expected findings as `code severity objects`, and the policy. */
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
    for (const finding of verdict.findings) expect(finding.evidence).not.toBeNull();
    const proof = verdict.findings.find(({ code }) => CATALOGUE[code].state === verdict.state)?.evidence;
    expect(verdict).toMatchObject({ failure: null, checkedAt: NOW, evidence: proof ?? { call: "GET /debug_token" } });
  });

  it("every finding code is raised by one of these tables", () => {
    const raised = CASES.flatMap(([, , , findings]) => findings.map((finding) => finding.split(" ")[0]));
    const elsewhere = ["expired", "revoked", "invalid", "not_a_token"];
    expect(new Set([...raised, ...elsewhere])).toEqual(new Set(Object.keys(CATALOGUE)));
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

  it("the worst finding makes the state and comes first", () => {
    const verdict = verdictOf({ expiry: at(5 * DAY_MS), scopes: [SCOPES[1], "email"], assets: [phone(refused)] });
    expect(verdict.state).toBe("degraded");
    expect(verdict.threshold).toBe("7d");
    expect(verdict.findings.map((finding) => finding.severity)).toEqual(["critical", "critical", "warning", "info"]);
  });

  it.each([
    [undefined, [{ type: "PHONE_NUMBER", id: PHONE }]],
    [[{ type: "BUSINESS", id: "8" }], [{ type: "BUSINESS", id: "8" }]],
  ])("a blocked sending keeps the entity that blocks (%j) and Meta's reasons", (obstructing, entities) => {
    const blocked = { ...free, sending: "blocked", obstacles: ["Pay."] } as const;
    const named = obstructing === undefined ? {} : { obstructing };
    const [finding] = verdictOf({ assets: [phone({ ...blocked, ...named })] }).findings;
    expect(finding?.facts).toEqual({ kind: "sending", entities, obstacles: ["Pay."] });
  });

  it("an entity and a reason that both reads name are kept once", () => {
    const entities = [{ type: "BUSINESS", id: "8" }];
    const blocked = { ...free, sending: "blocked", obstacles: ["Pay."], obstructing: entities } as const;
    const [finding] = verdictOf({ assets: [phone(blocked), waba(blocked)] }).findings;
    expect(finding?.facts).toEqual({ kind: "sending", entities, obstacles: ["Pay."] });
  });

  it.each<[string, Partial<Inspection>, Partial<Policy>, FindingFacts]>([
    ["another app", {}, { appId: "1" }, { kind: "app", name: "Orders", deleted: false }],
    ["a near end", { expiry: at(HOUR_MS) }, {}, { kind: "end", at: after(HOUR_MS), past: false }],
    ["an end that has passed", { expiry: at(-1) }, {}, { kind: "end", at: after(-1), past: true }],
    ["another type", { type: "PAGE" }, {}, { kind: "type", type: "PAGE" }],
    ["data access", { dataAccess: at(-1) }, {}, { kind: "end", at: after(-1), past: true }],
    [
      "another version",
      { version: { answered: "v25.0", pinned: "v26.0" } },
      {},
      { kind: "versions", answered: "v25.0", pinned: "v26.0" },
    ],
    [
      "another account",
      { assets: [phone(ofAccount("1", "2")), waba(reached(null))] },
      {},
      { kind: "accounts", accounts: ["1", "2"], configured: WABA },
    ],
    [
      "no registration",
      { assets: [phone({ ...free, status: "PENDING", platform: "CLOUD_API" })] },
      {},
      { kind: "registration", status: "PENDING", platform: null },
    ],
    [
      "an id of another kind",
      { assets: [phone({ reach: "refused", error: noAccess, why: "other_kind", node: "Business" })] },
      {},
      { kind: "node", node: "Business" },
    ],
    ["a blocked app", { assets: [phone(blockedApp)] }, {}, { kind: "app", name: "Orders", deleted: false }],
    ...[190, 101].map((code): [string, Partial<Inspection>, Partial<Policy>, FindingFacts] => [
      `an app that was deleted, told by code ${code}`,
      { assets: [phone({ ...blockedApp, error: { code, subcode: null, message: "Application has been deleted." } })] },
      {},
      { kind: "app", name: "Orders", deleted: true },
    ]),
  ])("keeps what the sentence about %s names", (_what, fields, policy, facts) => {
    expect(verdictOf(fields, policy).findings[0]?.facts).toEqual(facts);
  });

  it("an id of another kind is marked as that, for what leads to the guide", () => {
    const otherKind: AssetReach = { reach: "refused", error: noAccess, why: "other_kind", node: "Business" };
    const findings = verdictOf({ assets: [phone(ofAccount("3")), waba(otherKind)] }).findings;
    expect(findings.map(({ code, why }) => [code, why])).toEqual([
      ["waba_unreachable", "other_kind"],
      ["other_account", undefined],
    ]);
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
    const problem = { shape: "quotes", place: null } as const;
    const verdict = judgeShape(problem, token, NOW);
    expect(verdict).toMatchObject({ state: "invalid", failure: null, evidence: null, token });
    expect(verdict.findings).toMatchObject([{ code: "not_a_token", severity: "critical", evidence: null }]);
    expect(verdict.findings[0]?.facts).toEqual({ kind: "shape", problem });
  });

  it("never and not known are different things", () => {
    expect(verdictOf({ expiry: NEVER }).findings).toEqual([]);
    expect(verdictOf({ expiry: NOT_KNOWN }).findings.map(({ code }) => code)).toEqual(["expiry_not_known"]);
  });
});
