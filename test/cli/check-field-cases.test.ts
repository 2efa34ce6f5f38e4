import { describe, expect, it } from "vitest";
import { mayAsk, startFieldCase } from "../graph/field-cases.ts";
import { CASES_NOW } from "../graph/field-cases-now.ts";
import { CLOCK } from "../graph/local-graph.ts";
import { cli } from "./memory-io.ts";

interface Printed {
  readonly state: string;
  readonly findings: readonly { readonly code: string }[];
  readonly failure: { readonly kind: string } | null;
}

describe("check over every field case", () => {
  it.each(CASES_NOW.map((one) => [one.id, one] as const))(
    "%s: --json prints its verdict and exits by it",
    async (_id, one) => {
      await using run = await startFieldCase(one);
      const { code, out, err } = await cli(run.args, { env: run.env, now: () => CLOCK });
      const printed = JSON.parse(out) as Printed;
      expect({
        state: printed.state,
        findings: printed.findings.map((finding) => finding.code).toSorted(),
        failure: printed.failure?.kind,
        asked: run.graph.seen.length > 0,
        exit: code,
      }).toEqual({
        state: one.expected.state,
        findings: (one.expected.findings ?? []).toSorted(),
        failure: one.expected.failure,
        asked: mayAsk(one),
        exit: one.expected.exit,
      });
      expect(out + err).not.toContain(run.token.slice(0, 20));
    },
  );
});
