import { z } from "zod";

export const STORY_REQUESTS = {
  "/api/story/play": z.object({ id: z.string().min(1).max(40) }),
  "/api/story/pause": z.object({ paused: z.boolean() }),
  /** Ends it where it is, or takes its last caption away. */
  "/api/story/stop": z.object({}),
} as const;
