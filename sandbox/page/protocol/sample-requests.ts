import { z } from "zod";

/** A sample is for this watch unless the person chose another one, because a check without a watch tests no reach. */
export const SAMPLE_WATCH = "orders-prod";

/** The kinds of sample tokens, in the order of their buttons. */
export const SAMPLES = [
  "healthy",
  "expiring",
  "expired",
  "revoked",
  "missing_permission",
  "other_app",
  "temporary",
  "unassigned",
  "malformed",
  "in_quotes",
] as const;
export type Sample = (typeof SAMPLES)[number];

export const SAMPLE_REQUESTS = {
  /** Types a new sample token into the token field of the person's form. */
  "/api/sample": z.object({
    as: z.string().min(1).max(255),
    viewId: z.string().min(1).max(255),
    kind: z.enum(SAMPLES),
  }),
} as const;
