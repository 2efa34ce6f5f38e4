import type { StoryPath } from "../../protocol/requests.ts";
import type { RequestHandlers } from "../routes.ts";
import type { Player } from "./player.ts";

/** Handlers for the buttons of stories. */
export function createStoryActions(player: Player): RequestHandlers<StoryPath> {
  return {
    "/api/story/play": async ({ id }) => {
      await player.play(id);
      return done;
    },
    "/api/story/pause": async ({ paused }) => {
      player.setPaused(paused);
      return done;
    },
    "/api/story/stop": async () => {
      await player.stop();
      return done;
    },
  };
}

const done = { ok: true, problem: null } as const;
