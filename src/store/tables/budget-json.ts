import { z } from "zod";
import type { Budget } from "../../watch/budget/budget.ts";
import { Instant } from "./json.ts";

/** The JSON of a budget. */
export const BudgetJson = z.object({
  percent: z.number().nullable(),
  at: Instant,
  limit: z.object({ since: Instant, waitMs: z.number() }).readonly().nullable(),
  counts: z.array(z.object({ at: z.number(), checks: z.number() }).readonly()).readonly(),
}) satisfies z.ZodType<Budget>;
