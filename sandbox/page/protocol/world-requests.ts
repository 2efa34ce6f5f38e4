import { z } from "zod";
import { FAULTS, SERVICES, TOKEN_VERBS } from "./world-view.ts";

const watch = z.string().min(1).max(100);

/** Requests that change the outside world. */
export const WORLD_REQUESTS = {
  "/api/world/token": z.object({ watch, verb: z.enum(TOKEN_VERBS) }),
  "/api/world/undo": z.object({ watch }),
  /** The app that uses the watch's token starts again and reads its token. */
  "/api/world/restart": z.object({ watch }),
  /** Each service has at most one fault at a time; null removes it. */
  "/api/world/fault": z.object({ service: z.enum(SERVICES), fault: z.enum(FAULTS).nullable() }),
  /** Replaces the world with a fresh one and its initial tokens. */
  "/api/world/reset": z.object({}),
} as const;
