import type { RoundSummary, StoreProblem } from "../watch/round.ts";

/**
 * Returns the store problem that remains after one more round. A save problem ends only when a round has checked a
 * watch, because a checked watch was also saved. A round without checks proves nothing: the watch that could not be
 * saved keeps its lease for a while.
 */
export function storeProblemAfter(
  previous: StoreProblem | null,
  round: Pick<RoundSummary, "checked" | "storeProblem">,
): StoreProblem | null {
  if (round.storeProblem !== null) return round.storeProblem;
  return previous?.step === "save" && round.checked === 0 ? previous : null;
}

/** Does the same for a missing resource of this process, whose watches keep their lease for a while too. */
export function ownTroubleAfter(
  previous: string | null,
  round: Pick<RoundSummary, "checked" | "ownTrouble">,
): string | null {
  return round.ownTrouble ?? (round.checked === 0 ? previous : null);
}
