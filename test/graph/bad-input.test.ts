import { createServer } from "node:net";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createGraphClient } from "../../src/graph/client.ts";
import { createInspector } from "../../src/graph/inspector.ts";
import type { InspectionResult, Needs } from "../../src/token/inspection.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { type Answerer, CLOCK, type LocalGraph, startGraph } from "./local-graph.ts";

const TOKEN = fakeToken("bad input");
const NEEDS: Needs = {
  app: { id: "100000000000042", secret: new Secret("an-app-secret-of-tests") },
  phoneNumberId: undefined,
  whatsappBusinessAccountId: undefined,
};

const FIVE_MB = 5_000_000;
const GOOD = { data: { app_id: "100000000000042", is_valid: true, expires_at: 0, scopes: [] } };

const raw =
  (send: (response: ServerResponse, request: IncomingMessage) => void): Answerer =>
  (_seen, response, request) => {
    send(response, request);
    return "handled";
  };

const bodyOf = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answerer => {
  return () => ({ body, status, headers });
};

const summary = (result: InspectionResult): string => (result.ok ? "answered" : result.failure.kind);

const inspectOnce = async (answer: Answerer): Promise<{ result: InspectionResult; graph: LocalGraph }> => {
  await using graph = await startGraph(answer);
  return { result: await graph.inspect(new Secret(TOKEN), NEEDS), graph };
};

