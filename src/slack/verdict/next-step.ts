import type { Spans } from "../../guide/rich-text.ts";
import { topicForFinding } from "../../guide/finding-topic.ts";
import type { TopicId } from "../../guide/topic.ts";
import type { FailureKind, InspectionFailure } from "../../token/inspection.ts";
import { answers } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import { findingRemedy } from "../../words/finding-words.ts";
import { words } from "../../words/words.ts";
import { isReachUntested } from "./heading.ts";

const { todo } = words.results;

export interface NextStep {
  /** What to do, in order; empty when there is nothing to do. */
  readonly steps: readonly Spans[];
  /** The part of the guide that helps; undefined for none. */
  readonly topic: TopicId | undefined;
  /** Asking again may help, and the guide does not. */
  readonly tryAgain?: boolean;
}

const topicOf = ({ kind, evidence }: InspectionFailure): TopicId => topicForFinding({ code: kind, evidence });

/** Failures that end without help: asking again later may succeed. */
const PASSING: ReadonlySet<FailureKind> = new Set<FailureKind>(["unreachable", "throttled", "malformed"]);

/** What a person who asked can do when there was no answer. */
const afterNoAnswer = (failure: InspectionFailure, typed: boolean): NextStep => ({
  steps: [words.failures.next(failure, typed ? "typed" : "asked")],
  topic: topicOf(failure),
  tryAgain: PASSING.has(failure.kind) || (typed && failure.kind === "unreadable"),
});

/** What to do about a watch that cannot be checked: the bot checks again by itself, if that can help. */
export const unansweredStep = (failure: InspectionFailure): NextStep => ({
  steps: [words.failures.next(failure, "round")],
  topic: PASSING.has(failure.kind) ? undefined : topicOf(failure),
});

/**
 * What to do now.
 * @param typed the token was typed in, so it may not be deployed yet
 */
export const nextStep = (verdict: Verdict, typed: boolean): NextStep => {
  const { state, failure } = verdict;
  if (state === "unknown" && failure !== null) return afterNoAnswer(failure, typed);
  const [first] = answers(verdict);
  if (first !== undefined) {
    const { steps, afterwards } = findingRemedy(first, verdict);
    return { steps: [...steps, ...afterwards.map(words.alerts.afterwards)], topic: topicForFinding(first) };
  }
  if (isReachUntested(verdict, typed)) return { steps: [todo.testReach()], topic: undefined };
  return { steps: typed ? [todo.useIt()] : [], topic: undefined };
};
