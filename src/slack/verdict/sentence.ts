import type { Expiry } from "../../token/expiry.ts";
import type { Finding } from "../../token/finding.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";

/** Foreign sentences (Meta's, a file system's) stay short. */
export const SENTENCE = 400;

type Dated = Pick<Verdict, "token" | "checkedAt">;

/** The date itself; undefined when it is not known, as where a finding about it was carried over. */
const dateOf = (expiry: Expiry | undefined): Date | undefined => (expiry?.kind === "at" ? expiry.at : undefined);

/**
 * Findings that are about a date, with the date as the reader's other dates are written: core sentences name it in UTC.
 * No "on" before it, because Slack may write "tomorrow".
 */
const datedSentence = ({ code }: Finding, { token, checkedAt }: Dated, show: ShowTime): string | undefined => {
  const end = dateOf(token?.expiry);
  const access = dateOf(token?.dataAccess);
  switch (code) {
    case "expired":
      return end === undefined ? undefined : `The token expired ${show(end)}.`;
    case "expires_soon":
      if (end === undefined) return undefined;
      return end <= checkedAt
        ? `The token's date has passed (${show(end)}), though Meta still accepts it.`
        : `The token ends ${show(end)}.`;
    case "data_access_ended":
      return access === undefined ? undefined : `Its access to user data ended ${show(access)}.`;
    case "data_access_ending":
      return access === undefined ? undefined : `Its access to user data ends ${show(access)}.`;
    default:
      return undefined;
  }
};

/** What a finding says, safe for mrkdwn, and since when it was not re-checked. */
export const findingSentence = (finding: Finding, verdict: Dated, show: ShowTime, max = SENTENCE): string => {
  const { message, notRecheckedSince } = finding;
  const said = datedSentence(finding, verdict, show) ?? literal(message, max);
  return notRecheckedSince === null ? said : `${said} Not re-checked since ${show(notRecheckedSince)}.`;
};
