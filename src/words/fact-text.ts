import type { Spans } from "../guide/rich-text.ts";
import { describeSpan } from "../token/duration.ts";
import type { Expiry } from "../token/expiry.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import { foreign } from "./values.ts";
import { words } from "./words.ts";

export function failureText(failure: InspectionFailure): Spans {
  return [foreign(failure.message, LONGEST_FAILURE)];
}

/** "5 days": the time that was left at the check; undefined when the end is not known or has passed. */
export function leftText({ token, checkedAt }: Verdict): string | undefined {
  if (token?.expiry.kind !== "at") return undefined;
  const leftMs = token.expiry.at.getTime() - checkedAt.getTime();
  return leftMs > 0 ? describeSpan(leftMs) : undefined;
}

export function expiryText(expiry: Expiry): Spans {
  if (expiry.kind === "at") return [{ kind: "date", at: expiry.at }];
  return expiry.kind === "never" ? words.alerts.never : words.alerts.notKnown;
}

/** When the shown verdict was seen, and by which call. */
export function seenText({ evidence, checkedAt }: Verdict): Spans {
  return evidence === null
    ? words.alerts.seenByShape(checkedAt)
    : words.alerts.seenBy(evidence.at, words.results.evidence.call(evidence));
}

const LONGEST_FAILURE = 300;