const CASES: readonly (readonly [string, Answerer, string])[] = [
  ["a web page with 502", bodyOf("<html>bad gateway</html>", 502, { "content-type": "text/html" }), "unreachable"],
  ["a web page with 200, as a portal sends it", bodyOf("<!doctype html><p>log in", 200), "unreachable"],
  ["a web page with 429", bodyOf("<html>slow down</html>", 429), "throttled"],
  ["an empty body", bodyOf(""), "malformed"],
  ["an empty body with 503", bodyOf("", 503), "unreachable"],
  ["truncated JSON", bodyOf(JSON.stringify(GOOD).slice(0, 40)), "malformed"],
  ["noise", bodyOf("\u0000\u0001 nothing"), "malformed"],
  ["a JSON list", bodyOf([GOOD]), "malformed"],
  ["JSON null", bodyOf("null"), "malformed"],
  ["data: null", bodyOf({ data: null }), "malformed"],
  ["no data", bodyOf({}), "malformed"],
  ["data that is a list", bodyOf({ data: [] }), "malformed"],
  ["is_valid that is a word", bodyOf({ data: { is_valid: "true" } }), "malformed"],
  ["is_valid that is a number", bodyOf({ data: { is_valid: 1 } }), "malformed"],
  ["facts under HTTP 404", bodyOf(GOOD, 404), "malformed"],
  ["facts under HTTP 500", bodyOf(GOOD, 500), "unreachable"],
  ["200 with a wrong-secret error", bodyOf({ error: { code: 190, message: "Invalid OAuth" } }), "misconfigured"],
  ["200 with an error and facts", bodyOf({ ...GOOD, error: { code: 4 } }), "throttled"],
  ["an error that is a string", bodyOf({ error: "no" }, 400), "malformed"],
  ["an error without a code", bodyOf({ error: { message: "no" } }, 400), "malformed"],
  ["an unknown error code", bodyOf({ error: { code: 987654, message: "?" } }, 400), "malformed"],
  ["a redirect", bodyOf("", 302, { location: "/v26.0/debug_token" }), "malformed"],
  ["5 MB with its length", bodyOf(`"${"x".repeat(FIVE_MB)}"`), "malformed"],
  ["a reset before any byte", raw((_response, request) => request.socket.resetAndDestroy()), "unreachable"],
  ["a closed connection before any byte", raw((_response, request) => request.socket.destroy()), "unreachable"],
  [
    "a content-length above the body",
    raw((response) => {
      response.writeHead(200, { "content-length": "900" });
      response.end(JSON.stringify(GOOD), () => response.socket?.destroy());
    }),
    "unreachable",
  ],
  [
    "a content-length below the body",
    raw((response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n${JSON.stringify(GOOD)}`);
    }),
    "malformed",
  ],
  ["bytes that are no HTTP", raw((response) => response.socket?.end("220 mail.example ESMTP\r\n")), "malformed"],
  [
    "headers without end",
    raw((response) => response.socket?.end(`HTTP/1.1 200 OK\r\nx-long: ${"x".repeat(100_000)}\r\n\r\n{}`)),
    "malformed",
  ],
];

describe("bad input from Graph is a failure and never a verdict", () => {
  it.each(CASES)("%s", async (_name, answer, kind) => {
    const { result, graph } = await inspectOnce(answer);
    expect(summary(result)).toBe(kind);
    expect(JSON.stringify(result)).not.toContain(TOKEN.slice(0, 20));
    expect(JSON.stringify(result)).not.toContain(graph.url);
    // Only an unreachable Graph is tried again, once, and no redirect is followed.
    expect(graph.seen).toHaveLength(kind === "unreachable" ? 2 : 1);
    expect(graph.waits).toEqual(kind === "unreachable" ? [1_000] : []);
  });

  it("a chunked body without end is dropped at one megabyte", async () => {
    let sent = 0;
    await using graph = await startGraph((_seen, response) => {
      response.writeHead(200);
      const more = (): void => {
        sent += 65_536;
        if (sent < 50_000_000) response.write("x".repeat(65_536), (error) => (error ? undefined : more()));
      };
      more();
      return "handled";
    });
    const result = await graph.inspect(new Secret(TOKEN), NEEDS);
    expect(summary(result)).toBe("malformed");
    await expect.poll(() => graph.connections.closed).toBe(1);
    expect(sent).toBeLessThan(50_000_000);
  });

  it("a server that never answers is given up after the timeout, and its connection is dropped", async () => {
    await using graph = await startGraph(() => "handled");
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now: () => CLOCK });
    const reply = await client.get({ path: "/me", query: {}, bearer: undefined, timeoutMs: 40 });
    expect(reply.kind).toBe("timeout");
    await expect.poll(() => graph.connections.closed).toBe(1);
    await client.close();
  });

  it("a body that stops half-way is given up after the timeout", async () => {
    await using graph = await startGraph((_seen, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
      return "handled";
    });
    const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now: () => CLOCK });
    const reply = await client.get({ path: "/me", query: {}, bearer: undefined, timeoutMs: 40 });
    expect(reply.kind).toBe("timeout");
    await client.close();
  });

  it("a closed port is unreachable, and the message names the cause and no URL", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const client = createGraphClient({ baseUrl: `http://127.0.0.1:${port}`, version: "v26.0", now: () => CLOCK });
    const inspect = createInspector(client, { now: () => CLOCK, wait: () => Promise.resolve() });
    const result = await inspect(new Secret(TOKEN), NEEDS);
    expect(summary(result)).toBe("unreachable");
    expect(result.ok ? "" : result.failure.message).toContain("ECONNREFUSED");
    expect(result.ok ? "" : result.failure.message).not.toContain("127.0.0.1");
    await client.close();
  });

  it("IDs that are numbers keep every digit", async () => {
    const text = '{"data":{"app_id":100000000000042,"user_id":12345678901234567890,"is_valid":true,"expires_at":0}}';
    const { result } = await inspectOnce(bodyOf(text));
    expect(result.ok && [result.inspection.appId, result.inspection.userId]).toEqual([
      "100000000000042",
      "12345678901234567890",
    ]);
  });

  it("an unknown type and unknown fields do no harm", async () => {
    const data = { ...GOOD.data, type: "MARTIAN", brand_new: { deep: [1] } };
    const { result } = await inspectOnce(bodyOf({ data, brand_new: true }));
    expect(result.ok && result.inspection.type).toBe("MARTIAN");
  });

  it("fields of wrong types count as absent", async () => {
    const data = { is_valid: true, app_id: {}, type: 7, scopes: "all", expires_at: "soon", issued_at: -1, user_id: [] };
    const { result } = await inspectOnce(bodyOf({ data }));
    expect(result.ok && result.inspection).toMatchObject({
      appId: null,
      type: null,
      scopes: null,
      userId: null,
      issuedAt: null,
      expiry: { kind: "not_known" },
    });
  });
});
