import { MockAgent } from "undici";
import { describe, expect, it, vi } from "vitest";
import { createGraphClient, type RequestRecord } from "../../src/graph/client.ts";
import { createInquiry } from "../../src/graph/inquiry.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { CLOCK, startGraph } from "./local-graph.ts";
import { stubClient } from "./stub-client.ts";

const now = (): Date => CLOCK;

describe("the client", () => {
  it("reports each request's call, duration and outcome, without the query", async () => {
    const records: RequestRecord[] = [];
    const answers = [200, 400, 0];
    await using graph = await startGraph((seen, response) => {
      const status = answers[graph.seen.indexOf(seen)];
      if (status !== 0) return { status: status ?? 200, body: { id: "1" } };
      response.socket?.destroy();
      return "handled";
    });
    const onRequest = (record: RequestRecord): number => records.push(record);
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now, onRequest });
    for (const _ of answers)
      await client.get({ path: "/me", query: { fields: "id" }, bearer: new Secret("hidden"), timeoutMs: 1_000 });
    await client.close();
    expect(records.map(({ call, outcome }) => [call, outcome])).toEqual([
      ["GET /me", "ok"],
      ["GET /me", "error"],
      ["GET /me", "no_answer"],
    ]);
    for (const { seconds } of records) expect(seconds).toBeGreaterThan(0);
  });

  it("keeps a path in the base URL, with or without a slash at the end", async () => {
    await using graph = await startGraph(() => ({ body: {} }));
    const client = createGraphClient({ baseUrl: `${graph.url}/proxy/`, version: "v25.0", now });
    await client.get({ path: "/me", query: {}, bearer: undefined, timeoutMs: 1_000 });
    await client.close();
    expect(graph.seen[0]).toMatchObject({ path: "/proxy/v25.0/me", authorization: undefined });
  });

  it("uses a dispatcher that is passed in and leaves it open", async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher.get("https://graph.example").intercept({ path: "/v26.0/me" }).reply(200, { id: "1" }).times(2);
    const client = createGraphClient({ baseUrl: "https://graph.example", version: "v26.0", dispatcher, now });
    const request = { path: "/me", query: {}, bearer: undefined, timeoutMs: 1_000 };
    expect(await client.get(request)).toMatchObject({ kind: "answer", status: 200 });
    await client.close();
    expect(await client.get(request)).toMatchObject({ kind: "answer", status: 200 });
    dispatcher.assertNoPendingInterceptors();
    await dispatcher.close();
  });

  it("answers with a failure when the dispatcher is closed", async () => {
    const dispatcher = new MockAgent();
    await dispatcher.close();
    const client = createGraphClient({ baseUrl: "https://graph.example", version: "v26.0", dispatcher, now });
    const reply = await client.get({ path: "/me", query: {}, bearer: undefined, timeoutMs: 1_000 });
    expect(reply.kind).toBe("broken");
  });

  it("opens nothing before the first request and can be closed without one", async () => {
    await using graph = await startGraph(() => ({ body: {} }));
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now });
    await client.close();
    expect(graph.connections.opened).toBe(0);
  });

  it("does not keep a closed agent when it is closed while the first request opens one", async () => {
    await using graph = await startGraph(() => ({ body: {} }));
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now });
    const request = { path: "/me", query: {}, bearer: undefined, timeoutMs: 1_000 };
    await Promise.all([client.get(request), client.close()]);
    expect(await client.get(request)).toMatchObject({ kind: "answer" });
    await client.close();
  });

  it("works again after it was closed", async () => {
    await using graph = await startGraph(() => ({ body: {} }));
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now });
    const request = { path: "/me", query: {}, bearer: undefined, timeoutMs: 1_000 };
    await client.get(request);
    await client.close();
    expect(await client.get(request)).toMatchObject({ kind: "answer" });
    await client.close();
  });
});

describe("the time of one inspection", () => {
  it("gives each request 5 s, ends after 20 s and reports that no time was left", async () => {
    let clockMs = 0;
    const spy = vi.spyOn(performance, "now").mockImplementation(() => clockMs);
    const given: number[] = [];
    const client = stubClient(({ timeoutMs }) => {
      given.push(timeoutMs);
      clockMs += timeoutMs;
      return { kind: "timeout", headers: {} };
    });
    const wait = async (ms: number): Promise<void> => {
      clockMs += ms;
    };
    const log = { debug: vi.fn() };
    const inquiry = createInquiry({ client, now, wait, log });
    const request = { path: "/me", query: {}, bearer: undefined };
    const replies = [await inquiry.get(request), await inquiry.get(request), await inquiry.get(request)];
    spy.mockRestore();
    expect(given).toEqual([5_000, 5_000, 5_000, 3_000]);
    expect(clockMs).toBe(20_000);
    expect(replies.map((reply) => !reply.ok && reply.failure.message)).toEqual([
      expect.stringContaining("Meta did not answer GET /me in time"),
      expect.stringContaining("Meta did not answer GET /me in time"),
      expect.stringContaining("No time was left for GET /me"),
    ]);
    expect(log.debug).toHaveBeenCalledWith({ call: "GET /me", kind: "unreachable" }, expect.any(String));
  });
});
