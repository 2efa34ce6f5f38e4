import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExchange } from "../../../src/graph/oauth/refresh-token.ts";
import { createRevoke } from "../../../src/graph/oauth/revoke-token.ts";
import { createLogger } from "../../../src/log.ts";
import { reveal, Secret } from "../../../src/token/secret/secret.ts";
import { leaksIn, withDerived } from "../../flows/people/leaks.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { startGraph } from "../local-graph.ts";
import { APP_ID } from "../script.ts";
import { anAnswer, stubClient } from "../stub-client.ts";
import { echoesOf } from "./echoes.ts";

const APP_SECRET = "9b1e7c4d2f8a6035e1d7b9c3a5f20846";
const APP = { id: APP_ID, secret: new Secret(APP_SECRET) };

/** A form that Meta's tokens do not have today, so that only knowledge of the token hides it. */
const odd = (token: string): string =>
  token
    .slice(3)
    .match(/.{1,9}/g)
    ?.join("-") ?? "";

const PAIRS = [
  ["of Meta's shape", fakeToken("leak old"), fakeToken("leak new")],
  ["of an unknown shape", odd(fakeToken("leak odd old")), odd(fakeToken("leak odd new"))],
] as const;

/** Everything that a call leaves: its result, and what a careless caller would log about it. */
const traceOf = async (echo: Parameters<typeof startGraph>[0], old: string, current: string): Promise<string> => {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", to: { write: (line) => void lines.push(line) } });
  const onRequest = (record: unknown): void => log.info({ record }, "asked");
  await using graph = await startGraph(echo, { onRequest: (record) => onRequest(record) });
  const secrets = { old: new Secret(old), current: new Secret(current) };
  const results = [
    await createExchange(graph.client)(secrets.old, APP),
    await createRevoke(graph.client)(secrets.old, secrets.current, APP),
  ];
  for (const result of results) {
    log.error({ result, err: new Error(result.ok ? "ok" : result.message) }, "a renewal failed");
    expect(result.ok).toBe(false);
  }
  expect(graph.seen).toHaveLength(2);
  return `${JSON.stringify(results)}${inspect(results, { depth: null, showHidden: true })}${lines.join("")}`;
};

describe.each(PAIRS)("tokens %s that Meta repeats", (_shape, old, current) => {
  // The exchange does not know the new token, so that one is repeated to the revoke call only.
  const echoes = echoesOf([old, APP_SECRET, `${APP_ID}|${APP_SECRET}`]);
  const revoking = echoesOf([current, old, APP_SECRET]);

  it.each(echoes.map(([name], at) => [name, at] as const))("are in no result and no line: %s", async (_name, at) => {
    const answer = echoes[at]?.[1];
    const other = revoking[at]?.[1];
    if (answer === undefined || other === undefined) throw new Error("no echo");
    const text = await traceOf(
      (seen, ...rest) => (seen.path.endsWith("/revoke") ? other : answer)(seen, ...rest),
      old,
      current,
    );
    expect(text).toContain("GET /oauth/access_token");
    // The query of no address is repeated. Traces of test files have one.
    expect(text.replaceAll(/\?vitest=\d+/g, "")).not.toContain("?");
    expect(leaksIn({ ...withDerived(old, APP_SECRET), current }, { "what is left": text })).toEqual([]);
  });
});

describe("a token that Meta made", () => {
  it("is in no text, and a value that is no token is not repeated", async () => {
    const made = fakeToken("leak made");
    for (const access_token of [made, `"${made}"`, `token ${made}`]) {
      await using graph = await startGraph(() => ({ body: { access_token, token_type: "bearer", note: made } }));
      const result = await createExchange(graph.client)(new Secret(fakeToken("leak old")), APP);
      expect(result.ok).toBe(access_token === made);
      const texts = { json: JSON.stringify(result), inspected: inspect(result, { depth: null, showHidden: true }) };
      expect(leaksIn({ made }, texts)).toEqual([]);
    }
  });
});

const tokenIn = (content: unknown): unknown =>
  typeof content === "object" && content !== null && "access_token" in content ? content.access_token : undefined;

describe("for any reply", () => {
  it("neither call throws, and only a value of the reply becomes the token", async () => {
    const [old, current] = [new Secret(fakeToken("leak old")), new Secret(fakeToken("leak new"))];
    const token = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.constantFrom(fakeToken("any"), "\ud800\u202e\u0000".repeat(30)),
    );
    const error = fc.record({ code: fc.oneof(fc.integer(), fc.string()), message: fc.string() });
    const made = fc.record({ access_token: token, expires_in: fc.jsonValue() }, { requiredKeys: [] });
    const body = fc.oneof(fc.jsonValue(), made, fc.record({ error: fc.oneof(error, fc.jsonValue()) }), fc.string());
    const status = fc.constantFrom(200, 200, 200, 201, 302, 400, 401, 429, 500);
    await fc.assert(
      fc.asyncProperty(body, status, async (content, code) => {
        const client = stubClient(() => anAnswer(content, code));
        const result = await createExchange(client)(old, APP);
        expect(result.ok ? reveal(result.secret) : tokenIn(content)).toBe(tokenIn(content));
        await createRevoke(client)(old, current, APP);
      }),
      { numRuns: 200 },
    );
  });
});
