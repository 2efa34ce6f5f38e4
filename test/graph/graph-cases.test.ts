import { describe, expect, it } from "vitest";
import type { Needs } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { expectedOf, startCaseGraph } from "./case-graph.ts";
import { type Case, CASES, FIXTURE, FIXTURE_POLICY } from "./fixtures.ts";
import { CLOCK } from "./local-graph.ts";

const { appId, phoneNumberId, whatsappBusinessAccountId } = FIXTURE;

const needsOf = (name: string): Needs => ({
  app: name.startsWith("me_") ? undefined : { id: appId, secret: new Secret("an-app-secret-of-tests") },
  phoneNumberId: name.startsWith("phone_") ? phoneNumberId : undefined,
  whatsappBusinessAccountId: name.startsWith("waba_") ? whatsappBusinessAccountId : undefined,
});

const run = async (one: Case) => {
  await using graph = await startCaseGraph(one);
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
    }).toEqual(expectedOf(one));
    expect(JSON.stringify({ result, verdict })).not.toContain(token.slice(0, 20));
  });
});
