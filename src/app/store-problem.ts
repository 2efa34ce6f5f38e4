import type { RoundSummary, StoreProblem } from "../watch/round.ts";

/**
 * The problem that stops the rounds, after one more round. A watch that could not be saved keeps its lease for a while,
 * so a round without checks does not prove that the store can save. A checked watch was also saved.
 */
export const storeProblemAfter = (
  previous: StoreProblem | null,
  round: Pick<RoundSummary, "checked" | "storeProblem">,
): StoreProblem | null => {
  if (round.storeProblem !== null) return round.storeProblem;
  return previous?.step === "save" && round.checked === 0 ? previous : null;
};

/** The same for a missing resource of this process: its watches keep their lease for a while, too. */
export const ownTroubleAfter = (
  previous: string | null,
  round: Pick<RoundSummary, "checked" | "ownTrouble">,
): string | null => round.ownTrouble ?? (round.checked === 0 ? previous : null);
