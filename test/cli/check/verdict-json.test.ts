import { describe, expect, it } from "vitest";
import { verdictJson } from "../../../src/cli/check/verdict-json.ts";
import { judgeShape, judgeUnreadable } from "../../../src/token/judge.ts";
import type { Evidence } from "../../../src/token/inspection.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import { aFinding, aVerdict } from "../../support/builders.ts";

const at = new Date("2026-11-22T08:00:00.000Z");
const evidence: Evidence = { call: "GET /debug_token", status: 200, code: null, subcode: null, trace: null, at };

const degraded: Verdict = {
  state: "degraded",
  alive: true,
  findings: [
    {
      code: "scope_missing",
      severity: "critical",
      objects: ["whatsapp_business_messaging"],
      evidence,
      notRecheckedSince: null,
    },
  ],
  failure: null,
  token: {
    fingerprint: "0123456789ab",
    tail: "abcd1234",
    type: "SYSTEM_USER",
    appId: "100000000000042",
    appName: null,
    userId: "100000000000777",
    issuedAt: at,
    expiry: { kind: "never" },
    dataAccess: { kind: "at", at },
    scopes: ["whatsapp_business_management"],
    missingScopes: ["whatsapp_business_messaging"],
    extraScopes: [],
  },
  assets: [
    { kind: "phone", id: "1", name: "Example", reach: "reached", sending: "available", failure: null },
    {
      kind: "waba",
      id: "2",
      name: null,
      reach: "not_known",
      sending: null,
      failure: { kind: "throttled", message: "Wait.", retryAfterMs: 60_000, evidence },
    },
  ],
  threshold: null,
  evidence,
  answer: evidence,
  checkedAt: at,
};

describe("the object of check --json", () => {
  it("has exactly the keys that scripts rely on, in this order", () => {
    expect(JSON.stringify(verdictJson(degraded), null, 1)).toBe(
      JSON.stringify(
        {
          state: "degraded",
          findings: [
            {
              code: "scope_missing",
              severity: "critical",
              message: "The token lacks the permission whatsapp_business_messaging.",
              remedy:
                "Generate a new token that also has whatsapp_business_messaging. You cannot add a permission to an existing token. Save the new token where your app reads it. Restart the app if it reads the token only at start.",
              evidence: {
                call: "GET /debug_token",
                status: 200,
                code: null,
                subcode: null,
                trace: null,
                at: "2026-11-22T08:00:00.000Z",
              },
            },
          ],
          failure: null,
          token: {
            fingerprint: "0123456789ab",
            tail: "abcd1234",
            type: "SYSTEM_USER",
            appId: "100000000000042",
            appName: null,
            userId: "100000000000777",
            issuedAt: "2026-11-22T08:00:00.000Z",
            expiresAt: "never",
            dataAccessExpiresAt: "2026-11-22T08:00:00.000Z",
            scopes: ["whatsapp_business_management"],
            missingScopes: ["whatsapp_business_messaging"],
            extraScopes: [],
          },
          assets: [
            { kind: "phone", id: "1", name: "Example", reach: "reached", sending: "available", failure: null },
            {
              kind: "waba",
              id: "2",
              name: null,
              reach: "not_known",
              sending: null,
              failure: {
                kind: "throttled",
                message: "Wait. Run this again in 1 minute. Calls under a limit make the limit last longer.",
                retryAfterMs: 60_000,
              },
            },
          ],
          checkedAt: "2026-11-22T08:00:00.000Z",
        },
        null,
        1,
      ),
    );
  });

  it("gives only the advice about the app while Meta blocks it", () => {
    const findings = [aFinding("app_blocked"), aFinding("scope_missing"), aFinding("waba_unreachable")];
    const remedies = verdictJson(aVerdict({ findings })).findings.map(({ remedy }) => remedy);
    expect(new Set(remedies)).toEqual(
      new Set(["Open the app in the App Dashboard and do what Meta asks for there. A new token does not help."]),
    );
  });

  it("has every step of a remedy, then the steps that can wait", () => {
    const verdict = aVerdict({ findings: [aFinding("revoked")] });
    expect(verdictJson(verdict).findings[0]?.remedy).toBe(
      "Generate a new token for the system user. Save the new token where your app reads it. Restart the app if it reads the token only at start. Find out who revoked the old token.",
    );
  });

  it("has no evidence for a shape check, and null for every unknown fact", () => {
    const verdict = judgeShape({ shape: "short", place: null }, { fingerprint: "", tail: "" }, at);
    expect(verdictJson(verdict)).toMatchObject({
      state: "invalid",
      findings: [{ code: "not_a_token", evidence: null }],
      failure: null,
      token: { type: null, issuedAt: null, expiresAt: null, dataAccessExpiresAt: null, scopes: null },
    });
  });

  it("has no token when the source could not be read", () => {
    expect(verdictJson(judgeUnreadable("The file is gone.", at))).toEqual({
      state: "unknown",
      findings: [],
      failure: { kind: "unreadable", message: "The file is gone.", retryAfterMs: null },
      token: null,
      assets: [],
      checkedAt: "2026-11-22T08:00:00.000Z",
    });
  });
});
