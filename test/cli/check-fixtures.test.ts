import { describe, expect, it } from "vitest";
import { fakeToken } from "../support/fake-token.ts";
import { expectedOf, startCaseGraph } from "../graph/case-graph.ts";
import { type Case, CASES, FIXTURE } from "../graph/fixtures.ts";
import { CLOCK } from "../graph/local-graph.ts";
import { cli } from "./memory-io.ts";

const EXIT_CODES: Readonly<Record<string, number>> = {
  healthy: 0,
  expiring: 1,
  degraded: 1,
  expired: 1,
  revoked: 1,
  invalid: 1,
  unknown: 3,
};

const environmentOf = ({ name }: Case, url: string, token: string): Readonly<Record<string, string>> => ({
  GRAPH_API_URL: url,
  WHATSAPP_ACCESS_TOKEN: token,
  WARN_AT: FIXTURE.warnAtDays.map((days) => `${days}d`).join(","),
  REQUIRED_SCOPES: FIXTURE.requiredScopes.join(","),
  ...(name.startsWith("me_") ? {} : { META_APP_ID: FIXTURE.appId, META_APP_SECRET: "an-app-secret-of-tests" }),
  ...(name.startsWith("phone_") ? { WHATSAPP_PHONE_NUMBER_ID: FIXTURE.phoneNumberId } : {}),
  ...(name.startsWith("waba_") ? { WHATSAPP_BUSINESS_ACCOUNT_ID: FIXTURE.whatsappBusinessAccountId } : {}),
});

const check = async (one: Case, ...options: readonly string[]) => {
  await using graph = await startCaseGraph(one);
  const token = fakeToken(one.name);
  const env = environmentOf(one, graph.url, token);
  return { token, ...(await cli(["check", ...options], { env, now: () => CLOCK })) };
};

describe("check over every recorded Graph answer", () => {
  it.each(CASES.map((one) => [one.name, one] as const))(
    "%s: --json prints one object and exits by it",
    async (_name, one) => {
      const { token, code, out, err } = await check(one, "--json");
      const printed = JSON.parse(out) as {
        readonly state: string;
        readonly findings: readonly { readonly code: string }[];
        readonly failure: { readonly kind: string } | null;
        readonly assets: readonly { readonly reach: string; readonly failure: { readonly kind: string } | null }[];
      };
      expect({
        state: printed.state,
        findings: printed.findings.map((finding) => finding.code).toSorted(),
        reach: printed.assets[0]?.reach,
        assetFailure: printed.assets[0]?.failure?.kind,
        failure: printed.failure?.kind,
      }).toEqual(expectedOf(one));
      const unread = printed.state === "healthy" && printed.assets.some((asset) => asset.reach === "not_known");
      expect(code).toBe(unread ? 3 : EXIT_CODES[printed.state]);
      expect(err).toBe("");
      expect(out).not.toContain(token.slice(0, 20));
    },
  );

  it.each(CASES.map((one) => [one.name, one] as const))(
    "%s: for people, the state word comes first",
    async (_name, one) => {
      const { token, out, err } = await check(one);
      const dead = ["expired", "revoked", "invalid"].includes(one.expect.state ?? "");
      const { state, reach } = expectedOf(one);
      const word =
        state === "healthy" && reach === "not_known" ? "ALIVE, NOT FULLY CHECKED" : (state ?? "").toUpperCase();
      expect(out).toMatch(new RegExp(`^${word}  \\S`));
      expect(out).toMatch(/\nEvidence {5}\S/);
      for (const code of one.expect.findings ?? []) expect(out).toContain(` ${code}\n`);
      // A missing permission of a dead token would lead people to the wrong repair.
      expect(dead && /missing {5}/.test(out)).toBe(false);
      expect(err).toBe("");
      expect(out).not.toContain(token.slice(0, 20));
      expect(out).not.toMatch(/undefined|null/);
    },
  );
});
