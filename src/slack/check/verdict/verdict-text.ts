import type { Spans } from "../../../guide/rich-text.ts";
import { cutSpans } from "../../../words/cut-spans.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { mrkdwnText } from "../../kit/spans.ts";
import { assetLines } from "./assets.ts";
import { causeOf, isEndInCause } from "./cause.ts";
import { endFact, pastEndLines, wasAnswered } from "./facts.ts";
import { findingLines } from "./findings.ts";
import { nextStep } from "./next-step.ts";
import { missingScopes } from "./scopes.ts";
import { SENTENCE } from "./sentence.ts";
import type { VerdictOptions } from "./verdict-blocks.ts";

/**
 * The text of the blocks for notifications and screen readers, in three parts. The findings come last, because a long
 * list may be cut.
 */
export interface VerdictText {
  readonly cause: string;
  /** Next steps, expiry, missing permissions, phone number and account. */
  readonly facts: readonly string[];
  readonly findings: readonly string[];
}

export function verdictText(options: VerdictOptions): VerdictText {
  const { verdict, past, advice, now, show } = options;
  const { state, token } = verdict;
  const answered = wasAnswered(verdict);
  const end = answered && token !== null && !isEndInCause(verdict) ? endFact({ state, token }, now) : undefined;
  const missing = missingScopes(verdict);
  const read = (spans: Spans): string => mrkdwnText(spans, show);
  return {
    cause: read(causeOf(verdict, past)),
    facts: [
      ...adviceLines(options),
      ...(end === undefined ? [] : [facts.inText(end.label, end.value)]),
      ...(advice ? pastEndLines(verdict) : []),
      ...(missing.length === 0 ? [] : [permissions.missingInText(missing)]),
      ...(answered ? assetLines(verdict) : []),
    ].map(read),
    findings: findingLines(verdict, advice).map((line) => `• ${read(line)}`),
  };
}

const { facts, permissions, todo } = words.results;

function adviceLines({ verdict, typed, past, advice }: VerdictOptions): readonly Spans[] {
  if (!advice) return [];
  const { steps, topic } = nextStep(verdict, typed);
  if (steps.length === 0 || (past && topic === undefined)) return [];
  const title = past ? todo.afterLastAnswer() : todo.now();
  return [todo.inText(title, cutSpans(sentences(...steps), SENTENCE))];
}
