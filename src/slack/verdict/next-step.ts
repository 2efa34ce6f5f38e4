import { isReachUntested } from "./heading.ts";
import { topicForFinding } from "../../guide/finding-topic.ts";
import type { TopicId } from "../../guide/topic.ts";
import { describeSpan, MINUTE_MS } from "../../token/duration.ts";
import { APP_BLOCKED_REMEDY, failureRemedy } from "../../token/failure-reason.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import { accusesCredential } from "../../token/misconfiguration.ts";
import { answers } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";

export interface NextStep {
  /** Not escaped. */
  readonly text: string;
  /** The part of the guide that helps; undefined when there is nothing to do. */
  readonly topic: TopicId | undefined;
}

type Cause = Pick<InspectionFailure, "kind" | "evidence">;

const CREDENTIAL = "Fix the bot's configuration: the id and secret of the Meta app.";

/** The id and secret of our app, or another setting of ours: each has its own remedy. */
const settingText = (failure: Cause): string => (accusesCredential(failure) ? CREDENTIAL : failureRemedy(failure));

const topicOf = ({ kind, evidence }: Cause): TopicId => topicForFinding({ code: kind, evidence });

/** Rounded up: a try before the time would be refused again. */
const waitText = (ms: number): string => describeSpan(Math.ceil(ms / MINUTE_MS) * MINUTE_MS);

/** What a person who asked can do when there was no answer. */
const retryText = (failure: InspectionFailure, typed: boolean): string => {
  const { kind, retryAfterMs } = failure;
  switch (kind) {
    case "unreachable":
      return "Try again in some minutes.";
    case "throttled":
      return retryAfterMs === null ? "Try again later." : `Try again in ${waitText(retryAfterMs)}.`;
    case "malformed":
      return "Try again in some minutes; if it lasts, check GRAPH_API_URL and GRAPH_API_VERSION.";
    case "misconfigured":
      return `${settingText(failure)} Then check again.`;
    case "app_blocked":
      return APP_BLOCKED_REMEDY;
    case "unreadable":
      return typed
        ? "Copy the whole token again, then check it again."
        : "Fix where the bot reads the token, then check again.";
  }
};

/** What to do about a watch that cannot be checked: it is asked again without anybody's help, if that can help. */
export const unansweredStep = (failure: Cause): NextStep => {
  const { kind } = failure;
  if (kind === "misconfigured") return { text: settingText(failure), topic: topicOf(failure) };
  if (kind === "app_blocked") return { text: APP_BLOCKED_REMEDY, topic: topicOf(failure) };
  if (kind === "unreadable") return { text: "Fix where the bot reads this token.", topic: topicOf(failure) };
  return { text: "Nothing now; it is asked again by itself.", topic: undefined };
};

/**
 * What to do now.
 * @param typed the token was typed in, so it may not be deployed yet
 */
export const nextStep = (verdict: Verdict, typed: boolean): NextStep => {
  const { state, failure } = verdict;
  if (state === "unknown" && failure !== null) return { text: retryText(failure, typed), topic: topicOf(failure) };
  const [first] = answers(verdict);
  if (first !== undefined) return { text: first.remedy, topic: topicForFinding(first) };
  if (isReachUntested(verdict, typed))
    return {
      text: "Press “Test its reach…” and give an id: whether this token reaches anything is not known.",
      topic: undefined,
    };
  return typed
    ? { text: "If your app does not use this token yet, put it there and restart the app.", topic: "step-5" }
    : { text: "Nothing to do.", topic: undefined };
};
