import { z } from "zod";

export const STORY_REQUESTS = {
  "/api/story/play": z.object({ id: z.string().min(1).max(40) }),
  "/api/story/pause": z.object({ paused: z.boolean() }),
  /** Stops the story at its current step, or closes the caption of a finished story. */
  "/api/story/stop": z.object({}),
} as const;
