import { describe, expect, it } from "vitest";
import { createInspector } from "../../../src/graph/inspector.ts";
import { createAccountRests } from "../../../src/graph/limits/account-rests.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { after } from "../../support/builders.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { type CannedAnswer, startGraph } from "../local-graph.ts";

const MINUTE = 60_000;
const APP = { id: "100000000000042", secret: new Secret("rests-test-app-secret") };
const [FULL, OTHER] = ["100000000001001", "100000000001002"];

const limited: CannedAnswer = {
  status: 400,
  headers: { "x-business-use-case-usage": JSON.stringify({ "1": [{ estimated_time_to_regain_access: 19 }] }) },
  body: { error: { code: 80_008, message: "(#80008) Too many calls to this WhatsApp Business account" } },
};

/** A Graph that refuses reads of one account, and inspections of tokens that have to reach an account. */
async function aProgram() {
  const clock = { ms: 0 };
  const state = { isLimited: true, appId: APP.id };
  const graph = await startGraph(({ path }) => {
    if (path.endsWith("/debug_token"))
      return {
        body: { data: { app_id: state.appId, type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: [] } },
      };
    const id = path.split("/").at(-1);
    return id === FULL && state.isLimited ? limited : { body: { id, name: "Example Shop" } };
  });
  const inspect = createInspector(graph.client, { now: () => after(clock.ms), wait: () => Promise.resolve() });
  /** The read of the account, and how many calls were made for it. */
  const read = async (whatsappBusinessAccountId: string) => {
    const before = graph.seen.length;
    const found = await inspect(new Secret(fakeToken("rests")), {
      app: APP,
      phoneNumberId: undefined,
      whatsappBusinessAccountId,
    });
    const [asset] = found.ok ? found.inspection.assets : [];
    return { asset, calls: graph.seen.length - before - 1 };
  };
  return { clock, state, graph, read };
}

describe("an account that Meta limits", () => {
  it("is not read with other tokens of the app until the wait ends", async () => {
    const { clock, state, graph, read } = await aProgram();
    await using _ = graph;
    expect(await read(FULL)).toMatchObject({ calls: 1, asset: { reach: "not_known", failure: { kind: "throttled" } } });
    clock.ms = 18 * MINUTE;
    expect(await read(FULL)).toMatchObject({
      calls: 0,
      asset: { reach: "not_known", failure: { kind: "throttled", retryAfterMs: MINUTE, evidence: null } },
    });
    expect(await read(OTHER)).toMatchObject({ calls: 1, asset: { reach: "reached" } });
    state.isLimited = false;
    clock.ms = 19 * MINUTE;
    expect(await read(FULL)).toMatchObject({ calls: 1, asset: { reach: "reached" } });
    expect(await read(FULL)).toMatchObject({ calls: 1, asset: { reach: "reached" } });
  });

  it("is read with tokens of another app, whose calls count on their own", async () => {
    const { state, graph, read } = await aProgram();
    await using _ = graph;
    await read(FULL);
    state.appId = "100000000000043";
    expect(await read(FULL)).toMatchObject({ calls: 1 });
  });
});

describe("the rest of a wait", () => {
  const account = { app: APP.id, id: FULL };
  it.each<[string, readonly [number, number][], number, number | undefined]>([
    ["unknown account", [], 0, undefined],
    ["in the middle", [[0, 10 * MINUTE]], 4 * MINUTE, 6 * MINUTE],
    ["over", [[0, 10 * MINUTE]], 10 * MINUTE, undefined],
    [
      "the longer of two",
      [
        [0, 10 * MINUTE],
        [MINUTE, 2 * MINUTE],
      ],
      4 * MINUTE,
      6 * MINUTE,
    ],
    [
      "extended",
      [
        [0, 10 * MINUTE],
        [MINUTE, 20 * MINUTE],
      ],
      4 * MINUTE,
      17 * MINUTE,
    ],
    ["the clock was set back", [[0, 10 * MINUTE]], -60 * MINUTE, undefined],
  ])("%s", (_, limits, atMs, left) => {
    const clock = { ms: 0 };
    const rests = createAccountRests(() => after(clock.ms));
    for (const [ms, waitMs] of limits) {
      clock.ms = ms;
      rests.limited(account, waitMs);
    }
    clock.ms = atMs;
    expect(rests.leftMs(account)).toBe(left);
    expect(rests.leftMs({ ...account, app: "100000000000043" })).toBeUndefined();
  });
});
