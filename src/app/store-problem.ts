import type { RoundSummary, StoreProblem } from "../watch/round.ts";

/**
 * What keeps the rounds from doing their work, after one more round. What could not be saved keeps its lease for a
 * while, so a round with nothing to do proves nothing about saving; whatever was checked was saved too.
 */
export const storeProblemAfter = (
  previous: StoreProblem | null,
  round: Pick<RoundSummary, "checked" | "storeProblem">,
): StoreProblem | null => {
  if (round.storeProblem !== null) return round.storeProblem;
  return previous?.step === "save" && round.checked === 0 ? previous : null;
};

/** The same for what the process lacked: the watches in hand keep their lease for a while, too. */
export const ownTroubleAfter = (
  previous: string | null,
  round: Pick<RoundSummary, "checked" | "ownTrouble">,
): string | null => round.ownTrouble ?? (round.checked === 0 ? previous : null);
