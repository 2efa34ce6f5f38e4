import { describe, expect, it } from "vitest";
import { createInspector } from "../../../src/graph/inspector.ts";
import type { AssetFact } from "../../../src/token/inspection.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { after } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { startGraph } from "../local-graph.ts";

const MINUTE = 60_000;
const APP = { id: "100000000000042", secret: new Secret("turns-test-app-secret") };
const [ACCOUNT, PHONE] = ["100000000001001", "100000000001003"];

const factOf = (kind: AssetFact["kind"], id: string): AssetFact => ({
  kind,
  id,
  reach: "reached",
  name: "Example Shop",
  sending: null,
  obstacles: [],
  evidence: null,
  readAt: after(-MINUTE),
});
const EARLIER = [factOf("phone", PHONE), factOf("waba", ACCOUNT)];

/** A Graph that reports these shares with the reads of the number and the account. */
async function aProgram(shares: { readonly phone?: number; readonly waba?: number }) {
  const clock = { ms: 0 };
  const state = { isLimited: false, scopes: ["whatsapp_business_management"] };
  const graph = await startGraph(({ path }) => {
    if (path.endsWith("/debug_token"))
      return {
        body: { data: { app_id: APP.id, type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: state.scopes } },
      };
    const id = path.split("/").at(-1);
    const share = id === PHONE ? shares.phone : shares.waba;
    const usage = { "7": [{ type: "any", call_count: share }] };
    const headers: Readonly<Record<string, string>> =
      share === undefined ? {} : { "x-business-use-case-usage": JSON.stringify(usage) };
    return state.isLimited
      ? { status: 400, body: { error: { code: 80_008, message: "(#80008) Too many calls" } } }
      : { headers, body: { id, name: "Example Shop" } };
  });
  const debug: unknown[] = [];
  const inspect = createInspector(graph.client, {
    now: () => after(clock.ms),
    wait: () => Promise.resolve(),
    log: { debug: (fields: unknown) => void debug.push(fields) },
  });
  /** @param earlierReads null: only new reads count */
  const ask = async (earlierReads: readonly AssetFact[] | null = EARLIER) => {
    const before = graph.seen.length;
    const ids = { phoneNumberId: PHONE, whatsappBusinessAccountId: ACCOUNT };
    const needs = { app: APP, ...ids, earlierReads: earlierReads ?? undefined };
    const found = await inspect(new Secret(fakeToken("turns")), needs);
    return { reads: graph.seen.length - before - 1, assets: found.ok ? found.inspection.assets : [] };
  };
  return { clock, state, graph, ask, debug };
}

describe("the reads of an account near its limit", () => {
  it.each<[string, { readonly phone?: number; readonly waba?: number }]>([
    ["both answers say so", { phone: 90, waba: 90 }],
    ["one of them says so", { waba: 90 }],
  ])("take turns, and an earlier read is used in between: %s", async (_name, shares) => {
    const { clock, graph, ask, debug } = await aProgram(shares);
    await using _ = graph;
    expect(await ask()).toMatchObject({ reads: 2 });
    clock.ms = 9 * MINUTE - 1;
    expect(await ask()).toEqual({ reads: 0, assets: EARLIER });
    expect(debug).toEqual([{ account: ACCOUNT }]);
    clock.ms = 9 * MINUTE;
    const turn = await ask();
    expect(turn.reads).toBe(2);
    expect(turn.assets.map(({ readAt }) => readAt)).toEqual([undefined, undefined]);
    expect(await ask()).toEqual({ reads: 0, assets: EARLIER });
  });

  it("are made at once when only new ones count, and this is a turn too", async () => {
    const { clock, graph, ask } = await aProgram({ waba: 90 });
    await using _ = graph;
    await ask();
    clock.ms = 8 * MINUTE;
    expect(await ask(null)).toMatchObject({ reads: 2, assets: [{ reach: "reached" }, { reach: "reached" }] });
    clock.ms = 16 * MINUTE;
    expect(await ask()).toMatchObject({ reads: 0 });
  });

  it("are made by a token without the permission for them, because only they show what it reaches", async () => {
    const { state, graph, ask } = await aProgram({ waba: 90 });
    await using _ = graph;
    await ask();
    state.scopes = [];
    expect(await ask()).toMatchObject({ reads: 2 });
  });

  it("use an earlier read while Meta limits the account, and take turns after that", async () => {
    const { clock, state, graph, ask } = await aProgram({});
    await using _ = graph;
    state.isLimited = true;
    expect((await ask()).assets).toMatchObject([{ reach: "not_known" }, { reach: "not_known" }]);
    clock.ms = 15 * MINUTE - 1;
    expect(await ask()).toEqual({ reads: 0, assets: EARLIER });
    state.isLimited = false;
    clock.ms = 15 * MINUTE;
    expect(await ask()).toMatchObject({ reads: 2, assets: [{ reach: "reached" }, { reach: "reached" }] });
    expect(await ask()).toEqual({ reads: 0, assets: EARLIER });
  });
});
