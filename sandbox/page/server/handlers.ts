import type { LiveStage } from "./live-stage.ts";
import { isRequestPath, isSlackPath } from "../protocol/requests.ts";
import { createRoutes, type RequestHandlers, type Routes } from "./routes.ts";
import { createSampleActions } from "./samples/sample-actions.ts";
import { createSlackActions } from "./slack-actions.ts";
import { createStartActions } from "./start/start-actions.ts";
import { isOnCard } from "./start/start-card.ts";
import type { Player } from "./stories/player.ts";
import { createStoryActions } from "./stories/story-actions.ts";
import { createTimeActions } from "./time/time-actions.ts";
import { createWorldActions } from "./world/world-actions.ts";

/** Routes each request to the stage that is current when the request arrives. */
export function createLiveRoutes(live: LiveStage, player: Player): Routes {
  return (path) => {
    const { machine, start, passMoment } = live.now();
    if (isSlackPath(path) && machine.running() === null) passMoment();
    const route = createRoutes(handlersFor(live, player))(path);
    if (route === undefined || !isRequestPath(path) || !isOnCard(path)) return route;
    return async (body) => {
      const result = await route(body);
      if (result.ok) start.dismiss();
      return result;
    };
  };
}

const TAKEN = "A story is playing. Stop it first.";

/** Handlers for the actions of people, on the current stage. */
function handlersFor(live: LiveStage, player: Player): RequestHandlers {
  const { world, desk, faults, machine, ticks, nextThreshold, start } = live.now();
  const reset = async (): Promise<void> => {
    // The caption of a finished story describes the old world, so it is closed before the new one opens.
    await player.stop();
    await live.reset();
  };
  const taken = (): string | undefined => (player.busy() ? TAKEN : undefined);
  return {
    ...createSlackActions(world.slack),
    ...createSampleActions(world),
    ...createWorldActions({ desk, faults, taken, reset }),
    ...createTimeActions({ machine, ticks, now: world.clock.now, nextThreshold, taken }),
    ...createStoryActions(player),
    ...createStartActions(start),
  };
}
