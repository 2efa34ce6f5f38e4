import { z } from "zod";
import type { Duration } from "../../src/token/duration.ts";
import { parseDuration } from "../../src/token/duration.ts";
import type { Policy } from "../../src/token/policy.ts";
import file from "../fixtures/graph-cases.json" with { type: "json" };

const Case = z.object({
  name: z.string(),
  request: z.object({ path: z.string() }),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
  expect: z.object({
    later: z.boolean().optional(),
    state: z.string().optional(),
    findings: z.array(z.string()).optional(),
    reach: z.string().optional(),
    assetFailure: z.string().optional(),
    failure: z.string().optional(),
  }),
});
export type Case = z.infer<typeof Case>;

/** The cases that the product answers today. */
export const CASES: readonly Case[] = z
  .array(Case)
  .parse(file.cases)
  .filter((one) => one.expect.later !== true);

export const caseNamed = (name: string): Case => {
  const found = CASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no fixture case ${name}`);
  return found;
};

export const FIXTURE = file;

const daysOf = (days: number): Duration => {
  const duration = parseDuration(`${days}d`);
  if (duration === undefined) throw new Error(`no duration of ${days} days`);
  return duration;
};

/** The policy for all fixtures. */
export const FIXTURE_POLICY: Policy = {
  requiredScopes: file.requiredScopes,
  warnAt: file.warnAtDays.map(daysOf),
  appId: file.appId,
};
