import { describe, expect, it } from "vitest";
import { createGraphClient } from "../../src/graph/client.ts";
import { probeGraph } from "../../src/graph/probe.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { caseNamed } from "./fixtures.ts";
import { type CannedAnswer, CLOCK, startGraph } from "./local-graph.ts";

const APP = { id: "100000000000042", secret: new Secret("an-app-secret-of-tests") };

const probe = async (answer: CannedAnswer, app: typeof APP | undefined) => {
  await using graph = await startGraph(() => answer);
  const client = createGraphClient({ baseUrl: graph.url, version: "v26.0", now: () => CLOCK });
  const result = await probeGraph(client, app);
  await client.close();
  return { result, seen: graph.seen };
};

describe("the probe for doctor", () => {
  it("asks /debug_token without a token and reports the clock difference", async () => {
    const { body } = caseNamed("debug_malformed_input_old_text").response;
    const { result, seen } = await probe({ body, headers: { date: "Sat, 21 Nov 2026 23:59:30 GMT" } }, APP);
    expect(result).toEqual({ ok: true, skewMs: 30_000 });
    expect(seen).toMatchObject([
      { path: "/v26.0/debug_token", authorization: `Bearer ${APP.id}|an-app-secret-of-tests` },
    ]);
  });

  it.each([
    ["an app", APP],
    ["no app", undefined],
  ])("puts no secret into a URL (%s)", async (_name, app) => {
    const { seen } = await probe({ body: {} }, app);
    expect(seen).toHaveLength(1);
    expect(seen.map(({ path, query }) => `${path}?${query.toString()}`).join()).not.toMatch(/an-app-secret|\||%7C/i);
  });

  it("reports a refused credential, without repeating it", async () => {
    const message = `Invalid OAuth access token signature. ${APP.id}|an-app-secret-of-tests`;
    const { result } = await probe({ status: 400, body: { error: { code: 190, message } } }, APP);
    expect(result).toMatchObject({ ok: false, failure: { kind: "misconfigured" } });
    expect(JSON.stringify(result)).not.toContain("an-app-secret");
  });

  it("repeats no piece of the secret either", async () => {
    const { result } = await probe({ status: 400, body: { error: { code: 190, message: "no app-secret-of" } } }, APP);
    expect(JSON.stringify(result)).toContain("no [redacted]");
  });

  it("without an app, any answer of Graph is enough", async () => {
    const { result, seen } = await probe(
      { status: 400, body: { error: { code: 2500, message: "no token" } } },
      undefined,
    );
    expect(result).toMatchObject({ ok: true });
    expect(seen[0]).toMatchObject({ path: "/v26.0/app", authorization: undefined });
  });

  it.each([
    [APP, 5, "This IP can't make requests for that application.", "misconfigured"],
    [APP, 200, "API access blocked.", "app_blocked"],
    [undefined, 2500, "Unknown path components: /app", "misconfigured"],
  ])("reports errors that are not about the credential (%#)", async (app, code, message, kind) => {
    const { result } = await probe({ status: 400, body: { error: { code, message } } }, app);
    expect(result).toMatchObject({ ok: false, failure: { kind, evidence: { code } } });
  });

  it("a web page is a failure, and an invalid date gives no time", async () => {
    const { result } = await probe({ body: "<html>", headers: { date: "today" } }, undefined);
    expect(result).toMatchObject({ ok: false, failure: { kind: "unreachable" }, skewMs: null });
  });
});
