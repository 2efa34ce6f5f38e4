import { z } from "zod";

export const START_REQUESTS = {
  /** Closes the card "Start here". A reset brings it back. */
  "/api/start/dismiss": z.object({}),
} as const;
