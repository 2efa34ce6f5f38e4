import { describe, expect, it } from "vitest";
import type { Needs } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import { Secret } from "../../src/token/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { type Case, CASES, caseNamed, FIXTURE, FIXTURE_POLICY } from "./fixtures.ts";
import { CLOCK, startGraph } from "./local-graph.ts";

const { appId, phoneNumberId, whatsappBusinessAccountId } = FIXTURE;

const needsOf = (name: string): Needs => ({
  app: name.startsWith("me_") ? undefined : { id: appId, secret: new Secret("an-app-secret-of-tests") },
  phoneNumberId: name.startsWith("phone_") ? phoneNumberId : undefined,
  whatsappBusinessAccountId: name.startsWith("waba_") ? whatsappBusinessAccountId : undefined,
});

/** The case's own call answers with the case; the other calls answer well. An account's list stands for the account. */
const answersOf = (one: Case): ReadonlyMap<string, Case["response"]> =>
  new Map([
    ["/v26.0/debug_token", caseNamed("debug_never_expiring_system_user").response],
    ["/v26.0/me", caseNamed("me_ok").response],
    ["/v26.0/me/permissions", caseNamed("me_permissions_ok").response],
    ["/v26.0/app", { status: 200, headers: {}, body: { id: appId, name: "Example Notifier" } }],
    [one.request.path.replace(/\/phone_numbers$/, ""), one.response],
  ]);

const run = async (one: Case) => {
  const answers = answersOf(one);
  await using graph = await startGraph(({ path }) => {
    const asked = graph.seen.filter((seen) => seen.path === path).length;
    // The live read that calls the token dead makes us ask again; then /debug_token knows it too.
    if (one.name === "phone_number_expired_token" && path.endsWith("/debug_token") && asked > 1)
      return caseNamed("debug_expired_with_type").response;
    return answers.get(path);
  });
  const token = fakeToken(one.name);
  const result = await graph.inspect(new Secret(token), needsOf(one.name));
  return { token, result, verdict: judge(result, FIXTURE_POLICY, CLOCK) };
};

describe("every recorded Graph answer gets its verdict through the real client", () => {
  it.each(CASES.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { token, result, verdict } = await run(one);
    expect({
      state: verdict.state,
      findings: verdict.findings.map((finding) => finding.code).toSorted(),
      reach: verdict.assets[0]?.reach,
      assetFailure: verdict.assets[0]?.failure?.kind,
      failure: verdict.failure?.kind,
    }).toEqual({
      state: one.expect.state,
      findings: (one.expect.findings ?? []).toSorted(),
      reach: one.expect.reach ?? (one.name === "phone_number_expired_token" ? "not_known" : undefined),
      assetFailure: one.expect.assetFailure,
      failure: one.expect.failure,
    });
    expect(JSON.stringify({ result, verdict })).not.toContain(token.slice(0, 20));
  });
});
