import { describe, expect, it } from "vitest";
import { Secret } from "../../src/token/secret/secret.ts";
import {
  APP_ID,
  PHONE,
  WABA,
  PROOF,
  SCOPES,
  TOKEN,
  needs,
  withPhone,
  withoutApp,
  facts,
  refusal,
  dead,
  run,
  inspectionOf,
} from "./script.ts";

describe("retries and waits", () => {
  it("asks once more after a second when Graph could not be reached, and takes the second answer", async () => {
    const { result, graph } = await run({ "/debug_token": [refusal(2, "down", 503), facts()] });
    expect(result.ok).toBe(true);
    expect(graph.waits).toEqual([1_000]);
  });

  it("does not retry when the answer states a longer wait", async () => {
    const answer = { ...refusal(2, "down", 503), headers: { "retry-after": "300" } };
    const { result, graph } = await run({ "/debug_token": answer });
    expect(result).toMatchObject({ ok: false, failure: { kind: "unreachable", retryAfterMs: 300_000 } });
    expect(graph.seen).toHaveLength(1);
  });

  it("does not retry under a limit, which takes precedence over is_transient", async () => {
    const { result, graph } = await run({ "/debug_token": refusal(4, "limit", 400, { is_transient: true }) });
    expect(result).toMatchObject({ ok: false, failure: { kind: "throttled", retryAfterMs: 900_000 } });
    expect(graph.seen).toHaveLength(1);
  });

  it("is_transient makes any other error a problem of the service", async () => {
    const { result } = await run({ "/debug_token": refusal(190, "hm", 400, { is_transient: true }) });
    expect(result).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
  });
});

describe("an asset read that reports a dead token", () => {
  const gone = refusal(190, "Session has expired", 401, { error_subcode: 463 });

  it("causes a second call of /debug_token, whose answer counts when it says dead", async () => {
    const { result, paths } = await run({ "/debug_token": [facts(), dead], [`/${PHONE}`]: gone }, withPhone);
    expect(paths).toEqual(["/debug_token", `/${PHONE}`, "/debug_token"]);
    expect(inspectionOf(result)).toMatchObject({ liveness: { alive: false }, assets: [{ reach: "not_known" }] });
  });

  it("remains a refusal with its evidence when the token is still valid", async () => {
    const { result } = await run({ "/debug_token": facts(), [`/${PHONE}`]: gone }, withPhone);
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: true },
      assets: [
        { reach: "refused", error: { code: 190 }, evidence: { call: `GET /${PHONE}`, code: 190, subcode: 463 } },
      ],
    });
  });

  it("is not known when the second call fails", async () => {
    const limited = refusal(4, "limit");
    const { result } = await run({ "/debug_token": [facts(), limited], [`/${PHONE}`]: gone }, withPhone);
    expect(inspectionOf(result)).toMatchObject({
      liveness: { alive: true },
      assets: [{ reach: "not_known", failure: { kind: "throttled" } }],
    });
  });

  it("causes one second call for both objects", async () => {
    const script = { "/debug_token": facts(), [`/${PHONE}`]: gone, [`/${WABA}`]: refusal(102, "session") };
    const { paths } = await run(script, needs({ phoneNumberId: PHONE, whatsappBusinessAccountId: WABA }));
    expect(paths.filter((path) => path === "/debug_token")).toHaveLength(2);
  });
});

describe("secrets that cannot be sent", () => {
  const odd = new Secret(`${TOKEN}\u{1f600}`);

  it("a token that fits no header is unreadable, and no call is made", async () => {
    const { result, graph } = await run({}, withoutApp, odd);
    expect(result).toMatchObject({ ok: false, failure: { kind: "unreadable", evidence: null } });
    expect(graph.seen).toEqual([]);
  });

  it("with an app secret, Graph is asked about such a token", async () => {
    const { graph } = await run({ "/debug_token": dead }, needs(), odd);
    expect(graph.seen[0]?.query.get("input_token")).toBe(`${TOKEN}\u{1f600}`);
  });

  it("an app secret that fits no header is misconfigured", async () => {
    const { result, graph } = await run({}, needs({ app: { id: APP_ID, secret: new Secret("two\nlines") } }));
    expect(result).toMatchObject({ ok: false, failure: { kind: "misconfigured" } });
    expect(graph.seen).toEqual([]);
  });
});

describe("pieces of a secret that Graph repeats", () => {
  it.each([
    ["the token", TOKEN.slice(40, 60)],
    ["the app secret", "app-secret-of"],
    ["the proof", PROOF.slice(20, 40)],
  ])("%s is hidden everywhere", async (_name, piece) => {
    const both = needs({ phoneNumberId: PHONE, whatsappBusinessAccountId: WABA });
    const script = {
      "/debug_token": facts({ application: piece, type: piece, scopes: [...SCOPES, piece], user_id: piece }),
      [`/${PHONE}`]: { body: { id: PHONE, verified_name: `Shop ${piece}` } },
      [`/${WABA}`]: refusal(100, `no ${piece}`, 400, { fbtrace_id: piece }),
    };
    const { result } = await run(script, both);
    expect(result.ok).toBe(true);
    expect(JSON.stringify(result)).toContain("[redacted]");
    expect(JSON.stringify(result)).not.toContain(piece);
  });
});
