import { describe, expect, it } from "vitest";
import { createRevoke } from "../../../src/graph/oauth/revoke-token.ts";
import type { Revoke } from "../../../src/renewal/ports.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { type Answerer, type LocalGraph, startGraph } from "../local-graph.ts";
import { APP_ID, refusal, SECRET, TOKEN } from "../script.ts";
import { bodyOf, LIMITS, UNREADABLE } from "./bad-replies.ts";

const APP_SECRET = "q7w3k9x2m5v8z1n4";
const APP = { id: APP_ID, secret: new Secret(APP_SECRET) };
const CURRENT = fakeToken("current");

const revoke = async (
  answer: Answerer,
  options: { readonly timeoutMs?: number } = {},
): Promise<{ result: Awaited<ReturnType<Revoke>>; graph: LocalGraph }> => {
  await using graph = await startGraph(answer);
  const result = await createRevoke(graph.client, options)(SECRET, new Secret(CURRENT), APP);
  return { result, graph };
};

describe("the revoke call", () => {
  it.each([
    ["the text that Meta documents", "true"],
    ["a boolean", true],
  ])("sends one GET with both tokens, and %s means success", async (_name, success) => {
    const { result, graph } = await revoke(bodyOf({ success }));
    expect(result).toEqual({ ok: true });
    expect(graph.seen).toHaveLength(1);
    const [one] = graph.seen;
    expect(one).toMatchObject({ method: "GET", path: "/v26.0/oauth/revoke", authorization: undefined });
    expect(Object.fromEntries(one?.query ?? [])).toEqual({
      client_id: APP_ID,
      client_secret: APP_SECRET,
      revoke_token: TOKEN,
      access_token: CURRENT,
    });
  });

  const unconfirmed = [false, "false", "yes", 1, null, undefined, [true]].map(
    (success) => [`success: ${JSON.stringify(success)}`, bodyOf({ success }), /did not confirm/] as const,
  );

  it.each<readonly [string, Answerer, RegExp]>([
    ...UNREADABLE.filter(([name]) => !name.startsWith("a form")),
    ...LIMITS,
    ...unconfirmed,
    ["a dead token", () => refusal(190, "The session was invalidated", 400, { error_subcode: 466 }), /no longer works/],
    ["an expired token", () => refusal(190, "Session has expired", 400, { error_subcode: 463 }), /no longer works/],
    ["a text that is no token", () => refusal(190, `Malformed access token ${TOKEN}`), /Meta refused to revoke/],
    ["a wrong app secret", () => refusal(1, "Error validating client secret."), /does not accept the app secret/],
    ["a wrong app ID", () => refusal(101, "Error validating application."), /does not know this app ID/],
    ["another app", () => refusal(1, "The access token does not belong to application 1"), /One of the two tokens/],
    ["a blocked app", () => refusal(200, "API access blocked."), /Meta has blocked the app/],
    ["an address that is not allowed", () => refusal(5, "This IP can't make requests"), /IP address of this server/],
    ["a missing parameter", () => refusal(100, "(#100) The parameter revoke_token is required"), /code 100/],
    ["an unknown code", () => refusal(987_654, "?"), /code 987654/],
  ])("explains %s", async (_name, answer, message) => {
    const { result, graph } = await revoke(answer);
    expect(result).toEqual({ ok: false, message: expect.stringMatching(message) });
    expect(graph.seen).toHaveLength(1);
    const said = JSON.stringify(result);
    for (const secret of [TOKEN, CURRENT, APP_SECRET, graph.url]) expect(said).not.toContain(secret.slice(3, 15));
  });

  it("gives up at the deadline", async () => {
    const { result } = await revoke(() => "handled", { timeoutMs: 40 });
    expect(result).toEqual({ ok: false, message: "Meta did not answer GET /oauth/revoke in time." });
  });
});
