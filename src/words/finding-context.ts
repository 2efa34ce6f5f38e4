import type { Finding, FindingFacts } from "../token/findings/finding.ts";
import type { Verdict } from "../token/verdict.ts";

/** The parts of a verdict that sentences about its findings need: the kinds of the IDs, and why IDs were not read. */
export type FindingContext = Pick<Verdict, "assets" | "findings">;

/** A finding's facts of one kind; undefined in rows that older versions stored. */
export function factsOf<Kind extends FindingFacts["kind"]>(
  { facts }: Finding,
  kind: Kind,
): Extract<FindingFacts, { readonly kind: Kind }> | undefined {
  return facts !== undefined && isOf(facts, kind) ? facts : undefined;
}

function isOf<Kind extends FindingFacts["kind"]>(
  facts: FindingFacts,
  kind: Kind,
): facts is Extract<FindingFacts, { readonly kind: Kind }> {
  return facts.kind === kind;
}
