import { DAY_MS } from "./duration.ts";
import { reachedThreshold, usableThresholds } from "./expiry.ts";
import type { Finding } from "./finding.ts";
import type { Inspection } from "./inspection.ts";
import { replacementRemedy } from "./findings-kind.ts";
import { utcText } from "./moment.ts";
import { observe } from "./observe.ts";
import type { Policy } from "./policy.ts";

/** Data access of user tokens is renewed by the person; a month is time enough to say so. */
const DATA_ACCESS_NOTICE_MS = 30 * DAY_MS;

/** When it ends: soon, or not known. */
export const expiryFindings = (facts: Inspection, policy: Policy, now: Date): readonly Finding[] => {
  const { expiry, evidence } = facts;
  if (expiry.kind === "not_known")
    return [
      observe(
        {
          code: "expiry_not_known",
          severity: "warning",
          message: "The token is alive, but when it ends is not known.",
          remedy: facts.debugged
            ? "Look the token up in Meta's Access Token Debugger."
            : "Set META_APP_ID and META_APP_SECRET so that the bot can ask Meta for the date.",
        },
        evidence,
      ),
    ];
  const usable = usableThresholds(policy.warnAt, expiry, facts.issuedAt);
  const reached = reachedThreshold(usable, expiry, now);
  if (expiry.kind === "never") return [];
  const ended = expiry.at.getTime() <= now.getTime();
  // A date that has passed needs no threshold to be worth a word.
  if (reached === undefined && !ended) return [];
  return [
    observe(
      {
        code: "expires_soon",
        // The date alone: an alert shows this sentence for days, and "in 5 days" would be wrong tomorrow.
        severity: reached === usable.at(-1) ? "critical" : "warning",
        message: ended
          ? `The token's date has passed (${utcText(expiry.at)}), though Meta still accepts it.`
          : `The token ends on ${utcText(expiry.at)}.`,
        remedy: replacementRemedy(facts, now, ended),
      },
      evidence,
    ),
  ];
};

/** User tokens also have an end of access to user data (debug_token reference, read 2026-11). */
export const dataAccessFindings = (facts: Inspection, now: Date): readonly Finding[] => {
  if (facts.dataAccess.kind !== "at") return [];
  const leftMs = facts.dataAccess.at.getTime() - now.getTime();
  if (leftMs > DATA_ACCESS_NOTICE_MS) return [];
  const remedy = "The person behind the token must log in to the app again; a system user's token has no such date.";
  const on = utcText(facts.dataAccess.at);
  return [
    leftMs <= 0
      ? observe(
          {
            code: "data_access_ended",
            severity: "warning",
            message: `Its access to user data ended on ${on}.`,
            remedy,
          },
          facts.evidence,
        )
      : observe(
          { code: "data_access_ending", severity: "info", message: `Its access to user data ends on ${on}.`, remedy },
          facts.evidence,
        ),
  ];
};
