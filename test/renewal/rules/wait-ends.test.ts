import { expect, it } from "vitest";
import type { Renewal } from "../../../src/renewal/renewal.ts";
import { nextStep } from "../../../src/renewal/rules/next-step.ts";
import { waitEndsAt } from "../../../src/renewal/rules/steps.ts";
import { aRenewal, DAY, done } from "../renewals.ts";

const facts = { watch: "known", source: "not_known" } as const;

it.each<[string, Partial<Renewal>]>([
  ["for a checklist", { way: "given" }],
  ["after a saved token", { steps: done("obtain", "test", "write") }],
  [
    "after a step that took days",
    { steps: done("obtain", "test", "write").map((step) => ({ ...step, at: new Date(step.at.getTime() + 3 * DAY) })) },
  ],
])("the end that people read is the end of the wait %s", (_name, fields) => {
  const renewal = aRenewal({ dayTold: true, ...fields });
  const end = waitEndsAt(renewal);
  expect(nextStep(renewal, facts, end)).toEqual({ kind: "end", outcome: "timed_out" });
  expect(nextStep(renewal, facts, new Date(end.getTime() - 1))).toMatchObject({ kind: "wait" });
});
