import { describe, expect, it } from "vitest";
import { readSource } from "../../src/config/plain-fields.ts";
import { createSourceReader } from "../../src/secrets/reader.ts";
import { examine } from "../../src/token/examine.ts";
import type { Needs } from "../../src/token/inspection.ts";
import { judgeUnreadable } from "../../src/token/judge.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import { FIELD_CASES, mayAsk, type FieldRun, startFieldCase } from "./field-cases.ts";
import { FIXTURE_POLICY } from "./fixtures.ts";
import { CLOCK } from "./local-graph.ts";

const needsOf = ({ env }: FieldRun): Needs => {
  const { META_APP_ID: id, META_APP_SECRET: secret } = env;
  return {
    app: id === undefined || secret === undefined ? undefined : { id, secret: new Secret(secret) },
    phoneNumberId: env["WHATSAPP_PHONE_NUMBER_ID"],
    whatsappBusinessAccountId: env["WHATSAPP_BUSINESS_ACCOUNT_ID"],
  };
};

const now = (): Date => CLOCK;

const verdictOf = async (run: FieldRun): Promise<Verdict> => {
  const source = readSource(run.args.at(-1) ?? "");
  if ("problem" in source) throw new Error(source.problem);
  const reader = createSourceReader({ env: run.env, dotenvPath: undefined, ownSecretNames: [] });
  const reading = await reader(source.value);
  if (!reading.ok) return judgeUnreadable(reading.message, CLOCK);
  const deps = { inspect: run.graph.inspect, now, wait: () => Promise.resolve() };
  const question = { needs: needsOf(run), policy: FIXTURE_POLICY, seenAlive: false, previous: null };
  return examine(deps, { secret: reading.secret, ...question });
};

describe("every field case gets its verdict through the real client", () => {
  it("covers every case that one check can answer", () => {
    expect(FIELD_CASES.length).toBeGreaterThanOrEqual(19);
  });

  it.each(FIELD_CASES.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    await using run = await startFieldCase(one);
    const verdict = await verdictOf(run);
    expect({
      state: verdict.state,
      findings: verdict.findings.map(({ code }) => code).toSorted(),
      failure: verdict.failure?.kind,
      asked: run.graph.seen.length > 0,
    }).toEqual({
      state: one.expected.state,
      findings: (one.expected.findings ?? []).toSorted(),
      failure: one.expected.failure,
      asked: mayAsk(one),
    });
    expect(JSON.stringify(verdict)).not.toContain(run.token.slice(0, 20));
  });
});
