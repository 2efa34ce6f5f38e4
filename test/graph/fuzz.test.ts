import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawReply } from "../../src/graph/raw-reply.ts";
import type { Needs } from "../../src/token/inspection.ts";
import { isDead } from "../../src/token/findings/finding.ts";
import { judge } from "../../src/token/judge.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { fakeToken } from "../support/fake-token.ts";
import { CASES, FIXTURE, FIXTURE_POLICY } from "./fixtures.ts";
import { CLOCK } from "./local-graph.ts";
import { anAnswer, stubInspect } from "./stub-client.ts";

const TOKEN = fakeToken("fuzz");
const APP_SECRET = "the-secret-of-the-fuzzed-app";
const APP = { id: FIXTURE.appId, secret: new Secret(APP_SECRET) };
const ASSETS = {
  phoneNumberId: FIXTURE.phoneNumberId,
  whatsappBusinessAccountId: FIXTURE.whatsappBusinessAccountId,
};

const CODES = [
  0, 1, 2, 3, 4, 5, 10, 17, 33, 100, 101, 102, 104, 190, 200, 299, 368, 415, 450, 452, 613, 803, 2500, 80008, 131005,
];
const SUBCODES = [33, 458, 459, 460, 463, 464, 466, 467, 490, 492, 493, 2859009];
const TEXTS = [
  "Error validating client secret.",
  "(#100) The App_id in the input_token did not match the Viewing App",
  "Invalid appsecret_proof provided in the API argument",
  `Malformed access token ${TOKEN}`,
  "(#100) Tried accessing nonexisting field (health_status)",
  "(#100) Tried accessing nonexisting field (health_status) on node type (WhatsAppBusinessPhoneNumber)",
  "(#100) Tried accessing nonexisting field (name) on node type (Business)",
  "API access blocked.",
  "Error validating application. Application has been deleted.",
  "Unknown path components: /debug_token",
];

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(0, -1, 1e18, 1_795_737_600, 1_793_775_600, "1795737600", null, true, false, "", [], {}, TOKEN),
);

const error = fc.record(
  {
    code: fc.oneof(fc.constantFrom(...CODES), fc.integer(), anything),
    error_subcode: fc.oneof(fc.constantFrom(...SUBCODES), anything),
    subcode: fc.oneof(fc.constantFrom(...SUBCODES), anything),
    message: fc.oneof(fc.constantFrom(...TEXTS), fc.string(), anything),
    is_transient: fc.oneof(fc.boolean(), anything),
    fbtrace_id: fc.oneof(fc.string(), anything),
  },
  { requiredKeys: [] },
);

const facts = fc.record(
  {
    app_id: fc.oneof(fc.constantFrom(APP.id, "100000000000043", 100000000000042), anything),
    type: fc.oneof(fc.constantFrom("USER", "SYSTEM_USER"), anything),
    application: anything,
    is_valid: fc.oneof(fc.boolean(), anything),
    expires_at: anything,
    issued_at: anything,
    data_access_expires_at: anything,
    scopes: fc.oneof(fc.constant(FIXTURE.requiredScopes), anything),
    user_id: anything,
    error: fc.oneof(error, anything),
  },
  { requiredKeys: [] },
);

/** A valid body in which one member at any depth is replaced or removed. */
const mutate = (value: unknown, steps: readonly number[], by: unknown): unknown => {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return by;
  const keys = Object.keys(value);
  const at = keys[step % Math.max(keys.length, 1)];
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === at ? mutate(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === at ? mutate(item, rest, by) : item]),
  );
};

const mutation = fc
  .tuple(fc.constantFrom(...CASES), fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), anything)
  .map(([one, steps, by]) => mutate(one.response.body, steps, by));

const entity = fc.record(
  {
    entity_type: fc.oneof(fc.constantFrom("PHONE_NUMBER", "WABA", "BUSINESS", "APP"), anything),
    id: anything,
    can_send_message: fc.oneof(fc.constantFrom("AVAILABLE", "LIMITED", "BLOCKED"), anything),
  },
  { requiredKeys: [] },
);

const body = fc.oneof(
  mutation,
  facts.map((data) => ({ data })),
  fc.record({ data: facts, error }, { requiredKeys: ["data"] }),
  error.map((found) => ({ error: found })),
  fc.record(
    {
      id: fc.oneof(fc.constantFrom(FIXTURE.phoneNumberId, FIXTURE.whatsappBusinessAccountId), anything),
      name: anything,
      data: anything,
      status: fc.oneof(fc.constantFrom("PENDING", "CONNECTED", "DISCONNECTED"), anything),
      platform_type: fc.oneof(fc.constantFrom("NOT_APPLICABLE", "CLOUD_API"), anything),
      health_status: fc.oneof(fc.record({ entities: fc.array(entity, { maxLength: 4 }) }), anything),
    },
    { requiredKeys: [] },
  ),
  anything,
  fc.string(),
);

const status = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(200, 400, 401, 403) },
  fc.constantFrom(100, 204, 302, 404, 429, 500, 502, 503),
);

const headers = fc.record(
  {
    "content-type": fc.constantFrom("application/json", "text/html", ""),
    "retry-after": fc.oneof(fc.constantFrom("120", "-5", "1e99", "Sun, 22 Nov 2026 00:10:00 GMT"), fc.string()),
    "x-business-use-case-usage": fc.oneof(
      fc.constant('{"1":[{"estimated_time_to_regain_access":1e300}]}'),
      fc.string(),
    ),
    "facebook-api-version": fc.oneof(fc.constantFrom("v26.0", "v25.0"), fc.string()),
    "x-fb-request-id": fc.oneof(fc.constantFrom("AFakeRequestId", TOKEN), fc.string()),
  },
  { requiredKeys: [] },
);

