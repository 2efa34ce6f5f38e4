import type { Spans } from "../../guide/rich-text.ts";
import type { Finding } from "../../token/finding.ts";
import { cutSpans } from "../../words/cut-spans.ts";
import type { FindingContext } from "../../words/finding-context.ts";
import { findingSentence } from "../../words/finding-words.ts";

/** Foreign sentences (Meta's, a file system's) stay short. */
export const SENTENCE = 400;

/** What a finding says, and since when it was not re-checked. */
export const findingSpans = (finding: Finding, context: FindingContext, max = SENTENCE): Spans =>
  cutSpans(findingSentence(finding, context), max);
