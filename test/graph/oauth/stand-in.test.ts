import { describe, expect, it, onTestFinished } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import type { Fault, OddRefresh } from "../../../sandbox/graph/faults/fault.ts";
import { type GraphStandIn, openGraph } from "../../../sandbox/graph/graph.ts";
import { demoIds, type DemoTokens, seedDemoTokens } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { createGraphClient } from "../../../src/graph/client.ts";
import { createInspector } from "../../../src/graph/inspector.ts";
import { createExchange } from "../../../src/graph/oauth/refresh-token.ts";
import { createRevoke } from "../../../src/graph/oauth/revoke-token.ts";
import type { Exchange, Revoke } from "../../../src/renewal/ports.ts";
import type { Inspection } from "../../../src/token/inspection.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { leaksIn } from "../../flows/people/leaks.ts";
import { APP_ID } from "../script.ts";

const APP_SECRET = "5f20846e1d7b9c3a9b1e7c4d2f8a6035";
const APP = { id: APP_ID, secret: new Secret(APP_SECRET) };
const START = new Date("2026-11-22T00:00:00Z");
const day = (days: number): Date => new Date(START.getTime() + days * 86_400_000);

interface Rig {
  readonly graph: GraphStandIn;
  readonly tokens: DemoTokens;
  readonly exchange: Exchange;
  readonly revoke: Revoke;
  readonly inspect: (secret: Secret) => Promise<Inspection>;
}

/** The product's own calls, and the sandbox's Graph on the other side. */
const openRig = async (): Promise<Rig> => {
  const clock = createClock(START);
  const graph = await openGraph({ clock, appId: APP_ID, appSecret: APP_SECRET });
  const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now: clock.now });
  onTestFinished(async () => {
    await client.close();
    await graph.close();
  });
  const tokens = seedDemoTokens(graph);
  const inspectWith = createInspector(client, { now: clock.now, wait: () => Promise.resolve() });
  return {
    graph,
    tokens,
    exchange: createExchange(client),
    revoke: createRevoke(client),
    inspect: async (secret) => {
      const needs = { app: APP, phoneNumberId: demoIds.phone, whatsappBusinessAccountId: demoIds.account };
      const result = await inspectWith(secret, needs);
      if (!result.ok) throw new Error(result.failure.message);
      return result.inspection;
    },
  };
};

const BOTH = ["whatsapp_business_management", "whatsapp_business_messaging"];
const GOOD = {
  liveness: { alive: true },
  type: "SYSTEM_USER",
  appId: APP_ID,
  expiry: { kind: "at", at: day(60) },
  scopes: BOTH,
  assets: [
    { id: demoIds.phone, reach: "reached" },
    { id: demoIds.account, reach: "reached" },
  ],
};

