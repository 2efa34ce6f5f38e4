import { tellingFindings } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { WatchRecord } from "../../watch/ports.ts";
import type { RecheckOutcome } from "../deps.ts";
import { slackDate } from "../moment.ts";
import { verdictHeading } from "../verdict/heading.ts";
import { findingSentence } from "../verdict/sentence.ts";
import { failureText } from "./alert-text.ts";

const LONGEST = 600;

const foundText = (name: string, verdict: Verdict, timezone: string): string => {
  const show = (at: Date): string => slackDate(at, timezone);
  const [cause] = tellingFindings(verdict);
  const why = cause === undefined ? "" : ` ${findingSentence(cause, verdict, show, LONGEST)}`;
  return `${name} is ${verdictHeading(verdict)}.${why} Checked ${show(verdict.checkedAt)}.`;
};

/** What a check by the button found, in short: the alert has the rest. `name` is mrkdwn. */
export const checkedText = (
  name: string,
  outcome: RecheckOutcome,
  record: WatchRecord | undefined,
  timezone: string,
): string => {
  if (outcome === "busy") return `${name} is being checked right now. The alert follows by itself.`;
  if (outcome === "failed" || record === undefined)
    return `${name} could not be checked: something went wrong on our side. It is tried again by itself.`;
  const { verdict, failing } = record.state;
  if (failing !== null) return `${name} could not be checked now. ${failureText(failing.failure)}`;
  return verdict === null ? `${name}: no answer so far.` : foundText(name, verdict, timezone);
};
