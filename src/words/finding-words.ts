import type { Spans } from "../guide/rich-text.ts";
import type { Finding } from "../token/findings/finding.ts";
import { findingsToFix, remediedBy } from "../token/telling.ts";
import type { Verdict } from "../token/verdict.ts";
import type { FindingContext } from "./finding-context.ts";
import type { Remedy } from "./remedy.ts";
import { sentences } from "./values.ts";
import { words } from "./words.ts";

export type { Remedy } from "./remedy.ts";

/** A finding as one to three sentences. */
export function findingMessage(finding: Finding, context: FindingContext): Spans {
  // A row of a newer version may have a code that this version does not know.
  if (!Object.hasOwn(words.findings, finding.code)) return words.results.findings.unknownCode(finding.code);
  return words.findings[finding.code](finding, context);
}

/** The finding's sentences, and since when it was not re-checked. */
export function findingSentence(finding: Finding, context: FindingContext): Spans {
  const { notRecheckedSince } = finding;
  return sentences(
    findingMessage(finding, context),
    notRecheckedSince === null ? [] : words.results.findings.notRechecked(notRecheckedSince),
  );
}

/** The remedy for a finding. When another finding covers this one, it is the remedy of that other finding. */
export function findingRemedy(finding: Finding, verdict: Verdict): Remedy {
  return ownRemedy(remediedBy(finding, verdict), verdict);
}

/** All remedies of a verdict, most urgent first, without duplicates. */
export function remediesOf(verdict: Verdict): readonly Remedy[] {
  return findingsWithRemedy(verdict)
    .map((finding) => ownRemedy(finding, verdict))
    .filter(({ steps }) => steps.length > 0);
}

/**
 * The findings whose remedies cover all problems of the verdict, most urgent first. When several findings have the same
 * remedy, only the first one is returned.
 */
export function findingsWithRemedy(verdict: Verdict): readonly Finding[] {
  const seen = new Set<string>();
  return findingsToFix(verdict).filter((finding) => {
    const remedy = JSON.stringify(ownRemedy(finding, verdict));
    if (seen.has(remedy)) return false;
    seen.add(remedy);
    return true;
  });
}

/** A remedy as sentences in one line: the steps in order, then the steps that can wait. */
export function remedyLine({ steps, afterwards }: Remedy): Spans {
  return sentences(...steps, ...afterwards);
}

function ownRemedy(finding: Finding, context: FindingContext): Remedy {
  if (!Object.hasOwn(words.remedies, finding.code)) return { steps: [], afterwards: [] };
  return words.remedies[finding.code](finding, context);
}
