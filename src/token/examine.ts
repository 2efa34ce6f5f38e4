import { carryOver } from "./carry-over.ts";
import { isDead } from "./findings/finding.ts";
import type { Inspect, Needs } from "./inspection.ts";
import { judge, judgeShape } from "./judge.ts";
import type { Policy } from "./policy.ts";
import { fingerprintOf, type Secret } from "./secret/secret.ts";
import { shapeProblem } from "./secret/shape-problem.ts";
import type { Source } from "./secret/source.ts";
import type { Verdict } from "./verdict.ts";

export interface ExamineDeps {
  readonly inspect: Inspect;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** One token and the requirements that it is checked against. */
export interface Question {
  readonly secret: Secret;
  /** The source of the token. Absent when a person entered it. */
  readonly source?: Source | undefined;
  readonly needs: Needs;
  readonly policy: Policy;
  /** True when an earlier check found a token with this fingerprint alive. */
  readonly seenAlive: boolean;
  /** The last verdict of the same watch that had an answer. A bad result that it already has needs no confirmation. */
  readonly previous: Verdict | null;
}

/**
 * Checks the shape of a token, asks Graph and judges the facts. The bot, the modal and the CLI all use this function.
 * When a dead or degraded verdict is new for the watch, Graph is asked again after 2 seconds. The second verdict
 * counts. It is `unknown` when the second inspection fails. If only one of its calls fails, the first result of that
 * call is kept.
 */
export async function examine(deps: ExamineDeps, question: Question): Promise<Verdict> {
  const { secret, source, needs, policy, seenAlive, previous } = question;
  const problem = shapeProblem(secret, source);
  // The end of such a value may be another secret, such as the last line of a .env file.
  if (problem !== undefined) return judgeShape(problem, { fingerprint: fingerprintOf(secret), tail: "" }, deps.now());
  const ask = async (asked: Needs): Promise<Verdict> =>
    judge(await deps.inspect(secret, asked), policy, deps.now(), seenAlive);
  const first = await ask(needs);
  if (!isBad(first) || !isNewProblem(first, previous)) return first;
  await deps.wait(ASK_AGAIN_AFTER_MS);
  return carryOver(first, await ask({ ...needs, earlierReads: undefined }));
}

/** Pause before the second inspection of a bad result. Graph has been seen to give a single wrong answer. */
const ASK_AGAIN_AFTER_MS = 2_000;

function isBad(verdict: Verdict): boolean {
  return verdict.state === "degraded" || isDead(verdict.state);
}

function critical(verdict: Verdict): readonly string[] {
  return verdict.findings.filter((finding) => finding.severity === "critical").map((finding) => finding.code);
}

function isNewProblem(verdict: Verdict, previous: Verdict | null): boolean {
  return (
    previous === null ||
    previous.token?.fingerprint !== verdict.token?.fingerprint ||
    critical(verdict).some((code) => !critical(previous).includes(code))
  );
}
