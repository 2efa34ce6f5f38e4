import type { Spans } from "../../../guide/rich-text.ts";
import type { Evidence } from "../../../token/inspection.ts";
import type { Verdict } from "../../../token/verdict.ts";
import { words } from "../../../words/words.ts";

/**
 * The call that last showed whether the token is alive. Older rows do not name it, so they use the call that proved the
 * state.
 */
export function lastAnswer({ answer, evidence }: Pick<Verdict, "answer" | "evidence">): Evidence | null {
  return answer ?? evidence;
}

/** The evidence of the state: a call and its time, or that no call was made, or that Meta did not answer. */
export function stateEvidence({ evidence, failure, checkedAt }: Verdict): Spans {
  if (evidence !== null) return proofs.of(evidence);
  if (failure === null) return proofs.shape(checkedAt);
  return failure.evidence === null ? proofs.noCall(checkedAt) : proofs.noAnswer(failure.evidence);
}

/** The call that gave the last answer. If another call proved the state, that call comes first. */
export function provedBy(verdict: Proved): readonly Spans[] {
  const { evidence, checkedAt } = verdict;
  const last = lastAnswer(verdict);
  if (last === null) return [proofs.seen(checkedAt)];
  const answered = proofs.lastAnswer(last);
  return evidence === null || isOneCall(evidence, last) ? [answered] : [proofs.proved(evidence), answered];
}

const { evidence: proofs } = words.results;

interface Proved {
  readonly evidence: Evidence | null;
  readonly answer: Evidence | null;
  readonly checkedAt: Date;
}

function isOneCall(a: Evidence, b: Evidence): boolean {
  return a.call === b.call && a.at.getTime() === b.at.getTime();
}
