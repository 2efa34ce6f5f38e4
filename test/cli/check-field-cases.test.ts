import { describe, expect, it } from "vitest";
import { FIELD_CASES, mayAsk, startFieldCase } from "../graph/field-cases.ts";
import { CLOCK } from "../graph/local-graph.ts";
import { cli } from "./memory-io.ts";

interface Printed {
  readonly state: string;
  readonly findings: readonly { readonly code: string }[];
  readonly failure: { readonly kind: string } | null;
}

/** Words that the output must contain, and words that it must not contain. */
const WORDS: Readonly<Record<string, { readonly says: RegExp; readonly never?: RegExp }>> = {
  "waba-id-as-phone-id": { says: /WhatsApp Business Account.*swapped/, never: /assign|generate/i },
  "both-ids-swapped": {
    says: /WhatsApp Business Account.*phone number.*Exchange the two IDs/s,
    never: /assign|generate/i,
  },
  "phone-of-another-waba": { says: /100000000001002, not to 100000000001001/ },
  "api-access-blocked-reads": { says: /has blocked the app/, never: /assign|generat/i },
  "api-access-blocked-debug": { says: /has blocked the app/, never: /assign|generat|META_APP_SECRET|nothing about/i },
  "app-deleted-reads": { says: /was deleted/, never: /assign|generat/i },
  "ip-allow-list-debug": { says: /IP allow-list/, never: /META_APP_SECRET/ },
  "graph-version-wrong-debug": { says: /GRAPH_API_VERSION/, never: /META_APP_SECRET/ },
  "two-factor-reads": { says: /two-factor authentication/, never: /dead|revoked|generate/i },
  "dead-493-inactive": { says: /90 days/, never: /who revoked/i },
  "dead-490-me": { says: /security check/, never: /who revoked/i },
  "cfn-dynamic-reference": { says: /reference/i },
  "base64-secret": { says: /base64/i },
  "json-secret-file": { says: /JSON.*exec:/s },
  "number-not-registered": { says: /PENDING.*NOT_APPLICABLE/ },
};

describe("check over every field case", () => {
  it.each(FIELD_CASES.map((one) => [one.id, one] as const))(
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
      expect(out).toMatch(WORDS[one.id]?.says ?? /./);
      expect(out).not.toMatch(WORDS[one.id]?.never ?? /(?!)/);
    },
  );
});
