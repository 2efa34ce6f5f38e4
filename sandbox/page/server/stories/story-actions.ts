import type { StoryPath } from "../../protocol/requests.ts";
import type { RequestHandlers } from "../routes.ts";
import type { Player } from "./player.ts";

const done = { ok: true, problem: null } as const;

/** Handlers for the buttons of stories. */
export const createStoryActions = (player: Player): RequestHandlers<StoryPath> => ({
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
});
