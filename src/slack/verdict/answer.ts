import { caveatsOf } from "../../token/caveats.ts";
import type { Spans } from "../../guide/rich-text.ts";
import { type Finding, findingOf } from "../../token/finding.ts";
import { unreadAssets } from "../../token/unread.ts";
import type { Verdict } from "../../token/verdict.ts";
import { words } from "../../words/words.ts";
import { isReachUntested, verdictWord } from "./heading.ts";

const { answers, title } = words.results;

export interface AnswerOptions {
  readonly verdict: Verdict;
  /** True when a person typed the token. */
  readonly typed: boolean;
  readonly now: Date;
}

/** "⏳ Expiring: works, and ends in 5 days": the state word, then the answer to the person's question. */
export const titleOf = (options: AnswerOptions): Spans => {
  const { sign, word } = verdictWord(options.verdict, options.typed);
  return title(sign, word, answerOf(options));
};

const answerOf = ({ verdict, typed, now }: AnswerOptions): Spans => {
  const { state, findings, failure } = verdict;
  const cause = findingOf(state, findings);
  switch (state) {
    case "healthy":
      return healthyAnswer(verdict, typed, now);
    case "expiring":
      return endAnswer(verdict, now);
    case "degraded":
      return degradedAnswer(cause);
    case "expired":
      return expiredAnswer(verdict, now);
    case "revoked":
      return answers.dead();
    case "invalid":
      return cause?.code === "not_a_token" ? answers.notAToken() : answers.invalid();
    case "unknown":
      return answers.noAnswer(failure);
  }
};

/** Never a plain "works" when something was not checked or has a warning. */
const healthyAnswer = (verdict: Verdict, typed: boolean, now: Date): Spans => {
  if (isReachUntested(verdict, typed)) return answers.noId();
  const unread = unreadAssets(verdict);
  if (unread.length > 0) return answers.unread(unread.map(({ kind }) => kind));
  const { unchecked, warnings } = caveatsOf(verdict);
  const end = endAnswer(verdict, now);
  if (warnings.length > 0) return answers.warned(end, warnings.length);
  return unchecked.length > 0 ? answers.partly(end) : end;
};

const endAnswer = ({ token }: Verdict, now: Date): Spans => {
  const expiry = token?.expiry ?? { kind: "not_known" as const };
  if (expiry.kind !== "at") return answers.works(expiry);
  const leftMs = expiry.at.getTime() - now.getTime();
  return leftMs > 0 ? answers.works({ kind: "at", leftMs }) : answers.worksPastEnd();
};

const expiredAnswer = ({ token }: Verdict, now: Date): Spans => {
  const expiry = token?.expiry;
  return expiry?.kind === "at" ? answers.expired(now.getTime() - expiry.at.getTime()) : answers.dead();
};

const degradedAnswer = (cause: Finding | undefined): Spans =>
  cause?.code === "scope_missing" && cause.objects.length > 0
    ? answers.lacks(cause.objects.length)
    : answers.degraded(cause?.code);
