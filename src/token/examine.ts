import { carryOver } from "./carry-over.ts";
import { isDead } from "./finding.ts";
import type { Inspect, Needs } from "./inspection.ts";
import { judge, judgeShape } from "./judge.ts";
import type { Policy } from "./policy.ts";
import { fingerprintOf, type Secret, tailOf } from "./secret.ts";
import { shapeProblem } from "./shape-problem.ts";
import type { Source } from "./source.ts";
import type { Verdict } from "./verdict.ts";

/** A first bad answer is asked again after this pause: Graph has been seen to stumble. */
const ASK_AGAIN_AFTER_MS = 2_000;

export interface ExamineDeps {
  readonly inspect: Inspect;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

/** One token, held against one purpose. */
export interface Question {
  readonly secret: Secret;
  /** Where it was read; absent when a person gave it. */
  readonly source?: Source | undefined;
  readonly needs: Needs;
  readonly policy: Policy;
  /** This fingerprint was seen alive before. */
  readonly seenAlive: boolean;
  /** The last answered verdict of the same watch: a bad answer it already gave needs no second asking. */
  readonly previous: Verdict | null;
}

const isBad = (verdict: Verdict): boolean => verdict.state === "degraded" || isDead(verdict.state);

const critical = (verdict: Verdict): readonly string[] =>
  verdict.findings.filter((finding) => finding.severity === "critical").map((finding) => finding.code);

const isNewProblem = (verdict: Verdict, previous: Verdict | null): boolean =>
  previous === null ||
  previous.token?.fingerprint !== verdict.token?.fingerprint ||
  critical(verdict).some((code) => !critical(previous).includes(code));

/**
 * Checks the shape, asks Graph, then judges: the one entry for the bot, the modal and the CLI. When a dead or degraded
 * verdict is new for the watch, Graph is asked again after 2 s, and the second verdict counts. It is `unknown` if the
 * second asking fails. One asking makes several calls. If one of them fails the second time, its first result is kept.
 */
export const examine = async (deps: ExamineDeps, question: Question): Promise<Verdict> => {
  const { secret, source, needs, policy, seenAlive, previous } = question;
  const problem = shapeProblem(secret, source);
  if (problem !== undefined)
    return judgeShape(problem, { fingerprint: fingerprintOf(secret), tail: tailOf(secret) }, deps.now());
  const ask = async (): Promise<Verdict> => judge(await deps.inspect(secret, needs), policy, deps.now(), seenAlive);
  const first = await ask();
  if (!isBad(first) || !isNewProblem(first, previous)) return first;
  await deps.wait(ASK_AGAIN_AFTER_MS);
  return carryOver(first, await ask());
};
