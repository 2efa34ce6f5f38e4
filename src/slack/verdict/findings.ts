import type { Finding } from "../../token/finding.ts";
import type { Evidence } from "../../token/inspection.ts";
import { answers, answerTo } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { toldAsCause } from "./cause.ts";
import { evidenceText } from "./evidence.ts";
import { findingSentence } from "./sentence.ts";

/** More than ever come together; a message has a limit. */
const MOST = 12;

const WORDS: Record<Finding["severity"], string> = { critical: "Critical", warning: "Warning", info: "Note" };

const isSameCall = (a: Evidence, b: Evidence | null): boolean =>
  a.call === b?.call &&
  a.at.getTime() === b.at.getTime() &&
  a.status === b.status &&
  a.code === b.code &&
  a.subcode === b.subcode &&
  a.trace === b.trace;

/** The finding whose sentence and advice stand above the list already, the state's evidence below it. */
const toldAbove = (verdict: Verdict): Finding | undefined => {
  const cause = toldAsCause(verdict);
  if (cause === undefined || answerTo(cause, verdict) !== answers(verdict)[0]) return undefined;
  return cause.evidence === null || isSameCall(cause.evidence, verdict.evidence) ? cause : undefined;
};

/** What is not said above already, and helps. */
const adviceOf = (finding: Finding, verdict: Verdict): string => {
  const isOwn = finding.severity === "info" && answerTo(finding, verdict) === finding;
  return isOwn || answers(verdict).slice(1).includes(finding) ? ` ${literal(finding.remedy, 300)}` : "";
};

const findingLine = (finding: Finding, verdict: Verdict, show: ShowTime, advised: boolean): string => {
  const { severity, evidence } = finding;
  const advice = advised ? adviceOf(finding, verdict) : "";
  const proof =
    evidence === null || isSameCall(evidence, verdict.evidence) ? "" : ` _(${evidenceText(evidence, show)})_`;
  return `• *${WORDS[severity]}:* ${findingSentence(finding, verdict, show, 300)}${advice}${proof}`;
};

/** Every finding that is not told as the cause, one line each: with its own advice, and its call if it is another one. */
export const findingLines = (verdict: Verdict, show: ShowTime, advised = true): readonly string[] => {
  const above = toldAbove(verdict);
  const listed = verdict.findings.filter((finding) => finding !== above);
  const shown = listed.slice(0, MOST).map((finding) => findingLine(finding, verdict, show, advised));
  const more = listed.length - shown.length;
  return more === 0 ? shown : [...shown, `• and ${more} more`];
};
