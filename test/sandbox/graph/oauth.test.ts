import { describe, expect, it } from "vitest";
import { fakeToken } from "../../../sandbox/fake-token.ts";
import type { OddRefresh } from "../../../sandbox/graph/faults/fault.ts";
import { dayMs, openRig, phonePath, refreshPath, revokePath, type Rig } from "./graph-rig.ts";

const NOW = Date.parse("2026-11-22T00:00:00Z") / 1000;
const DAY = dayMs / 1000;
const BOTH = ["whatsapp_business_management", "whatsapp_business_messaging"];

const refreshed = async ({ ask }: Rig, token: string): Promise<string> =>
  String((await ask(refreshPath(token))).body["access_token"]);

/** The tokens that the stand-in has issued. */
const countOf = ({ graph }: Rig): number => graph.state.tokens.size;

describe("/oauth/access_token", () => {
  it("gives a token of 60 days from now, and the old one keeps its own date", async () => {
    const rig = await openRig();
    const { ask, clock, debug, tokens } = rig;
    const { status, body } = await ask(refreshPath(tokens.sixtyDay));
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), token_type: "bearer", expires_in: 60 * DAY });
    const token = String(body["access_token"]);
    expect(token).not.toBe(tokens.sixtyDay);
    const facts = { is_valid: true, type: "SYSTEM_USER", issued_at: NOW, expires_at: NOW + 60 * DAY, scopes: BOTH };
    expect((await debug(token)).body.data).toMatchObject(facts);
    expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: true, expires_at: NOW + 5 * DAY });
    expect((await ask(phonePath, token)).status).toBe(200);
    clock.advance(6 * dayMs);
    expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: false });
    const again = await refreshed(rig, token);
    expect((await debug(again)).body.data).toMatchObject({ expires_at: NOW + 66 * DAY });
    expect(rig.graph.state.tokens.get(again)?.label).toMatch(/^sixty-day-refreshed-\d+$/);
  });

  it("gives 60 days for a token that never expires", async () => {
    const rig = await openRig();
    const token = await refreshed(rig, rig.tokens.never);
    expect((await rig.debug(token)).body.data).toMatchObject({ expires_at: NOW + 60 * DAY });
    expect((await rig.debug(rig.tokens.never)).body.data).toMatchObject({ expires_at: 0 });
  });

  it.each<readonly [string, Record<string, string>, object]>([
    ["no app ID", { client_id: "" }, { code: 101, message: "Missing client_id parameter." }],
    ["an unknown app ID", { client_id: "1" }, { code: 101 }],
    ["no app secret", { client_secret: "" }, { code: 1, message: "Missing client_secret parameter." }],
    ["a wrong app secret", { client_secret: "wrong" }, { code: 1, message: "Error validating client secret." }],
    ["another grant type", { grant_type: "client_credentials" }, { code: 100 }],
    ["no token", { fb_exchange_token: "" }, { code: 1, message: "fb_exchange_token parameter not specified" }],
    ["a text that is no token", { fb_exchange_token: "hello" }, { code: 190 }],
    ["an unknown token", { fb_exchange_token: fakeToken("stranger") }, { code: 190 }],
  ])("refuses %s", async (_name, over, error) => {
    const rig = await openRig();
    const before = countOf(rig);
    const { status, body } = await rig.ask(refreshPath(rig.tokens.sixtyDay, over));
    expect(status).toBe(400);
    expect(body.error).toMatchObject(error);
    expect(countOf(rig)).toBe(before);
  });

  it("refuses a dead token as other calls do, and a token of another app", async () => {
    const { ask, graph, tokens } = await openRig();
    expect((await ask(refreshPath(tokens.otherApp))).body.error).toMatchObject({
      code: 1,
      message: "The access token does not belong to application 100000000000042",
    });
    graph.expire(tokens.sixtyDay);
    const expired = await ask(refreshPath(tokens.sixtyDay));
    expect(expired).toMatchObject({ status: 400, body: { error: { code: 190, error_subcode: 463 } } });
    graph.revoke(tokens.never);
    expect((await ask(refreshPath(tokens.never))).body.error).toMatchObject({ code: 190, error_subcode: 466 });
  });
});

