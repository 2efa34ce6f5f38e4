import type { Evidence } from "../../token/inspection.ts";
import type { Verdict } from "../../token/verdict.ts";
import { literal } from "../mrkdwn.ts";
import type { ShowTime } from "../moment.ts";

const codes = ({ code, subcode }: Evidence): readonly string[] => {
  if (code === null) return [];
  return [subcode === null ? `code ${code}` : `code ${code}/${subcode}`];
};

/** "GET /debug_token, HTTP 200, code 190/463, trace Abc". */
export const callText = (evidence: Evidence): string =>
  [
    literal(evidence.call, 120),
    evidence.status === null ? "no answer" : `HTTP ${evidence.status}`,
    ...codes(evidence),
    ...(evidence.trace === null ? [] : [`trace ${literal(evidence.trace, 60)}`]),
  ].join(", ");

/** The call and its time: "GET /debug_token, HTTP 200, code 190/463, trace Abc, 27 Nov 2026, 08:00 UTC". */
export const evidenceText = (evidence: Evidence, show: ShowTime): string =>
  `${callText(evidence)}, ${show(evidence.at)}`;

/** The call that last said whether the token is alive; the state's own in rows that do not name it. */
export const lastAnswer = ({ answer, evidence }: Pick<Verdict, "answer" | "evidence">): Evidence | null =>
  answer ?? evidence;

/** What the state rests on: a call and its time, or that no call was made, or that none was answered. */
export const stateEvidence = (verdict: Verdict, show: ShowTime): string => {
  const { evidence, failure, checkedAt } = verdict;
  if (evidence !== null) return `Evidence: ${evidenceText(evidence, show)}`;
  if (failure === null) return `Evidence: the shape of the value, seen ${show(checkedAt)}; no call was made`;
  if (failure.evidence !== null) return `No answer to rest on: ${evidenceText(failure.evidence, show)}`;
  return `No answer to rest on; tried ${show(checkedAt)}`;
};

interface Proved {
  readonly evidence: Evidence | null;
  readonly answer: Evidence | null;
  readonly checkedAt: Date;
}

const isOneCall = (a: Evidence, b: Evidence): boolean => a.call === b.call && a.at.getTime() === b.at.getTime();

/**
 * On one line: "last answer 8:00 by GET /debug_token"; where another call proved the state, "proved 7:00 by
 * GET /100000000002001 · last answer 8:00 by GET /debug_token".
 */
export const provedText = (verdict: Proved, show: ShowTime): string => {
  const { evidence, checkedAt } = verdict;
  const last = lastAnswer(verdict);
  if (last === null) return `last looked at ${show(checkedAt)}, by its shape, no call was made`;
  const answered = `last answer ${show(last.at)} by ${literal(last.call, 80)}`;
  if (evidence === null || isOneCall(evidence, last)) return answered;
  return `proved ${show(evidence.at)} by ${literal(evidence.call, 80)} · ${answered}`;
};
