import { DAY_MS } from "../../token/duration.ts";
import type { Outcome, Renewal, Step, StepResult } from "../renewal.ts";
import { STEPS } from "../renewal.ts";

/** The last result of a step. Undefined: the step was not begun. */
export function resultOf({ steps }: Pick<Renewal, "steps">, step: Step): StepResult | undefined {
  return steps.find((result) => result.step === step);
}

/** True when nothing more happens in this step. A failed or unproven step can still be repeated. */
export function isSettled(renewal: Pick<Renewal, "steps">, step: Step): boolean {
  const state = resultOf(renewal, step)?.state;
  return state === "done" || state === "skipped";
}

/** The first step that is not settled. Null when all are. */
export function currentStep(renewal: Pick<Renewal, "steps">): Step | null {
  return STEPS.find((step) => !isSettled(renewal, step)) ?? null;
}

/** The renewal with this result in its place, and without the results of later steps. */
export function withResult(renewal: Renewal, result: StepResult): Renewal {
  const at = STEPS.indexOf(result.step);
  const earlier = renewal.steps.filter(({ step }) => STEPS.indexOf(step) < at);
  return { ...renewal, steps: [...earlier, result] };
}

/** The ended renewal. */
export function ended(renewal: Renewal, outcome: Outcome, now: Date): Renewal {
  return { ...renewal, outcome, endedAt: now, working: false };
}

/** When the current wait began: at the last settled step, or at the start. A repeated failure starts no new wait. */
export function waitingSince({ steps, startedAt }: Pick<Renewal, "steps" | "startedAt">): Date {
  const current = currentStep({ steps });
  const before = current === null ? STEPS : STEPS.slice(0, STEPS.indexOf(current));
  // A pasted token that failed its test settles "obtain" anew with each paste, so it does not count.
  if (current === "obtain" || current === "test") return startedAt;
  return steps.findLast(({ step }) => before.some((name) => name === step))?.at ?? startedAt;
}

/** A waiting step ends the renewal after a week. */
export const LONGEST_WAIT_MS = 7 * DAY_MS;

/** When the current wait ends the renewal. */
export function waitEndsAt(renewal: Pick<Renewal, "steps" | "startedAt">): Date {
  return new Date(waitingSince(renewal).getTime() + LONGEST_WAIT_MS);
}

/** True while nobody works on it, because a crash stopped the work and its result is not known yet. */
export function isCrashed({ working, steps }: Pick<Renewal, "working" | "steps">): boolean {
  return working && steps.at(-1)?.detail.kind === "crashed";
}

/**
 * The step at which a renewal ended or is. A failed result ended it, also when the steps before it have none. Null when
 * all are complete.
 */
export function lastStep(renewal: Pick<Renewal, "steps" | "endedAt">): Step | null {
  const last = renewal.steps.at(-1);
  return renewal.endedAt !== null && last?.state === "failed" ? last.step : currentStep(renewal);
}

/** True when the new token has the same string as the old one: Meta moved its end. */
export function isSameString({ before, after }: Pick<Renewal, "before" | "after">): boolean {
  return before !== null && before.fingerprint === after?.fingerprint;
}

/** True when the token ends soon, and the bot could not begin to refresh it. */
export function isUrgent({ steps }: Pick<Renewal, "steps">): boolean {
  const detail = steps.at(-1)?.detail;
  return detail?.kind === "not_begun" && detail.urgent;
}

/** True when the new token is in use, and nobody ended the old one in time. */
export function isLeftOpen(renewal: Renewal): boolean {
  return renewal.outcome === "timed_out" && currentStep(renewal) === "end_old";
}
