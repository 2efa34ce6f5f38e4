import { setTimeout as sleep } from "node:timers/promises";
import { untruths } from "./audit-truth.ts";
import type { Ledger } from "./ledger.ts";
import type { Stored } from "./stored-rows.ts";
import type { Town } from "./town.ts";

/** Longer than the time between two ticks of the bot, so that a message too many is seen. */
const CALM_MS = 1_200;
const POLL_MS = 200;

export interface Settling {
  readonly town: Pick<Town, "watches" | "ailing">;
  readonly ledger: Pick<Ledger, "taken">;
  readonly stored: () => Stored | Promise<Stored>;
  /** The bot's clock. */
  readonly now: () => Date;
}

/**
 * Waits until the bot has checked every watch, Slack shows the state of each, and nothing is owed. Throws with what is
 * missing when that takes too long.
 */
export const settled = async ({ town, ledger, stored, now }: Settling, withinMs: number): Promise<void> => {
  const since = now();
  for (let calmMs = 0, waitedMs = 0; calmMs < CALM_MS; waitedMs += POLL_MS) {
    await sleep(POLL_MS);
    const state = await stored();
    const wrong = [
      ...town.watches
        .filter((watch) => (state.checked.get(watch)?.getTime() ?? 0) < since.getTime())
        .map((watch) => `${watch} was not checked`),
      ...untruths(town, ledger.taken(), state),
    ];
    if (waitedMs > withinMs)
      throw new Error(`After ${withinMs} ms Slack lacks ${state.owed} messages. ${wrong.join("; ")}`);
    calmMs = state.owed === 0 && wrong.length === 0 ? calmMs + POLL_MS : 0;
  }
};
