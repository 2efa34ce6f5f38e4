import { z } from "zod";
import { FAULTS, SERVICES, TOKEN_VERBS } from "./world-view.ts";

const watch = z.string().min(1).max(100);

/** What can be done to the outside world. */
export const WORLD_REQUESTS = {
  "/api/world/token": z.object({ watch, verb: z.enum(TOKEN_VERBS) }),
  "/api/world/undo": z.object({ watch }),
  /** One fault at a time for each service; null: all is well again. */
  "/api/world/fault": z.object({ service: z.enum(SERVICES), fault: z.enum(FAULTS).nullable() }),
  /** A fresh world, with the tokens it had at first. */
  "/api/world/reset": z.object({}),
} as const;
