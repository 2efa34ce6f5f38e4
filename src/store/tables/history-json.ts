import { z } from "zod";
import type { HistoryCause, HistoryEntry } from "../../alert/history.ts";
import { Instant } from "./json.ts";
import { ReasonJson } from "./state-json.ts";
import { EvidenceJson, FailureJson, FindingJson, StateJson } from "./verdict-json.ts";

/** Older versions stored a sentence. */
const OldCauseJson = z.codec(z.string(), z.object({ kind: z.literal("text"), text: z.string() }), {
  decode: (text) => ({ kind: "text" as const, text }),
  encode: ({ text }) => text,
});

const CauseJson = z.union([
  OldCauseJson,
  z.object({ kind: z.literal("finding"), finding: FindingJson }),
  z.object({ kind: z.literal("failure"), failure: FailureJson }),
]) satisfies z.ZodType<HistoryCause>;

/** The part of an entry that has no columns of its own. */
export const HistoryBodyJson = z.object({
  alert: z.string().nullable(),
  reason: z.enum([...ReasonJson.options, "edited"]),
  from: StateJson,
  to: StateJson,
  cause: CauseJson.nullable(),
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
