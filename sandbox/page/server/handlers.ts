import type { LiveStage } from "./live-stage.ts";
import type { RequestHandlers } from "./routes.ts";
import { createSlackActions } from "./slack-actions.ts";
import type { Player } from "./stories/player.ts";
import { createStoryActions } from "./stories/story-actions.ts";
import { createTimeActions } from "./time/time-actions.ts";
import { createWorldActions } from "./world/world-actions.ts";

const TAKEN = "A story is playing. Stop it first.";

/** What people do, done on the stage of this moment. */
export function handlersFor(live: LiveStage, player: Player): RequestHandlers {
  const { world, desk, faults, machine, ticks, nextThreshold } = live.now();
  const taken = (): string | undefined => (player.busy() ? TAKEN : undefined);
  return {
    ...createSlackActions(world.slack),
    ...createWorldActions({ desk, faults, taken, reset: () => live.reset("each_kind") }),
    ...createTimeActions({ machine, ticks, now: world.clock.now, nextThreshold, taken }),
    ...createStoryActions(player),
  };
}
