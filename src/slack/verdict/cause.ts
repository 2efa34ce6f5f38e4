import { topicForFinding } from "../../guide/finding-topic.ts";
import type { TopicId } from "../../guide/topic.ts";
import type { Verdict } from "../../token/verdict.ts";

/** Foreign sentences (Meta's, a file system's) stay short. */
export const SENTENCE = 400;

/** Some call about permissions or assets gave no answer, or was not made. */
const isPartial = ({ token, assets }: Verdict): boolean =>
  token?.scopes === null || assets.some(({ reach }) => reach === "not_known");

/** Why the state is what it is, in plain words. Not escaped. */
export const causeOf = (verdict: Verdict): string => {
  const { state, findings, failure } = verdict;
  switch (state) {
    case "healthy":
      return isPartial(verdict)
        ? "The token is alive and nothing wrong was found, but not everything could be checked."
        : "The token is alive and can do what is asked of it here.";
    case "unknown":
      return `We could not find out, and this says nothing about the token. ${failure?.message ?? ""}`.trim();
    case "expiring":
    case "degraded":
    case "expired":
    case "revoked":
    case "invalid":
      return findings[0]?.message ?? "Meta gave no reason.";
  }
};

export interface NextStep {
  /** Not escaped. */
  readonly text: string;
  /** The part of the guide that helps; undefined when there is nothing to do. */
  readonly topic: TopicId | undefined;
}

const IN_THE_MEANTIME: NextStep = { text: "Try again in some minutes.", topic: "verify" };

/**
 * What to do now.
 * @param typed the token was typed in, so it may not be deployed yet
 */
export const nextStep = ({ state, findings, failure }: Verdict, typed: boolean): NextStep => {
  if (state === "unknown") {
    if (failure === null) return IN_THE_MEANTIME;
    const ours = failure.kind === "misconfigured" || failure.kind === "unreadable";
    const text = ours ? "Mend the bot's set-up, then check again." : IN_THE_MEANTIME.text;
    return { text, topic: topicForFinding(failure.kind) };
  }
  const telling =
    findings.find(({ severity }) => severity !== "info") ?? (state === "healthy" ? undefined : findings[0]);
  if (telling !== undefined) return { text: telling.remedy, topic: topicForFinding(telling.code) };
  return typed
    ? { text: "If your app does not use this token yet, put it there and restart the app.", topic: "step-5" }
    : { text: "Nothing to do.", topic: undefined };
};