describe("a fault of a refresh", () => {
  it.each<readonly [OddRefresh, object]>([
    ["token_of_other_app", { status: 400, body: { error: { code: 100 } } }],
    ["sooner_end", { body: { data: { is_valid: true, expires_at: NOW + 2.5 * DAY, scopes: BOTH } } }],
    ["fewer_permissions", { body: { data: { expires_at: NOW + 60 * DAY, scopes: BOTH.slice(0, 1) } } }],
    ["no_assets", { body: { data: { is_valid: true, expires_at: NOW + 60 * DAY, scopes: BOTH } } }],
    ["same_token", { body: { data: { is_valid: true, expires_at: NOW + 60 * DAY, scopes: BOTH } } }],
  ])("%s shows in the new token's inspection", async (gives, facts) => {
    const rig = await openRig();
    rig.graph.faults.add({ kind: "refresh", gives });
    await rig.ask("/me", rig.tokens.never);
    const token = await refreshed(rig, rig.tokens.sixtyDay);
    expect(await rig.debug(token)).toMatchObject(facts);
    expect(token === rig.tokens.sixtyDay).toBe(gives === "same_token");
    expect((await rig.ask(phonePath, token)).status).toBe(gives === "no_assets" ? 400 : 200);
    // Once is the default.
    expect((await rig.debug(await refreshed(rig, rig.tokens.sixtyDay))).body.data).toMatchObject({ scopes: BOTH });
  });

  it.each<readonly [OddRefresh, object]>([
    ["no_token", { token_type: "bearer", expires_in: 60 * DAY }],
    ["empty_token", { access_token: "", token_type: "bearer", expires_in: 60 * DAY }],
    ["short_token", { access_token: expect.stringMatching(/^.{40}$/), token_type: "bearer", expires_in: 60 * DAY }],
    ["no_expires_in", { access_token: expect.any(String), token_type: "bearer" }],
    ["absurd_expires_in", { access_token: expect.any(String), token_type: "bearer", expires_in: -1e300 }],
  ])("%s shows in the answer", async (gives, body) => {
    const { ask, graph, tokens } = await openRig();
    graph.faults.add({ kind: "refresh", gives });
    expect((await ask(refreshPath(tokens.sixtyDay))).body).toEqual(body);
  });

  it.each([
    [{ kind: "error", code: 4 }, 0],
    [{ kind: "rate_limited" }, 0],
    [{ kind: "html" }, 1],
    [{ kind: "status", status: 503 }, 1],
    [{ kind: "garbage" }, 1],
  ] as const)("%o makes %i tokens", async (fault, made) => {
    const rig = await openRig();
    const before = countOf(rig);
    rig.graph.faults.add({ ...fault, path: "/oauth/access_token" });
    await fetch(`${rig.graph.url}/v26.0${refreshPath(rig.tokens.sixtyDay)}`);
    expect(countOf(rig) - before).toBe(made);
  });
});

describe("/oauth/revoke", () => {
  it("ends one token at once, and no other", async () => {
    const { ask, debug, tokens } = await openRig();
    expect(await ask(revokePath(tokens.sixtyDay, tokens.never))).toMatchObject({ body: { success: "true" } });
    expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: false, error: { code: 190 } });
    expect((await debug(tokens.never)).body.data).toMatchObject({ is_valid: true });
    const again = await ask(revokePath(tokens.sixtyDay, tokens.never));
    expect(again.body.error).toMatchObject({ code: 190, error_subcode: 466 });
  });

  it.each<readonly [string, Record<string, string>, object]>([
    ["a wrong app secret", { client_secret: "wrong" }, { code: 1 }],
    ["an unknown app ID", { client_id: "1" }, { code: 101 }],
    ["no old token", { revoke_token: "" }, { code: 100, message: "(#100) The parameter revoke_token is required" }],
    ["no new token", { access_token: "" }, { code: 100 }],
    ["an unknown new token", { access_token: fakeToken("stranger") }, { code: 190 }],
    ["tokens of another app", { client_id: "100000000000043", client_secret: "sandbox-other-app-secret" }, { code: 1 }],
  ])("refuses %s, and the token lives", async (_name, over, error) => {
    const { ask, debug, tokens } = await openRig();
    const { status, body } = await ask(revokePath(tokens.sixtyDay, tokens.never, over));
    expect([status, body.error]).toEqual([400, expect.objectContaining(error)]);
    expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: true });
  });

  it.each([
    [{ kind: "revoke_ignored" }, true, 200],
    [{ kind: "error", code: 100, path: "/oauth/revoke" }, true, 400],
    [{ kind: "html", path: "/oauth/revoke" }, false, 502],
  ] as const)("with the fault %o, the token lives: %s", async (fault, alive, status) => {
    const { debug, graph, tokens } = await openRig();
    graph.faults.add(fault);
    const answer = await fetch(`${graph.url}/v26.0${revokePath(tokens.sixtyDay, tokens.never)}`);
    expect(answer.status).toBe(status);
    expect((await debug(tokens.sixtyDay)).body.data).toMatchObject({ is_valid: alive });
  });
});
