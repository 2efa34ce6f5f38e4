import type { Spans } from "../../../guide/rich-text.ts";
import { caveatsOf } from "../../../token/caveats.ts";
import { type Finding, findingOf } from "../../../token/findings/finding.ts";
import type { InspectionFailure } from "../../../token/inspection.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { factsOf } from "../../../words/finding-context.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { findingSpans } from "./sentence.ts";

/** The finding that the cause describes; undefined when it describes none. */
export function shownAsCause({ state, findings }: Verdict): Finding | undefined {
  return state === "healthy" ? findings.find(({ code }) => code === "expiry_not_known") : findingOf(state, findings);
}

/**
 * Why the token has this state, and what the state does not cover.
 * @param past the verdict is an older answer, because checks fail now
 */
export function causeOf(verdict: Verdict, past: boolean): Spans {
  if (verdict.failure !== null) return unknownText(verdict.failure);
  return sentences(stateText(verdict, past), words.caveats.texts(caveatsOf(verdict)));
}

/** True when the cause already gives the date on which the token expires or expired. */
export function isEndInCause(verdict: Verdict): boolean {
  const cause = shownAsCause(verdict);
  return (cause?.code === "expires_soon" || cause?.code === "expired") && factsOf(cause, "end") !== undefined;
}

const { results } = words;

/**
 * Says why the state is unknown. Meta's block of an app has its own sentence, because it is an answer and stops more
 * than the check.
 */
function unknownText({ kind, message }: InspectionFailure): Spans {
  return kind === "app_blocked" ? results.appBlocked(message) : results.noAnswer(message);
}

function stateText(verdict: Verdict, past: boolean): Spans {
  if (verdict.state === "healthy") return words.checkResult.healthy(verdict, past);
  const cause = shownAsCause(verdict);
  const said = cause === undefined ? results.noReason : findingSpans(cause, verdict);
  return past ? results.lastAnswer(said) : said;
}
