import type { LiveStage } from "./live-stage.ts";
import { isSlackPath } from "../protocol/requests.ts";
import { createRoutes, type RequestHandlers, type Routes } from "./routes.ts";
import { createSlackActions } from "./slack-actions.ts";
import type { Player } from "./stories/player.ts";
import { createStoryActions } from "./stories/story-actions.ts";
import { MOMENT_MS } from "./time/moment.ts";
import { createTimeActions } from "./time/time-actions.ts";
import { createWorldActions } from "./world/world-actions.ts";

const TAKEN = "A story is playing. Stop it first.";

/** What people do, done on the stage of this moment. */
function handlersFor(live: LiveStage, player: Player): RequestHandlers {
  const { world, desk, faults, machine, ticks, nextThreshold } = live.now();
  const reset = async (): Promise<void> => {
    // What a story that has ended said of the old world is not true of the new one.
    await player.stop();
    await live.reset("each_kind");
  };
  const taken = (): string | undefined => (player.busy() ? TAKEN : undefined);
  return {
    ...createSlackActions(world.slack),
    ...createWorldActions({ desk, faults, taken, reset }),
    ...createTimeActions({ machine, ticks, now: world.clock.now, nextThreshold, taken }),
    ...createStoryActions(player),
  };
}

/** Routes to whatever stage is shown when somebody asks. */
export const createLiveRoutes =
  (live: LiveStage, player: Player): Routes =>
  (path) => {
    const { world, machine } = live.now();
    if (isSlackPath(path) && machine.running() === null) world.clock.advance(MOMENT_MS);
    return createRoutes(handlersFor(live, player))(path);
  };
