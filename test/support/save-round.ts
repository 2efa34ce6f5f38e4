import type { Claim, RoundResult, WatchStore } from "../../src/watch/ports.ts";

/** Saves one result. False: the store refused it. */
export const saveRound = async (
  store: Pick<WatchStore, "saveRounds">,
  claim: Claim,
  outcome: RoundResult["outcome"],
): Promise<boolean> => {
  const [saved] = await store.saveRounds([{ claim, outcome }]);
  return saved === true;
};
