import type { Spans } from "../../../guide/rich-text.ts";
import type { Evidence } from "../../../token/inspection.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";

const { evidence: proofs } = words.results;

/**
 * The call that last showed whether the token is alive. Older rows do not name it, so they use the call that proved the
 * state.
 */
export const lastAnswer = ({ answer, evidence }: Pick<Verdict, "answer" | "evidence">): Evidence | null =>
  answer ?? evidence;

/** The evidence of the state: a call and its time, or that no call was made, or that Meta did not answer. */
export const stateEvidence = ({ evidence, failure, checkedAt }: Verdict): Spans => {
  if (evidence !== null) return proofs.of(evidence);
  if (failure === null) return proofs.shape(checkedAt);
  return failure.evidence === null ? proofs.noCall(checkedAt) : proofs.noAnswer(failure.evidence);
};

interface Proved {
  readonly evidence: Evidence | null;
  readonly answer: Evidence | null;
  readonly checkedAt: Date;
}

const isOneCall = (a: Evidence, b: Evidence): boolean => a.call === b.call && a.at.getTime() === b.at.getTime();

/** The call that gave the last answer. If another call proved the state, that call comes first. */
export const provedBy = (verdict: Proved): readonly Spans[] => {
  const { evidence, checkedAt } = verdict;
  const last = lastAnswer(verdict);
  if (last === null) return [proofs.seen(checkedAt)];
  const answered = proofs.lastAnswer(last);
  return evidence === null || isOneCall(evidence, last) ? [answered] : [proofs.proved(evidence), answered];
};
