import type { Spans } from "../../../guide/rich-text.ts";
import type { Finding } from "../../../token/findings/finding.ts";
import type { Evidence } from "../../../token/inspection.ts";
import { remediedBy } from "../../../token/telling.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { cutSpans } from "../../../words/cut-spans.ts";
import { findingsWithRemedy, findingRemedy } from "../../../words/finding-words.ts";
import { sentences } from "../../../words/values.ts";
import { words } from "../../../words/words.ts";
import { shownAsCause } from "./cause.ts";
import { findingSpans } from "./sentence.ts";

/** All findings except the cause, one line each, with advice and, if it differs, the call. */
export function findingLines(verdict: Verdict, advised = true): readonly Spans[] {
  const above = shownAbove(verdict);
  const listed = verdict.findings.filter((finding) => finding !== above);
  const shown = listed.slice(0, MOST).map((finding) => findingLine(finding, verdict, advised));
  const more = listed.length - shown.length;
  return more === 0 ? shown : [...shown, lines.more(more)];
}

/** More findings than a verdict ever has. The bound keeps the message within Slack's limit. */
const MOST = 12;

/** Length limits in characters, for a message and for a remedy. */
const LONGEST = 300;

/** The longest remedy has four steps, and its last step tells people to restart the app. */
const LONGEST_REMEDY = 420;

const { findings: lines } = words.results;

function isSameCall(a: Evidence, b: Evidence | null): boolean {
  return (
    a.call === b?.call &&
    a.at.getTime() === b.at.getTime() &&
    a.status === b.status &&
    a.code === b.code &&
    a.subcode === b.subcode &&
    a.trace === b.trace
  );
}

/** The finding that is already shown: its sentence and advice above the list, its evidence below. */
function shownAbove(verdict: Verdict): Finding | undefined {
  const cause = shownAsCause(verdict);
  if (cause === undefined || remediedBy(cause, verdict) !== findingsWithRemedy(verdict)[0]) return undefined;
  return cause.evidence === null || isSameCall(cause.evidence, verdict.evidence) ? cause : undefined;
}

/** The advice for this finding, unless it is already shown above. */
function adviceOf(finding: Finding, verdict: Verdict): Spans {
  const isOwn = finding.severity === "info" && remediedBy(finding, verdict) === finding;
  if (!isOwn && !findingsWithRemedy(verdict).slice(1).includes(finding)) return [];
  return cutSpans(sentences(...findingRemedy(finding, verdict).steps), LONGEST_REMEDY);
}

function findingLine(finding: Finding, verdict: Verdict, advised: boolean): Spans {
  const { severity, evidence } = finding;
  return lines.line(
    severity,
    sentences(
      findingSpans(finding, verdict, LONGEST),
      advised ? adviceOf(finding, verdict) : [],
      evidence === null || isSameCall(evidence, verdict.evidence) ? [] : lines.proof(evidence),
    ),
  );
}
