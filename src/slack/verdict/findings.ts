import type { Spans } from "../../guide/rich-text.ts";
import type { Finding } from "../../token/finding.ts";
import type { Evidence } from "../../token/inspection.ts";
import { answerTo } from "../../token/telling.ts";
import type { Verdict } from "../../token/verdict.ts";
import { cutSpans } from "../../words/cut-spans.ts";
import { answeringFindings, findingRemedy } from "../../words/finding-words.ts";
import { sentences } from "../../words/values.ts";
import { words } from "../../words/words.ts";
import { toldAsCause } from "./cause.ts";
import { findingSpans } from "./sentence.ts";

/** More than ever come together; a message has a limit. */
const MOST = 12;

/** In characters, of a message and of a remedy. */
const LONGEST = 300;

const { findings: lines } = words.results;

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
  if (cause === undefined || answerTo(cause, verdict) !== answeringFindings(verdict)[0]) return undefined;
  return cause.evidence === null || isSameCall(cause.evidence, verdict.evidence) ? cause : undefined;
};

/** What helps with this finding, where nothing above says it. */
const adviceOf = (finding: Finding, verdict: Verdict): Spans => {
  const isOwn = finding.severity === "info" && answerTo(finding, verdict) === finding;
  if (!isOwn && !answeringFindings(verdict).slice(1).includes(finding)) return [];
  return cutSpans(sentences(...findingRemedy(finding, verdict).steps), LONGEST);
};

const findingLine = (finding: Finding, verdict: Verdict, advised: boolean): Spans => {
  const { severity, evidence } = finding;
  return lines.line(
    severity,
    sentences(
      findingSpans(finding, verdict, LONGEST),
      advised ? adviceOf(finding, verdict) : [],
      evidence === null || isSameCall(evidence, verdict.evidence) ? [] : lines.proof(evidence),
    ),
  );
};

/** Every finding that is not told as the cause, one line each: with its own advice, and its call if it is another one. */
export const findingLines = (verdict: Verdict, advised = true): readonly Spans[] => {
  const above = toldAbove(verdict);
  const listed = verdict.findings.filter((finding) => finding !== above);
  const shown = listed.slice(0, MOST).map((finding) => findingLine(finding, verdict, advised));
  const more = listed.length - shown.length;
  return more === 0 ? shown : [...shown, lines.more(more)];
};
