import { least } from "../../../../src/token/moment.ts";
import { longestGapMs } from "../../../../src/watch/absence.ts";
import type { World } from "../../../world.ts";
import type { Signal } from "../signal.ts";
import type { Journal } from "../timeline/journal.ts";
import type { FaultSwitches } from "../world/faults.ts";
import { nextNewsAt } from "./next-news.ts";
import type { QuietSpan } from "./next-step.ts";

export interface QuietSpanParts {
  readonly world: Pick<World, "clock" | "config">;
  readonly journal: Pick<Journal, "store">;
  readonly faults: FaultSwitches;
  /** Announces each change to a token. */
  readonly desk: Pick<Signal, "onChange">;
}

/**
 * Returns a function that finds the time without news from now on. Undefined while a service has a fault, and when a
 * person changed something that the bot did not see yet: the bot then checks at the next tick. Call it after each check.
 */
export function createQuietSpan({ world, journal, faults, desk }: QuietSpanParts) {
  const { clock, config } = world;
  let changed = true;
  for (const source of [faults, desk])
    source.onChange(() => {
      changed = true;
    });
  return async (): Promise<QuietSpan | undefined> => {
    const unseen = changed;
    changed = false;
    if (unseen || Object.values(faults.on()).some((fault) => fault !== null)) return undefined;
    const until = await nextNewsAt(journal.store, config, clock.now());
    // A change during the look at the store came too late for the bot's last check.
    if (changed) return undefined;
    const shortestMs = least(config.watches.map(({ checkIntervalMs }) => checkIntervalMs));
    return { until, longestGapMs: longestGapMs(shortestMs) };
  };
}
