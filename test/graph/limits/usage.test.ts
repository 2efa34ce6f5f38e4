import { describe, expect, it } from "vitest";
import { createInspector } from "../../../src/graph/inspector.ts";
import type { Usage } from "../../../src/watch/budget/budget.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { type Answerer, CLOCK, startGraph } from "../local-graph.ts";

const APP = { id: "100000000000042", secret: new Secret("usage-test-app-secret") };
const PHONE = "100000000001001";
const MINUTE_MS = 60_000;

const alive = (appId: string) => ({
  data: { app_id: appId, type: "SYSTEM_USER", is_valid: true, expires_at: 0, scopes: [] },
});

/** Inspects one token over real HTTP, and returns what the answers said about the app. */
async function usagesOf(answer: Answerer, needs: { readonly app?: typeof APP; readonly phone?: string } = {}) {
  await using graph = await startGraph(answer);
  const told: (Usage & { readonly app: string })[] = [];
  const inspect = createInspector(graph.client, {
    now: () => CLOCK,
    wait: () => Promise.resolve(),
    onUsage: (app, usage) => told.push({ app, ...usage }),
  });
  await inspect(new Secret(fakeToken("usage")), {
    app: "app" in needs ? needs.app : APP,
    phoneNumberId: needs.phone,
    whatsappBusinessAccountId: undefined,
  });
  return told;
}

const header = (value: unknown) => ({ "x-app-usage": typeof value === "string" ? value : JSON.stringify(value) });

describe("what an answer says about the limit of its app", () => {
  it.each<[string, string | object | undefined, number | null]>([
    ["the largest of the three shares", { call_count: 28, total_time: 25, total_cputime: 31 }, 31],
    ["one share", { call_count: 74.5 }, 74.5],
    ["a share as text", { call_count: "80" }, 80],
    ["nothing used", { call_count: 0, total_time: 0, total_cputime: 0 }, 0],
    ["no header", undefined, null],
    ["an empty header", "", null],
    ["broken JSON", '{"call_count":80', null],
    ["a number", "80", null],
    ["null", "null", null],
    ["a list", "[80]", null],
    ["negative shares", { call_count: -80, total_time: -1 }, null],
    ["a negative share beside a good one", { call_count: -80, total_time: 12 }, 12],
    ["a huge share", { call_count: 1e300 }, null],
    ["a huge share beside a good one", { call_count: 1e300, total_time: 12 }, 12],
    ["words", { call_count: "much", total_time: "", total_cputime: null }, null],
    ["other fields", { acc_id_util_pct: 99, call_count: 3 }, 3],
    ["a header of 9,000 characters", { note: "x".repeat(9_000), call_count: 99 }, null],
  ])("%s", async (_name, value, percent) => {
    const headers = value === undefined ? {} : header(value);
    expect(await usagesOf(() => ({ headers, body: alive(APP.id) }))).toEqual([{ app: APP.id, percent, waitMs: null }]);
  });

  it.each<[string, number, unknown, Record<string, string>, Usage]>([
    ["code 4", 400, { error: { code: 4, message: "limit" } }, {}, { percent: null, waitMs: 15 * MINUTE_MS }],
    ["HTTP 429", 429, {}, {}, { percent: null, waitMs: 15 * MINUTE_MS }],
    ["HTTP 429 with Retry-After", 429, "", { "retry-after": "120" }, { percent: null, waitMs: 2 * MINUTE_MS }],
    [
      "100 % without an error",
      200,
      alive(APP.id),
      header({ call_count: 100 }),
      { percent: 100, waitMs: 15 * MINUTE_MS },
    ],
    ["over 100 %", 200, alive(APP.id), header({ call_count: 130 }), { percent: 100, waitMs: 15 * MINUTE_MS }],
    ["code 17, the limit of a user", 400, { error: { code: 17, message: "" } }, {}, { percent: null, waitMs: null }],
    ["code 80008, the limit of an account", 400, { error: { code: 80008 } }, {}, { percent: null, waitMs: null }],
    [
      "the longest wait in minutes",
      400,
      { error: { code: 4, message: "limit" } },
      {
        ...header({ call_count: 104 }),
        "retry-after": "30",
        "x-business-use-case-usage": JSON.stringify({
          "1": [{ estimated_time_to_regain_access: 7 }, { estimated_time_to_regain_access: 19 }],
          "2": [{ estimated_time_to_regain_access: -4 }],
        }),
      },
      { percent: 100, waitMs: 19 * MINUTE_MS },
    ],
  ])("%s", async (_name, status, body, headers, expected) => {
    expect(await usagesOf(() => ({ status, body, headers }))).toEqual([{ app: APP.id, ...expected }]);
  });

  it("says nothing without an answer", async () => {
    const broken: Answerer = (_seen, response) => {
      response.destroy();
      return "handled";
    };
    expect(await usagesOf(broken)).toEqual([]);
  });

  it("reports the live reads of a token under the app of the token", async () => {
    const answer =
      (appId: string): Answerer =>
      ({ path }) =>
        path.endsWith("/debug_token")
          ? { headers: header({ call_count: 1 }), body: alive(appId) }
          : { headers: header({ call_count: 2 }), body: { id: PHONE } };
    const percents = async (appId: string) =>
      (await usagesOf(answer(appId), { phone: PHONE })).map(({ app, percent }) => [app, percent]);
    expect(await percents(APP.id)).toEqual([
      [APP.id, 1],
      [APP.id, 2],
    ]);
    // The read counts for another app, whose limit is not ours.
    expect(await percents("100000000000043")).toEqual([[APP.id, 1]]);
  });
});
