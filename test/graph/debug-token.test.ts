import { describe, expect, it } from "vitest";
import { fingerprintOf, tailOf } from "../../src/token/secret/secret.ts";
import { APP_ID, PHONE, TOKEN, SECRET, SCOPES, withPhone, facts, refusal, dead, run, inspectionOf } from "./script.ts";

describe("/debug_token", () => {
  it("is asked as the app, with the token in the query and nowhere else", async () => {
    const { graph } = await run({ "/debug_token": facts() });
    expect(graph.seen).toHaveLength(1);
    const [one] = graph.seen;
    expect(one?.method).toBe("GET");
    expect(one?.path).toBe("/v26.0/debug_token");
    expect(one?.authorization).toBe(`Bearer ${APP_ID}|an-app-secret-of-tests`);
    expect([...(one?.query ?? [])]).toEqual([["input_token", TOKEN]]);
  });

  it("becomes facts with dates, evidence and the version that answered", async () => {
    const answer = {
      ...facts({
        application: "Example Notifier",
        user_id: "777",
        issued_at: 1790121600,
        expires_at: 1795737600,
        data_access_expires_at: 0,
      }),
      headers: { "facebook-api-version": "v25.0", "x-fb-request-id": "AFakeRequest" },
    };
    const { result } = await run({ "/debug_token": answer });
    expect(inspectionOf(result)).toEqual({
      token: { fingerprint: fingerprintOf(SECRET), tail: tailOf(SECRET) },
      liveness: { alive: true },
      evidence: {
        call: "GET /debug_token",
        status: 200,
        code: null,
        subcode: null,
        trace: "AFakeRequest",
        at: new Date("2026-11-22T00:00:00Z"),
      },
      type: "SYSTEM_USER",
      appId: APP_ID,
      appName: "Example Notifier",
      userId: "777",
      issuedAt: new Date(1790121600_000),
      expiry: { kind: "at", at: new Date(1795737600_000) },
      dataAccess: { kind: "never" },
      scopes: SCOPES,
      scopesEvidence: expect.objectContaining({ call: "GET /debug_token" }),
      assets: [],
      version: { answered: "v25.0", pinned: "v26.0" },
      debugged: true,
      proofRefused: null,
    });
  });

  it("reports a dead token with the error's code and subcode as evidence", async () => {
    const { result } = await run({ "/debug_token": dead }, withPhone);
    const { liveness, evidence, assets } = inspectionOf(result);
    expect(liveness).toEqual({ alive: false, error: { code: 190, subcode: 466, message: "gone" } });
    expect(evidence).toMatchObject({ status: 200, code: 190, subcode: 466 });
    expect(assets).toMatchObject([{ id: PHONE, reach: "not_known", failure: null }]);
  });

  it("reports a dead token for data.error without is_valid when the error is about the token", async () => {
    const { result } = await run({ "/debug_token": { body: { data: { error: { code: 190, message: "no" } } } } });
    expect(inspectionOf(result).liveness).toMatchObject({ alive: false });
  });

  it.each([
    [4, "throttled", 900_000],
    [2, "unreachable", null],
    [100, "malformed", null],
  ])("gives no verdict for data.error %i without is_valid", async (code, kind, retryAfterMs) => {
    const { result } = await run({ "/debug_token": { body: { data: { error: { code } } } } });
    expect(result).toMatchObject({ ok: false, failure: { kind, retryAfterMs } });
  });

  it.each([
    "(#100) The App_id in the input_token did not match the Viewing App",
    "the app_id in THE input_token DID NOT match",
  ])("names a token of another app: %s", async (message) => {
    const { result, paths } = await run({ "/debug_token": refusal(100, message) }, withPhone);
    expect(inspectionOf(result)).toMatchObject({ liveness: { alive: "other_app" }, scopes: null, appId: null });
    expect(paths).toEqual(["/debug_token"]);
  });

  it.each([
    [190, "Invalid OAuth access token signature."],
    [102, "session"],
    [104, "token needed"],
    [100, "(#100) You must provide an app access token, or a user access token that is an owner"],
    [200, "(#200) Provide valid app ID"],
  ])("a top-level %i is about our credential: %s", async (code, message) => {
    const { result, paths } = await run({ "/debug_token": refusal(code, message) });
    expect(result).toMatchObject({
      ok: false,
      failure: {
        kind: "misconfigured",
        message: expect.stringMatching(
          /^Meta refuses the app ID or app secret in the bot's configuration \(app \d+\) at GET \/debug_token \(.*\)\.$/,
        ),
        evidence: { code, trace: "AFakeTrace" },
      },
      token: { fingerprint: fingerprintOf(SECRET) },
    });
    expect(paths).toEqual(["/debug_token"]);
  });

  it.each([
    [5, "This IP can't make requests for that application.", /IP address of this server/],
    [2500, "Unknown path components: /debug_token", /does not serve this Graph API version/],
    [2635, "You are calling a deprecated version of the API", /does not serve this Graph API version/],
    [415, "Two factor authentication required.", /two-factor authentication/],
    [101, "Error validating application.", /does not know this app ID.*\(app \d+\)/],
    [1, "Error validating client secret.", /does not accept the app secret \(app \d+\)/],
  ])("a top-level %i has its own cause: %s", async (code, message, words) => {
    const { result } = await run({ "/debug_token": refusal(code, message) });
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: "misconfigured", message: expect.stringMatching(words), evidence: { code } },
    });
    expect(JSON.stringify(result)).not.toMatch(code === 1 || code === 101 ? /IP address of/ : /app ID or secret/);
  });

  it.each([
    [2500, "An active access token must be used."],
    [368, "The action attempted has been deemed abusive or is otherwise disallowed"],
  ])("a top-level %i is not about one of our settings: %s", async (code, message) => {
    const { result } = await run({ "/debug_token": refusal(code, message) });
    expect(result).toMatchObject({ ok: false, failure: { kind: "malformed", evidence: { code } } });
    expect(JSON.stringify(result)).not.toMatch(/app ID or secret|does not serve/);
  });

  it.each([
    [refusal(200, "API access blocked.")],
    [refusal(200, "(#200) API access blocked", 403)],
    [refusal(190, "Error validating application. Application has been deleted.")],
    [refusal(101, "Error validating application. Application has been deleted.")],
    [facts({ is_valid: false, error: { code: 190, message: "Application has been deleted." } })],
  ])("a blocked or deleted app is no error of our credential or the token (%#)", async (answer) => {
    const { result, paths } = await run({ "/debug_token": answer }, withPhone);
    expect(result).toMatchObject({ ok: false, failure: { kind: "app_blocked" } });
    expect(JSON.stringify(result)).not.toMatch(/assign|generate|META_APP_SECRET/i);
    expect(paths).toEqual(["/debug_token"]);
  });
});
