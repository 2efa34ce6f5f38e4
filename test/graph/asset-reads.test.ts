import { describe, expect, it } from "vitest";
import {
  APP_ID,
  PHONE,
  WABA,
  TOKEN,
  PROOF,
  needs,
  withPhone,
  facts,
  refusal,
  phone,
  run,
  inspectionOf,
} from "./script.ts";

describe("live reads", () => {
  it("are made with the token and its proof, for the configured objects only", async () => {
    const script = {
      "/debug_token": facts(),
      [`/${PHONE}`]: phone,
      [`/${WABA}`]: { body: { id: WABA, name: "Shop" } },
    };
    const { result, graph, paths } = await run(
      script,
      needs({ phoneNumberId: PHONE, whatsappBusinessAccountId: WABA }),
    );
    expect(paths.toSorted()).toEqual([`/${WABA}`, `/${PHONE}`, "/debug_token"]);
    for (const one of graph.seen.slice(1)) {
      expect(one.authorization).toBe(`Bearer ${TOKEN}`);
      expect(one.query.get("appsecret_proof")).toBe(PROOF);
      expect([...one.query.keys()]).toEqual(["fields", "appsecret_proof"]);
    }
    expect(inspectionOf(result).assets).toMatchObject([
      { kind: "phone", id: PHONE, reach: "reached", name: "Example Shop", sending: null },
      { kind: "waba", id: WABA, reach: "reached", name: "Shop", evidence: { call: `GET /${WABA}`, status: 200 } },
    ]);
  });

  it.each([
    ["our app", APP_ID, true],
    ["no app", undefined, true],
    ["another app", "100000000000043", false],
  ])("carry the proof when /debug_token named %s: %s → %s", async (_name, app_id, signed) => {
    const { graph } = await run({ "/debug_token": facts({ app_id }), [`/${PHONE}`]: phone }, withPhone);
    expect(graph.seen[1]?.query.has("appsecret_proof")).toBe(signed);
  });

  it.each([
    ["without the permission", ["whatsapp_business_messaging"]],
    ["with permissions not told", undefined],
  ])("are made %s too, because the read decides", async (_name, scopes) => {
    const { result, paths } = await run({ "/debug_token": facts({ scopes }), [`/${PHONE}`]: phone }, withPhone);
    expect(paths).toEqual(["/debug_token", `/${PHONE}`]);
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "reached" }]);
  });

  it("are repeated without fields when Graph does not know a field of this kind of object", async () => {
    const message =
      "(#100) Tried accessing nonexisting field (health_status) on node type (WhatsAppBusinessPhoneNumber)";
    const script = { "/debug_token": facts(), [`/${PHONE}`]: [refusal(100, message), phone] };
    const { result, graph } = await run(script, withPhone);
    expect(graph.seen.slice(1).map((one) => one.query.has("fields"))).toEqual([true, false]);
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "reached", name: "Example Shop" }]);
  });

  it.each([
    [3, "capability", 500, {}],
    [10, "permission", 403, {}],
    [33, "deleted", 400, {}],
    [200, "permission", 403, {}],
    [299, "permission", 403, {}],
    [368, "blocked", 403, {}],
    [131005, "denied", 403, {}],
    [131031, "locked", 403, {}],
    [803, "(#803) Some of the aliases you requested do not exist: 1", 404, {}],
    [100, "anything", 400, { error_subcode: 33 }],
    [100, "Object with ID '1' does not exist, cannot be loaded due to missing permissions", 400, {}],
  ])("%i (%s) is a refusal", async (code, message, status, more) => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: refusal(code, message, status, more) };
    const { result } = await run(script, withPhone);
    expect(inspectionOf(result).assets).toMatchObject([
      { reach: "refused", error: { code }, evidence: { call: `GET /${PHONE}`, status, code, trace: "AFakeTrace" } },
    ]);
  });

  it.each([
    [100, "(#100) some parameter", 400, "malformed"],
    [100, "(#100) Tried accessing nonexisting field (health_status)", 400, "malformed"],
    [5, "This IP can't make requests for that application.", 400, "misconfigured"],
    [2500, "Unknown path components: /1", 400, "misconfigured"],
    [415, "Two factor authentication required", 400, "misconfigured"],
    [101, "Error validating application.", 400, "malformed"],
    [1, "Error validating client secret.", 400, "malformed"],
    [200, "(#200) Provide valid app ID", 400, "malformed"],
    [131009, "parameter", 400, "malformed"],
    [80008, "too many calls", 400, "throttled"],
    [10, "too many", 429, "throttled"],
    [2, "down", 503, "unreachable"],
    [10, "trouble", 502, "unreachable"],
  ])("%i (%s, HTTP %i) is not known: %s", async (code, message, status, kind) => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: refusal(code, message, status) };
    const { result } = await run(script, withPhone);
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: true },
      assets: [{ reach: "not_known", failure: { kind }, proofRefused: false }],
    });
  });

  it("an error that names appsecret_proof is not known and says so", async () => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: refusal(100, "Invalid appsecret_proof provided", 400) };
    const { result } = await run(script, withPhone);
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "not_known", proofRefused: true }]);
  });

  it.each([
    ["another object's id", { id: "1" }],
    ["no id", { verified_name: "Example" }],
    ["nothing", {}],
  ])("200 with %s is not known", async (_name, body) => {
    const { result } = await run({ "/debug_token": facts(), [`/${PHONE}`]: { body } }, withPhone);
    expect(inspectionOf(result).assets).toMatchObject([{ reach: "not_known", failure: { kind: "malformed" } }]);
  });
});
