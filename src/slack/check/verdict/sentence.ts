import type { Spans } from "../../../guide/rich-text.ts";
import type { Finding } from "../../../token/findings/finding.ts";
import { cutSpans } from "../../../words/cut-spans.ts";
import type { FindingContext } from "../../../words/finding-context.ts";
import { findingSentence } from "../../../words/finding-words.ts";

/** Sentences from other sources (Meta, a file system) stay short. */
export const SENTENCE = 400;

/** A finding's sentence, and since when it was not re-checked. */
export function findingSpans(finding: Finding, context: FindingContext, max = SENTENCE): Spans {
  return cutSpans(findingSentence(finding, context), max);
}
