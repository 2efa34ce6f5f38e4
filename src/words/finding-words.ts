import { rich, type Spans } from "../guide/rich-text.ts";
import type { Finding } from "../token/finding.ts";
import { answers, answerTo } from "../token/telling.ts";
import type { Verdict } from "../token/verdict.ts";

/** What a verdict's findings say and what helps, as sentences. */
export interface Remedy {
  /** What restores service, in order; each starts with a verb. */
  readonly steps: readonly Spans[];
  /** What can wait until service is restored, such as finding out who revoked a token. */
  readonly afterwards: readonly Spans[];
}

/** What a finding says, in one or two sentences. */
export function findingMessage(finding: Finding, _verdict: Verdict): Spans {
  return rich`${finding.message}`;
}

/** What helps with a finding: its own remedy, or that of the finding which answers it. */
export function findingRemedy(finding: Finding, verdict: Verdict): Remedy {
  return { steps: [rich`${answerTo(finding, verdict).remedy}`], afterwards: [] };
}

/** All there is to do about a verdict, most urgent first, each remedy once. */
export function remediesOf(verdict: Verdict): readonly Remedy[] {
  return answers(verdict).map((finding) => findingRemedy(finding, verdict));
}
