import { inspect } from "node:util";
import { expect, it } from "vitest";
import { fakeToken } from "../../../sandbox/fake-token.ts";
import { openGraph } from "../../../sandbox/graph/graph.ts";
import { createClock } from "../../../sandbox/clock.ts";
import { appId, appSecret, appToken, openRig, phonePath } from "./graph-rig.ts";

it("records caller and request, with labels instead of tokens", async () => {
  const { ask, clock, debug, graph, tokens } = await openRig();
  await debug(tokens.never);
  clock.advance(1000);
  await ask(`${phonePath}?fields=id`, tokens.never);
  await ask("/me");
  expect(graph.calls()).toEqual([
    {
      at: new Date("2026-11-22T00:00:00Z"),
      method: "GET",
      path: "/v26.0/debug_token",
      edge: "/debug_token",
      query: { input_token: "never-expiring" },
      caller: `app ${appId}`,
      proof: "none",
      fault: undefined,
      status: 200,
    },
    expect.objectContaining({
      at: new Date("2026-11-22T00:00:01Z"),
      edge: phonePath,
      query: { fields: "id" },
      caller: "never-expiring",
    }),
    expect.objectContaining({ caller: undefined, status: 400 }),
  ]);
  expect(graph.calls("/me")).toHaveLength(1);
  expect(graph.calls(/debug/)).toHaveLength(1);
  graph.forgetCalls();
  expect(graph.calls()).toEqual([]);
});

it("contains no secret, wherever a caller puts one", async () => {
  const { ask, debug, graph, tokens } = await openRig();
  const stranger = fakeToken("stranger");
  await debug(stranger, `${appId}|wrong-secret`);
  await ask(`/${stranger}?access_token=${stranger}&${stranger}=1&note=${stranger}`);
  await ask(`/oauth/access_token?client_secret=${appSecret}&fb_exchange_token=${tokens.never}`, appToken);
  await ask(`/${encodeURIComponent(appToken)}?access_token=${encodeURIComponent(appToken)}`);
  const record = inspect(graph.calls(), { depth: null });
  for (const secret of [stranger, tokens.never, appSecret, "wrong-secret", encodeURIComponent(appToken)]) {
    expect(record).not.toContain(secret);
  }
  expect(graph.calls()[0]).toMatchObject({ caller: `app ${appId} (wrong secret)` });
  expect(graph.calls()[0]?.query["input_token"]).toBe(graph.calls()[1]?.query["access_token"]);
});

it("keeps only the newest calls", async () => {
  const clock = createClock(new Date("2026-11-22T00:00:00Z"));
  await using stack = new AsyncDisposableStack();
  const graph = await openGraph({ clock, appId, appSecret, keepCalls: 3 });
  stack.defer(() => graph.close());
  for (let call = 0; call < 8; call += 1) await fetch(`${graph.url}/call-${call}`);
  expect(graph.calls().map(({ path }) => path)).toEqual(["/call-5", "/call-6", "/call-7"]);
});
