import { caveatsOf } from "../../../token/caveats.ts";
import type { Spans } from "../../../guide/rich-text.ts";
import { type Finding, findingOf } from "../../../token/findings/finding.ts";
import { unreadAssets } from "../../../token/unread.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";
import { isReachUntested, verdictWord } from "./heading.ts";

export interface TitleOptions {
  readonly verdict: Verdict;
  /** True when a person typed the token. */
  readonly typed: boolean;
  readonly now: Date;
}

/** "⏳ Expiring: works, and ends in 5 days": the state word, then what it means for the token. */
export function titleOf(options: TitleOptions): Spans {
  const { sign, word } = verdictWord(options.verdict, options.typed);
  return title(sign, word, outcomeOf(options));
}

const { outcomes, title } = words.results;

function outcomeOf({ verdict, typed, now }: TitleOptions): Spans {
  const { state, findings, failure } = verdict;
  const cause = findingOf(state, findings);
  switch (state) {
    case "healthy":
      return healthyOutcome(verdict, typed, now);
    case "expiring":
      return endOutcome(verdict, now);
    case "degraded":
      return degradedOutcome(cause);
    case "expired":
      return expiredOutcome(verdict, now);
    case "revoked":
      return outcomes.dead();
    case "invalid":
      return cause?.code === "not_a_token" ? outcomes.notAToken() : outcomes.invalid();
    case "unknown":
      return outcomes.noAnswer(failure);
  }
}

/** Never a plain "works" when something was not checked or has a warning. */
function healthyOutcome(verdict: Verdict, typed: boolean, now: Date): Spans {
  if (isReachUntested(verdict, typed)) return outcomes.noId();
  const unread = unreadAssets(verdict);
  if (unread.length > 0) return outcomes.unread(unread.map(({ kind }) => kind));
  const { unchecked, warnings } = caveatsOf(verdict);
  const end = endOutcome(verdict, now);
  if (warnings.length > 0) return outcomes.warned(end, warnings.length);
  return unchecked.length > 0 ? outcomes.partly(end) : end;
}

function endOutcome({ token }: Verdict, now: Date): Spans {
  const expiry = token?.expiry ?? { kind: "not_known" as const };
  if (expiry.kind !== "at") return outcomes.works(expiry);
  const leftMs = expiry.at.getTime() - now.getTime();
  return leftMs > 0 ? outcomes.works({ kind: "at", leftMs }) : outcomes.worksPastEnd();
}

function expiredOutcome({ token }: Verdict, now: Date): Spans {
  const expiry = token?.expiry;
  return expiry?.kind === "at" ? outcomes.expired(now.getTime() - expiry.at.getTime()) : outcomes.dead();
}

function degradedOutcome(cause: Finding | undefined): Spans {
  return cause?.code === "scope_missing" && cause.objects.length > 0
    ? outcomes.lacks(cause.objects.length)
    : outcomes.degraded(cause?.code);
}
