import { literal } from "../mrkdwn.ts";
import { assetLines } from "./assets.ts";
import { causeText } from "./cause.ts";
import { endFact, pastEndLines, wasAnswered } from "./facts.ts";
import { findingLines } from "./findings.ts";
import { nextStep } from "./next-step.ts";
import { missingText } from "./scopes.ts";
import { SENTENCE } from "./sentence.ts";
import type { VerdictOptions } from "./verdict-blocks.ts";

/** The same as the blocks for notifications and screen readers, in three parts: a long list may be cut off last. */
export interface VerdictText {
  readonly cause: string;
  /** What to do, the end, missing permissions, the phone number and the account. */
  readonly facts: readonly string[];
  readonly findings: readonly string[];
}

const nextLines = ({ verdict, typed, past, advice }: VerdictOptions): readonly string[] => {
  if (!advice) return [];
  const { text, topic } = nextStep(verdict, typed);
  if (past && topic === undefined) return [];
  return [`What to do ${past ? "about the last answer" : "now"}: ${literal(text, SENTENCE)}`];
};

export const verdictText = (options: VerdictOptions): VerdictText => {
  const { verdict, ids, past, advice, now, show } = options;
  const { state, token } = verdict;
  const answered = wasAnswered(verdict);
  const end = answered && token !== null ? endFact({ state, token }, now, show) : undefined;
  const missing = missingText(verdict);
  return {
    cause: causeText(verdict, { show, past }),
    facts: [
      ...nextLines(options),
      ...(end === undefined ? [] : [`${end.label}: ${end.value}.`]),
      ...(advice ? pastEndLines(verdict) : []),
      ...(missing === undefined ? [] : [`Permissions. ${missing}.`]),
      ...(answered ? assetLines(verdict, ids, (label) => label) : []),
    ],
    findings: findingLines(verdict, show, advice),
  };
};
