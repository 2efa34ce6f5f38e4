import { describe, expect, it } from "vitest";
import { createGraphClient } from "../../../src/graph/client.ts";
import { createExchange } from "../../../src/graph/oauth/refresh-token.ts";
import type { ExchangeRefusal } from "../../../src/renewal/detail.ts";
import type { Exchanged } from "../../../src/renewal/ports.ts";
import { OwnTroubleError } from "../../../src/token/own-trouble.ts";
import { reveal, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { type Answerer, type LocalGraph, startGraph } from "../local-graph.ts";
import { APP_ID, refusal, SECRET, TOKEN } from "../script.ts";
import { stubClient } from "../stub-client.ts";
import { bodyOf, LIMITS, UNREADABLE } from "./bad-replies.ts";

const APP_SECRET = "q7w3k9x2m5v8z1n4";
const APP = { id: APP_ID, secret: new Secret(APP_SECRET) };
const NEW = fakeToken("refreshed");
const GOOD = { access_token: NEW, token_type: "bearer", expires_in: 5_183_944 };

const refresh = async (
  answer: Answerer,
  options: { readonly timeoutMs?: number } = {},
): Promise<{ result: Exchanged; graph: LocalGraph; records: string }> => {
  const records: unknown[] = [];
  await using graph = await startGraph(answer, { onRequest: (record) => void records.push(record) });
  const result = await createExchange(graph.client, options)(SECRET, APP);
  return { result, graph, records: JSON.stringify(records) };
};

describe("the exchange call", () => {
  it("sends one GET with the documented parameters, and no header with a secret", async () => {
    const { result, graph, records } = await refresh(bodyOf(GOOD));
    expect(graph.seen).toHaveLength(1);
    const [one] = graph.seen;
    expect(one).toMatchObject({ method: "GET", path: "/v26.0/oauth/access_token", authorization: undefined });
    expect(Object.fromEntries(one?.query ?? [])).toEqual({
      grant_type: "fb_exchange_token",
      client_id: APP_ID,
      client_secret: APP_SECRET,
      set_token_expires_in_60_days: "true",
      fb_exchange_token: TOKEN,
    });
    expect(result.ok && reveal(result.secret)).toBe(NEW);
    expect(records).toContain('"call":"GET /oauth/access_token"');
    expect(records).not.toContain(TOKEN.slice(0, 12));
  });

  it.each([
    ["missing", undefined],
    ["null", null],
    ["negative", -1],
    ["zero", 0],
    ["a text", "soon"],
    ["a number in a text", "5183944"],
    ["beyond every calendar", 1e300],
    ["a list", [5_183_944]],
  ])("takes the token when expires_in is %s", async (_name, expires_in) => {
    const { result } = await refresh(bodyOf({ ...GOOD, expires_in }));
    expect(result.ok && reveal(result.secret)).toBe(NEW);
  });

  it("takes the same string again, because its end can be later", async () => {
    const { result } = await refresh(bodyOf({ ...GOOD, access_token: TOKEN }));
    expect(result.ok && reveal(result.secret)).toBe(TOKEN);
  });
});

describe("a reply from which no token can be taken is unanswered", () => {
  const without: readonly (readonly [string, Answerer, RegExp])[] = [
    ["no access_token", bodyOf({ token_type: "bearer" }), /contains no token/],
    ["an empty access_token", bodyOf({ ...GOOD, access_token: "" }), /contains no token/],
    ["access_token null", bodyOf({ ...GOOD, access_token: null }), /contains no token/],
    ["access_token as a list", bodyOf({ ...GOOD, access_token: [NEW] }), /contains no token/],
    ["a short access_token", bodyOf({ ...GOOD, access_token: NEW.slice(0, 40) }), /cannot be a token/],
    ["an access_token with a line break", bodyOf({ ...GOOD, access_token: `${NEW}\n` }), /cannot be a token/],
    ["an access_token in quotes", bodyOf({ ...GOOD, access_token: `"${NEW}"` }), /cannot be a token/],
    ["an access_token with a letter of no header", bodyOf({ ...GOOD, access_token: `${NEW}é` }), /cannot be a token/],
    ["an app token", bodyOf({ ...GOOD, access_token: `${APP_ID}|${NEW}` }), /cannot be a token/],
    ["an endless access_token", bodyOf({ ...GOOD, access_token: NEW.repeat(60) }), /cannot be a token/],
  ];

  it.each([...UNREADABLE, ...without])("%s", async (_name, answer, message) => {
    const { result, graph } = await refresh(answer);
    expect(result).toMatchObject({ ok: false, kind: "unanswered", message: expect.stringMatching(message) });
    // No second try: it could make a second token.
    expect(graph.seen).toHaveLength(1);
    const said = JSON.stringify(result);
    for (const secret of [TOKEN, NEW, APP_SECRET, graph.url, "client_id"])
      expect(said).not.toContain(secret.slice(0, 12));
  });

  it("no answer until the deadline", async () => {
    const { result } = await refresh(() => "handled", { timeoutMs: 40 });
    const message = "Meta did not answer GET /oauth/access_token in time.";
    expect(result).toEqual({ ok: false, kind: "unanswered", message });
  });

  it("a lack of open files is told, and not thrown", async () => {
    const client = stubClient(() => {
      throw new OwnTroubleError("EMFILE", "Raise the limit.");
    });
    expect(await createExchange(client)(SECRET, APP)).toEqual({
      ok: false,
      kind: "refused",
      refusal: "unreachable",
      message: "The bot's own machine is short of resources (EMFILE). Raise the limit.",
    });
  });
});

const DEAD = "Error validating access token: ";

describe("Meta's refusal is named", () => {
  it.each<readonly [ExchangeRefusal, string, Answerer, RegExp]>([
    ["expired", "463", () => refusal(190, `${DEAD}Session has expired`, 400, { error_subcode: 463 }), /expired token/],
    ["revoked", "458", () => refusal(190, `${DEAD}gone`, 400, { error_subcode: 458 }), /no longer works/],
    ["revoked", "460", () => refusal(190, `${DEAD}gone`, 400, { error_subcode: 460 }), /subcode 460/],
    ["revoked", "466", () => refusal(190, `${DEAD}gone`, 400, { error_subcode: 466 }), /subcode 466/],
    ["revoked", "467", () => refusal(190, `${DEAD}gone`, 401, { error_subcode: 467 }), /subcode 467/],
    ["revoked", "code 102", () => refusal(102, "Session key invalid"), /code 102/],
    ["revoked", "code 452", () => refusal(452, "Session key invalid"), /code 452/],
    ["not_refreshable", "garbage", () => refusal(190, `Malformed access token ${TOKEN}`), /does not refresh this/],
    ["not_refreshable", "cannot parse", () => refusal(190, "Invalid token - Cannot parse access token"), /190/],
    ["not_refreshable", "code 100", () => refusal(100, "(#100) Invalid parameter"), /code 100/],
    ["not_refreshable", "no token", () => refusal(1, "fb_exchange_token parameter not specified"), /code 1/],
    ["app_credentials", "secret", () => refusal(1, "Error validating client secret."), /not accept the app secret/],
    ["app_credentials", "ID", () => refusal(101, "Error validating application."), /does not know this app ID/],
    ["app_blocked", "code 200", () => refusal(200, "API access blocked."), /Meta has blocked the app 100000000000042/],
    [
      "app_blocked",
      "deleted",
      () => refusal(190, "Error validating application. Application has been deleted."),
      /del/,
    ],
    ["wrong_app", "code 1", () => refusal(1, `The access token does not belong to application ${APP_ID}`), /belong/],
    ["wrong_app", "code 100", () => refusal(100, "(#100) The App_id in the input_token did not match"), /belong/],
    ["address_not_allowed", "code 5", () => refusal(5, "This IP can't make requests"), /IP address of this server/],
    [
      "other",
      "code 200",
      () => refusal(200, "(#200) Permissions error", 403),
      /^GET \/oauth\/access_token returned .*200/,
    ],
    ["other", "190 without subcode", () => refusal(190, "Invalid OAuth access token."), /^GET .* returned .*190/],
    ["other", "190 without subcode, 401", () => refusal(190, `${DEAD}gone`, 401), /^GET .* returned .*190/],
    ["other", "code 10", () => refusal(10, "(#10) no permission", 403), /code 10/],
    ["other", "code 3", () => refusal(3, "no capability", 500), /code 3/],
    ["other", "a retired version", () => refusal(2500, "Unknown path components"), /code 2500/],
    ["other", "code 368", () => refusal(368, "deemed abusive", 403), /code 368/],
    ["other", "an unknown code", () => refusal(987_654, "?"), /code 987654/],
    ["other", "no code", bodyOf({ error: { message: "no" } }, 400), /no code/],
    ["other", "an error that is a text", bodyOf({ error: "no" }, 400), /no code/],
    ["other", "an error with a token", bodyOf({ ...GOOD, error: { code: 987_654 } }), /code 987654/],
    ...LIMITS.map(([name, answer, message]) => ["throttled", name, answer, message] as const),
  ])("%s: %s", async (kind, _name, answer, message) => {
    const { result, graph } = await refresh(answer);
    expect(result).toEqual({
      ok: false,
      kind: "refused",
      refusal: kind,
      message: expect.stringMatching(message),
    });
    expect(graph.seen).toHaveLength(1);
    expect(JSON.stringify(result)).not.toContain(TOKEN.slice(3, 15));
  });
});

it("knows that no token exists when Meta was never reached", async () => {
  const client = createGraphClient({ baseUrl: "http://127.0.0.1:9", version: "v26.0", now: () => new Date(0) });
  const result = await createExchange(client)(SECRET, APP);
  await client.close();
  expect(result).toMatchObject({ ok: false, kind: "refused", refusal: "unreachable" });
});
