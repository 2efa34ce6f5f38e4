import { expect, it } from "vitest";
import type { Fault } from "../../../sandbox/graph/faults/fault.ts";
import { accountPath, openRig, phonePath } from "./graph-rig.ts";

it.each<[Fault, number, Record<string, unknown>]>([
  [{ kind: "status", status: 503 }, 503, { error: { code: 1 } }],
  [{ kind: "status", status: 500, body: '{"a":1}' }, 500, { a: 1 }],
  [{ kind: "error", code: 2 }, 500, { error: { code: 2, is_transient: true } }],
  [{ kind: "error", code: 10 }, 403, { error: { code: 10 } }],
  [{ kind: "error", code: 190, subcode: 467, message: "m" }, 401, { error: { error_subcode: 467, message: "m" } }],
  [{ kind: "error", code: 777, status: 418, type: "Odd" }, 418, { error: { code: 777, type: "Odd" } }],
  [{ kind: "rate_limited" }, 403, { error: { code: 4 } }],
  [{ kind: "rate_limited", status: 429, code: 613 }, 429, { error: { code: 613 } }],
])("fault %o answers %i", async (fault, status, body) => {
  const { ask, graph, tokens } = await openRig();
  graph.faults.add(fault);
  expect(await ask("/me", tokens.never)).toMatchObject({ status, body });
  expect((await ask("/me", tokens.never)).status).toBe(200);
  expect(graph.calls()).toMatchObject([{ fault: fault.kind, status }, { status: 200 }]);
});

it("a rate limit states its waiting time in the header of its kind", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.faults.add({ kind: "rate_limited", times: 2, retryAfterSeconds: 90 });
  const app = (await ask("/me", tokens.never)).headers;
  expect(JSON.parse(app.get("x-app-usage") ?? "")).toMatchObject({ call_count: 101 });
  expect(app.get("retry-after")).toBe("90");
  const account = await ask(accountPath, tokens.never);
  expect(account.body.error).toMatchObject({ code: 80008 });
  expect(JSON.parse(account.headers.get("x-business-use-case-usage") ?? "")).toMatchObject({
    "100000000003001": [{ estimated_time_to_regain_access: 19 }],
  });
  graph.faults.add({ kind: "rate_limited", usageHeaders: false });
  const bare = (await ask(accountPath, tokens.never)).headers;
  expect(bare.get("x-business-use-case-usage")).toBeNull();
});

const get = (url: string, token: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, headers: { authorization: `Bearer ${token}` } });

it.each<[Fault, number, (body: Uint8Array) => boolean]>([
  [{ kind: "html" }, 502, (body) => Buffer.from(body).includes("<html>")],
  [{ kind: "empty" }, 200, (body) => body.length === 0],
  [{ kind: "truncated" }, 200, (body) => body.length > 5 && body.at(-1) !== 125],
  [{ kind: "garbage" }, 200, (body) => body.length === 512],
  [{ kind: "big" }, 200, (body) => body.length > 5_000_000],
  [{ kind: "big", bytes: 10 }, 200, (body) => body.length < 200],
  [{ kind: "slow", delayMs: 5 }, 200, (body) => body.at(-1) === 125],
])("fault %o sends %i and the body it names", async (fault, status, right) => {
  const { graph, tokens } = await openRig();
  graph.faults.add(fault);
  const response = await get(`${graph.url}/v26.0/me`, tokens.never);
  expect(response.status).toBe(status);
  expect(await response.bytes()).toSatisfy(right);
});

it.each<Fault>([
  { kind: "reset" },
  { kind: "redirect_loop", times: Infinity },
  { kind: "wrong_length" },
  { kind: "wrong_length", by: -5 },
])("a client fails on %o, and the next call succeeds", async (fault) => {
  const { graph, tokens } = await openRig();
  const remove = graph.faults.add(fault);
  const whole = async (): Promise<unknown> => (await get(`${graph.url}/v26.0/me`, tokens.never)).json();
  await expect(whole()).rejects.toThrow();
  remove();
  expect(await whole()).toMatchObject({ id: expect.any(String) });
});

it("a hanging call is accepted and never answered", async () => {
  const { graph, tokens } = await openRig();
  graph.faults.add({ kind: "hang" });
  const giveUp = AbortSignal.timeout(50);
  await expect(get(`${graph.url}/v26.0/me`, tokens.never, { signal: giveUp })).rejects.toThrow();
  expect(graph.calls()).toMatchObject([{ fault: "hang", status: undefined }]);
});

it.each([
  ["an edge by name", "/me", ["/me"]],
  ["a whole path", "/v26.0/me", ["/me"]],
  ["a pattern", /\/\d{10,}$/g, [phonePath, accountPath]],
  ["nothing: every call", undefined, ["/me", "/me/permissions", phonePath, accountPath]],
])("a fault is limited by %s", async (_, path, hit) => {
  const { ask, graph, tokens } = await openRig();
  graph.faults.add({ kind: "status", status: 599, times: Infinity, ...(path === undefined ? {} : { path }) });
  const faulty: string[] = [];
  for (const edge of ["/me", "/me/permissions", phonePath, accountPath]) {
    if ((await ask(edge, tokens.never)).status === 599) faulty.push(edge);
  }
  expect(faulty).toEqual(hit);
  graph.faults.clear();
  expect((await ask("/me", tokens.never)).status).toBe(200);
});

it("several faults for one path apply one after the other", async () => {
  const { ask, graph, tokens } = await openRig();
  graph.faults.add({ kind: "status", status: 500, path: "/me", times: 2 });
  graph.faults.add({ kind: "status", status: 502, path: "/me" });
  const statuses = [];
  for (let call = 0; call < 4; call += 1) statuses.push((await ask("/me", tokens.never)).status);
  expect(statuses).toEqual([500, 500, 502, 200]);
});
