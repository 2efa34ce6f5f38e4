import type { Spans } from "../../../guide/rich-text.ts";
import { topicForFinding } from "../../../guide/finding-topic.ts";
import type { TopicId } from "../../../guide/topic.ts";
import type { InspectionFailure } from "../../../token/inspection.ts";
import { needsPerson } from "../../../token/needs-person.ts";
import { findingsToFix } from "../../../token/telling.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { findingRemedy } from "../../../words/finding-words.ts";
import { words } from "../../../words/words.ts";
import { isReachUntested } from "./heading.ts";

export interface NextStep {
  /** The steps in order. Empty when there is nothing to do. */
  readonly steps: readonly Spans[];
  /** The guide topic that helps; undefined for none. */
  readonly topic: TopicId | undefined;
  /** True when another check may help and the guide does not. */
  readonly tryAgain?: boolean;
}

/** The next step for a watch whose checks fail. The bot checks again by itself if that can help. */
export function unansweredStep(failure: InspectionFailure): NextStep {
  return {
    steps: [words.failures.next(failure, "round")],
    topic: !needsPerson(failure) ? undefined : topicOf(failure),
  };
}

/**
 * The next step now.
 * @param typed a person typed the token, so it may not be deployed yet
 */
export function nextStep(verdict: Verdict, typed: boolean): NextStep {
  const { state, failure } = verdict;
  if (state === "unknown" && failure !== null) return afterNoAnswer(failure, typed);
  const [first] = findingsToFix(verdict);
  if (first !== undefined) {
    const { steps, afterwards } = findingRemedy(first, verdict);
    return { steps: [...steps, ...afterwards.map(words.alerts.afterwards)], topic: topicForFinding(first) };
  }
  if (isReachUntested(verdict, typed)) return { steps: [todo.testReach()], topic: undefined };
  return { steps: typed ? [todo.useIt()] : [], topic: undefined };
}

const { todo } = words.results;

function topicOf({ kind, evidence }: InspectionFailure): TopicId {
  return topicForFinding({ code: kind, evidence });
}

/** The next step for a person after a check without an answer. */
function afterNoAnswer(failure: InspectionFailure, typed: boolean): NextStep {
  return {
    steps: [words.failures.next(failure, typed ? "typed" : "asked")],
    topic: topicOf(failure),
    tryAgain: !needsPerson(failure) || (typed && failure.kind === "unreadable"),
  };
}