describe("a refresh against the sandbox's Graph", () => {
  it.each<readonly [OddRefresh | null, object]>([
    [null, GOOD],
    ["same_token", GOOD],
    ["no_expires_in", GOOD],
    ["absurd_expires_in", GOOD],
    ["sooner_end", { ...GOOD, expiry: { kind: "at", at: day(2.5) } }],
    ["fewer_permissions", { ...GOOD, scopes: BOTH.slice(0, 1) }],
    ["no_assets", { liveness: { alive: true }, assets: [{ reach: "refused" }, { reach: "refused" }] }],
    ["token_of_other_app", { liveness: { alive: "other_app" } }],
  ])("with the fault %s, the inspection of the new token shows it", async (gives, facts) => {
    const { graph, tokens, exchange, inspect } = await openRig();
    if (gives !== null) graph.faults.add({ kind: "refresh", gives });
    const result = await exchange(new Secret(tokens.sixtyDay), APP);
    if (!result.ok) throw new Error(result.message);
    expect(await inspect(result.secret)).toMatchObject(facts);
    expect(await inspect(new Secret(tokens.sixtyDay))).toMatchObject({ liveness: { alive: true } });
    const secrets = { old: tokens.sixtyDay, secret: APP_SECRET };
    expect(leaksIn(secrets, { calls: JSON.stringify(graph.calls()) })).toEqual([]);
  });

  it.each<readonly [string, (rig: Rig) => void, (tokens: DemoTokens) => string, string]>([
    ["an expired token", ({ graph, tokens }) => graph.expire(tokens.never), ({ never }) => never, "expired"],
    ["a revoked token", ({ graph, tokens }) => graph.revoke(tokens.never), ({ never }) => never, "revoked"],
    ["a token without its app", ({ graph, tokens }) => graph.removeApp(tokens.never), ({ never }) => never, "revoked"],
    ["a token of another app", () => undefined, ({ otherApp }) => otherApp, "wrong_app"],
    ["a text that is no token", () => undefined, ({ never }) => never.slice(0, 60), "not_refreshable"],
    ["a new app secret", ({ graph }) => void graph.resetAppSecret(), ({ never }) => never, "app_credentials"],
    ["an app that is gone", ({ graph }) => graph.state.apps.clear(), ({ never }) => never, "app_credentials"],
    ["a limit", ({ graph }) => void graph.faults.add({ kind: "rate_limited" }), ({ never }) => never, "throttled"],
    [
      "a refused address",
      ({ graph }) => void graph.faults.add({ kind: "error", code: 5 }),
      ({ never }) => never,
      "address_not_allowed",
    ],
  ])("is refused for %s", async (_name, prepare, pick, refusal) => {
    const rig = await openRig();
    prepare(rig);
    const before = rig.graph.state.tokens.size;
    expect(await rig.exchange(new Secret(pick(rig.tokens)), APP)).toMatchObject({ ok: false, refusal });
    expect(rig.graph.state.tokens.size).toBe(before);
  });

  it.each<Fault>([
    { kind: "html" },
    { kind: "status", status: 503 },
    { kind: "reset" },
    { kind: "truncated" },
    { kind: "garbage" },
    { kind: "redirect_loop" },
    { kind: "refresh", gives: "no_token" },
    { kind: "refresh", gives: "empty_token" },
    { kind: "refresh", gives: "short_token" },
  ])("is unanswered with the fault %o, and asked once", async (fault) => {
    const { graph, tokens, exchange } = await openRig();
    graph.faults.add(fault);
    expect(await exchange(new Secret(tokens.sixtyDay), APP)).toMatchObject({ ok: false, kind: "unanswered" });
    expect(graph.calls()).toHaveLength(1);
  });
});

describe("a revoke against the sandbox's Graph", () => {
  it("ends the old token, and a second one is explained", async () => {
    const { tokens, revoke, inspect } = await openRig();
    const [old, current] = [new Secret(tokens.sixtyDay), new Secret(tokens.never)];
    expect(await revoke(old, current, APP)).toEqual({ ok: true });
    expect(await inspect(old)).toMatchObject({ liveness: { alive: false } });
    expect(await inspect(current)).toMatchObject({ liveness: { alive: true } });
    expect(await revoke(old, current, APP)).toMatchObject({ message: expect.stringContaining("no longer works") });
  });

  it("that Meta confirms and ignores leaves the old token alive", async () => {
    const { graph, tokens, revoke, inspect } = await openRig();
    graph.faults.add({ kind: "revoke_ignored" });
    const old = new Secret(tokens.sixtyDay);
    expect(await revoke(old, new Secret(tokens.never), APP)).toEqual({ ok: true });
    expect(await inspect(old)).toMatchObject({ liveness: { alive: true } });
  });

  it("whose answer is lost has ended the old token", async () => {
    const { graph, tokens, revoke, inspect } = await openRig();
    graph.faults.add({ kind: "reset" });
    const old = new Secret(tokens.sixtyDay);
    expect(await revoke(old, new Secret(tokens.never), APP)).toMatchObject({ ok: false });
    expect(await inspect(old)).toMatchObject({ liveness: { alive: false } });
  });
});