const reply: fc.Arbitrary<RawReply> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(body, status, headers).map(([sent, code, received]) => anAnswer(sent, code, received)),
  },
  fc.constantFrom<RawReply>(
    { kind: "timeout", headers: {} },
    { kind: "broken", cause: "ECONNRESET", headers: {} },
    { kind: "broken", cause: "HPE_INVALID_CONSTANT", headers: {} },
    { kind: "too_large", status: 200, headers: {} },
  ),
);

const objectIn = (answer: RawReply): Record<string, unknown> => {
  if (answer.kind !== "answer") return {};
  try {
    const parsed: unknown = JSON.parse(answer.text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
};

const member = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

const badDates = (value: unknown): boolean =>
  value instanceof Date
    ? Number.isNaN(value.getTime())
    : typeof value === "object" && value !== null && Object.values(value).some(badDates);

const expectSane = (result: unknown, verdict: Verdict): void => {
  const text = JSON.stringify({ result, verdict });
  expect(text).not.toContain(TOKEN.slice(0, 20));
  expect(text).not.toContain(APP_SECRET);
  expect(badDates({ result, verdict })).toBe(false);
  const codes = verdict.findings.map((finding) => finding.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(verdict.state === "unknown").toBe(verdict.failure !== null);
  // No false "healthy": every question without an answer is named.
  const named = verdict.findings.filter(({ code }) => ["reach_not_checked", "proof_refused"].includes(code));
  const unread = verdict.assets.filter(({ failure }) => failure !== null && verdict.alive === true);
  for (const { id } of unread) expect(named.flatMap(({ objects }) => objects)).toContain(id);
  const most = verdict.state === "unknown" ? 0 : isDead(verdict.state) ? 1 : codes.length;
  expect(codes.length).toBe(most);
};

/** A code as text. Any other value is not a code. */
const word = (value: unknown): string => (typeof value === "number" || typeof value === "string" ? String(value) : "");

/** All calls get the generated answers in turn, whatever they ask. */
const examineAll = async (answers: readonly RawReply[], needs: Needs) => {
  const sent: { path: string; answer: RawReply }[] = [];
  const inspect = stubInspect(({ path }) => {
    const answer = answers[sent.length % answers.length] ?? anAnswer({});
    sent.push({ path, answer });
    return answer;
  });
  const result = await inspect(new Secret(TOKEN), needs);
  return { sent, result, verdict: judge(result, FIXTURE_POLICY, CLOCK) };
};

const answers = fc.array(reply, { minLength: 1, maxLength: 5 });
const RUNS = { numRuns: 2_500 };

describe("for any response of Graph", () => {
  it("with an app secret: no throw, no leak, and only /debug_token makes a token healthy or dead", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), async (list, withAssets) => {
        const needs = { app: APP, phoneNumberId: undefined, whatsappBusinessAccountId: undefined };
        const { sent, result, verdict } = await examineAll(list, withAssets ? { ...needs, ...ASSETS } : needs);
        seen.add(verdict.state);
        expectSane(result, verdict);
        const debugged = sent
          .filter(({ path }) => path === "/debug_token")
          .map(({ answer }) => objectIn(answer)["data"]);
        const saidValid = debugged.some((data) => member(data, "is_valid") === true);
        const saidDead = debugged.some((data) => {
          const code = word(member(member(data, "error"), "code"));
          return member(data, "is_valid") === false || code === "190" || code === "102";
        });
        expect(verdict.state !== "healthy" || saidValid).toBe(true);
        expect(!isDead(verdict.state) || saidDead).toBe(true);
      }),
      RUNS,
    );
    // A generator whose responses all fail the first check would prove nothing.
    for (const state of ["healthy", "degraded", "revoked", "invalid", "unknown"]) expect(seen).toContain(state);
  });

  it("without an app secret: no throw, no leak, and only /me makes a token healthy or dead", async () => {
    const seen = new Set<string>();
    const mine = fc.oneof(
      reply,
      fc.constant(anAnswer({ id: "100000000000777", name: "system user" })),
      error.map((found) => anAnswer({ error: found }, 401)),
    );
    const permissions = fc.oneof(
      fc.constant(anAnswer({ data: FIXTURE.requiredScopes.map((permission) => ({ permission, status: "granted" })) })),
      reply,
    );
    const list = fc.tuple(mine, permissions, reply, reply);
    await fc.assert(
      fc.asyncProperty(list, fc.boolean(), async (replies, withAssets) => {
        const needs = { app: undefined, phoneNumberId: undefined, whatsappBusinessAccountId: undefined };
        const { sent, result, verdict } = await examineAll(replies, withAssets ? { ...needs, ...ASSETS } : needs);
        seen.add(verdict.state);
        expectSane(result, verdict);
        const asked = sent.filter(({ path }) => path === "/me").map(({ answer }) => answer);
        const greeted = asked.some(
          (answer) => answer.kind === "answer" && answer.status === 200 && objectIn(answer)["id"] !== undefined,
        );
        const saidDead = asked.some((answer) =>
          ["0", "190", "102", "450", "452"].includes(word(member(objectIn(answer)["error"], "code"))),
        );
        expect(!["healthy", "expiring", "degraded"].includes(verdict.state) || greeted).toBe(true);
        expect(!isDead(verdict.state) || saidDead).toBe(true);
      }),
      RUNS,
    );
    for (const state of ["healthy", "degraded", "invalid", "unknown"]) expect(seen).toContain(state);
  });
});
