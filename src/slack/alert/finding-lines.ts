import { durationWords } from "../../token/duration.ts";
import { isPast } from "../../token/expiry.ts";
import type { Finding } from "../../token/finding.ts";
import { answers, tellingFindings } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import { fitting } from "../fitting.ts";
import { slackDate } from "../moment.ts";
import { literal } from "../mrkdwn.ts";
import { findingSentence } from "../verdict/sentence.ts";
import { SHARES } from "./shares.ts";

/** What of a finding's time is true as of when it was seen only: the message stands for days. */
const thresholdText = ({ code, notRecheckedSince }: Finding, { threshold, token, checkedAt }: Verdict): string => {
  const running = token !== null && !isPast(token.expiry, checkedAt);
  return code === "expires_soon" && notRecheckedSince === null && threshold !== null && running
    ? ` (at most ${durationWords(threshold)} left when seen).`
    : "";
};

const findingLine = (finding: Finding, verdict: Verdict, timezone: string): string => {
  const said = findingSentence(finding, verdict, (at) => slackDate(at, timezone), SHARES.finding);
  const threshold = thresholdText(finding, verdict);
  return threshold === "" ? said : `${said.replace(/\.$/, "")}${threshold}`;
};

/** What is wrong, what makes the state first, and what is left out when it is too much. */
export const findingLines = (verdict: Verdict, timezone: string): readonly string[] => {
  const all = tellingFindings(verdict).map((finding) => findingLine(finding, verdict, timezone));
  const shown = fitting(all, SHARES.findings);
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, `And ${more} more: see /wa-token status.`];
};

/** The first of them: why the state is what it is. */
export const causeLine = (verdict: Verdict, timezone: string): string | undefined => {
  const [first] = tellingFindings(verdict);
  return first === undefined ? undefined : findingLine(first, verdict, timezone);
};

/** More steps than these at once are no help. */
const MOST_REMEDIES = 4;

/** What there is to do, most urgent first, as much as finds room; mrkdwn. */
export const remedyLines = (verdict: Verdict): readonly string[] =>
  fitting(
    answers(verdict)
      .slice(0, MOST_REMEDIES)
      .map(({ remedy }) => literal(remedy, SHARES.remedy)),
    SHARES.remedies,
  );

/** The same in one sentence after the other, for a reply on one line. */
export const remedySentence = (verdict: Verdict): readonly string[] => {
  const remedies = remedyLines(verdict);
  return remedies.length === 0 ? [] : [`What to do: ${remedies.join(" ")}`];
};

/** What is wrong and what to do about it; for a reply on one line. */
export const problemWords = (verdict: Verdict, timezone: string): readonly string[] => [
  ...findingLines(verdict, timezone),
  ...remedySentence(verdict),
];
