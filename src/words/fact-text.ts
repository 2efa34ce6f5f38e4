import type { Spans } from "../guide/rich-text.ts";
import type { Expiry } from "../token/expiry.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
import { foreign } from "./values.ts";
import { words } from "./words.ts";

export function failureText(failure: InspectionFailure): Spans {
  return [foreign(failure.message, LONGEST_FAILURE)];
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
