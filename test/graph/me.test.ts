import { describe, expect, it } from "vitest";
import type { CannedAnswer } from "./local-graph.ts";
import { APP_ID, PHONE, TOKEN, SCOPES, needs, withoutApp, refusal, phone, run, inspectionOf } from "./script.ts";

describe("without an app secret", () => {
  const me: CannedAnswer = { body: { id: "777", name: "notifier" } };
  const permissions: CannedAnswer = {
    body: {
      data: [
        ...SCOPES.map((permission) => ({ permission, status: "granted" })),
        { permission: "email", status: "declined" },
        { permission: "public_profile", status: "expired" },
        "noise",
      ],
    },
  };
  const app: CannedAnswer = { body: { id: APP_ID, name: "Example Notifier" } };
  const script = { "/me": me, "/me/permissions": permissions, "/app": app, [`/${PHONE}`]: phone };

  it("/me, its permissions, the app and the objects are asked with the token, and no proof", async () => {
    const { result, graph, paths } = await run(script, needs({ app: undefined, phoneNumberId: PHONE }));
    expect(paths.toSorted()).toEqual([`/${PHONE}`, "/app", "/me", "/me/permissions"]);
    for (const one of graph.seen) {
      expect(one.authorization).toBe(`Bearer ${TOKEN}`);
      expect(one.query.has("appsecret_proof")).toBe(false);
      expect(one.query.toString()).not.toContain(TOKEN);
    }
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: true },
      evidence: { call: "GET /me" },
      userId: "777",
      appId: APP_ID,
      appName: "Example Notifier",
      scopes: SCOPES,
      scopesEvidence: { call: "GET /me/permissions" },
      expiry: { kind: "not_known" },
      debugged: false,
      assets: [{ reach: "reached" }],
    });
  });

  it("a failed additional call leaves null, and the object is still read", async () => {
    const broken = { "/me": me, "/me/permissions": refusal(4), "/app": refusal(100, "no"), [`/${PHONE}`]: phone };
    const { result } = await run(broken, needs({ app: undefined, phoneNumberId: PHONE }));
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: true },
      scopes: null,
      scopesEvidence: null,
      appId: null,
      appName: null,
      proofRefused: null,
      assets: [{ reach: "reached" }],
    });
  });

  it("an additional call that is refused because of the proof is kept as evidence", async () => {
    const broken = { ...script, "/app": refusal(100, "API calls from the server require an appsecret_proof argument") };
    const { result } = await run(broken, withoutApp);
    expect(inspectionOf(result).proofRefused).toMatchObject({ call: "GET /app", code: 100 });
  });

  it.each([
    [190, 400],
    [190, 401],
    [102, 400],
    [450, 400],
    [452, 400],
    [0, 401],
  ])("code %i under HTTP %i is a dead token", async (code, status) => {
    const { result, paths } = await run({ "/me": refusal(code, "no", status) }, withoutApp);
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: false, error: { code } },
      evidence: { code, status },
    });
    expect(paths).toEqual(["/me"]);
  });

  it.each([
    [0, 400, "malformed"],
    [190, 500, "unreachable"],
    [1, 400, "unreachable"],
    [17, 400, "throttled"],
    [2500, 400, "malformed"],
    [10, 403, "malformed"],
  ])("code %i under HTTP %i says nothing about it: %s", async (code, status, kind) => {
    const { result } = await run({ "/me": refusal(code, "no", status) }, withoutApp);
    expect(result).toMatchObject({ ok: false, failure: { kind } });
  });

  it.each([
    [200, "API access blocked."],
    [190, "Error validating application. Application has been deleted."],
  ])("code %i (%s) is a blocked or deleted app, not a dead token", async (code, message) => {
    const { result } = await run({ "/me": refusal(code, message) }, withoutApp);
    expect(result).toMatchObject({ ok: false, failure: { kind: "app_blocked", evidence: { call: "GET /me", code } } });
  });

  it.each([
    [5, "This IP can't make requests for that application.", /IP address of this server/],
    [2500, "Unknown path components: /me", /Graph API version/],
    [415, "Two factor authentication required.", /two-factor authentication/],
  ])("code %i is a setting of ours: %s", async (code, message, words) => {
    const { result } = await run({ "/me": refusal(code, message) }, withoutApp);
    expect(result).toMatchObject({ failure: { kind: "misconfigured", message: expect.stringMatching(words) } });
  });

  it("an app that requires a proof is an error of our configuration", async () => {
    const { result } = await run({ "/me": refusal(100, "require an appsecret_proof argument") }, withoutApp);
    expect(result).toMatchObject({ ok: false, failure: { kind: "misconfigured" } });
  });

  it("200 without an ID is a failure", async () => {
    const { result } = await run({ "/me": { body: { name: "who" } } }, withoutApp);
    expect(result).toMatchObject({ ok: false, failure: { kind: "malformed" } });
  });
});
