import { z } from "zod";
import { MOVES, SPEEDS } from "./time-view.ts";

/** Requests that move the clock. Each returns at once; the stream reports the progress. */
export const TIME_REQUESTS = {
  "/api/time/move": z.object({ to: z.enum(MOVES) }),
  "/api/time/play": z.object({ hoursPerSecond: z.union(SPEEDS.map((speed) => z.literal(speed))) }),
  "/api/time/stop": z.object({}),
} as const;
