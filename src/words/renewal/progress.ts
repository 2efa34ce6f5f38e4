import { type Renewal, STEPS } from "../../renewal/renewal.ts";
import { lastStep, resultOf } from "../../renewal/rules/steps.ts";
import type { Mark } from "../english/renewal/message.ts";

/** One mark for each step, in their order. An open step that failed is still the current one. */
export function marksOf(renewal: Pick<Renewal, "steps" | "endedAt">): readonly Mark[] {
  const current = lastStep(renewal);
  return STEPS.map((step) => {
    const state = resultOf(renewal, step)?.state;
    if (state === "done" || state === "skipped") return state;
    if (step !== current) return "open";
    if (state === "failed") return "failed";
    return renewal.endedAt === null ? "current" : "open";
  });
}
