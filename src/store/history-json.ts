import { z } from "zod";
import type { HistoryEntry } from "../watch/history.ts";
import { Instant } from "./json.ts";
import { ReasonJson } from "./state-json.ts";
import { EvidenceJson, StateJson } from "./verdict-json.ts";

/** The part of an entry that has no columns of its own. */
export const HistoryBodyJson = z.object({
  alert: z.string().nullable(),
  reason: z.enum([...ReasonJson.options, "edited"]),
  from: StateJson,
  to: StateJson,
  cause: z.string().nullable(),
  evidence: EvidenceJson.nullable(),
  by: z.string().nullable(),
  remark: z.string().nullable(),
  until: Instant.nullable(),
}) satisfies z.ZodType<Omit<HistoryEntry, "watch" | "at">>;

/** A whole entry, for use inside other JSON. */
export const HistoryEntryJson = HistoryBodyJson.extend({
  watch: z.string(),
  at: Instant,
}) satisfies z.ZodType<HistoryEntry>;
