import { z } from "zod";
import { MOVES, SPEEDS } from "./time-view.ts";

/** What can be done to the clock. Each is answered at once; the stream tells how far it is. */
export const TIME_REQUESTS = {
  "/api/time/move": z.object({ to: z.enum(MOVES) }),
  "/api/time/play": z.object({ hoursPerSecond: z.union(SPEEDS.map((speed) => z.literal(speed))) }),
  "/api/time/stop": z.object({}),
} as const;
