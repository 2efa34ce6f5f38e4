import type { Finding } from "../../token/finding.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";
import { evidenceText } from "./evidence.ts";

/** More than ever come together; a message has a limit. */
const MOST = 12;

const WORDS: Record<Finding["severity"], string> = { critical: "Critical", warning: "Warning", info: "Note" };

const findingLine = (finding: Finding, show: ShowTime): string => {
  const { severity, message, remedy, evidence, notRecheckedSince } = finding;
  const stale = notRecheckedSince === null ? "" : ` Not re-checked since ${show(notRecheckedSince)}.`;
  const proof = evidence === null ? "" : ` _(${evidenceText(evidence, show)})_`;
  return `• *${WORDS[severity]}:* ${literal(message, 300)}${stale} ${literal(remedy, 200)}${proof}`;
};

/** Every finding with what to do and the call that proved it, one line each. */
export const findingLines = (findings: readonly Finding[], show: ShowTime): readonly string[] => {
  const shown = findings.slice(0, MOST).map((finding) => findingLine(finding, show));
  const more = findings.length - shown.length;
  return more === 0 ? shown : [...shown, `• and ${more} more`];
};
