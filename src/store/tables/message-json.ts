import { z } from "zod";
import type { DigestCounts, DigestRow, RenewedRow } from "../../outbox/digest-table.ts";
import type { MessageBody } from "../../outbox/message.ts";
import { HistoryEntryJson } from "./history-json.ts";
import { Instant, TextList } from "./json.ts";
import { ActorJson } from "./renewal-json.ts";
import { AlertSeverityJson } from "./state-json.ts";
import { AssetKindJson, EvidenceJson, ExpiryJson, FailureJson, StateJson } from "./verdict-json.ts";

const DigestRowJson = z.object({
  watch: z.string(),
  state: StateJson,
  expiry: ExpiryJson,
  answeredAt: Instant.nullable(),
  // Digests of earlier versions lack these two fields.
  evidence: EvidenceJson.nullable().default(null),
  unread: z
    .array(
      z.object({
        kind: AssetKindJson,
        id: z.string(),
        failure: FailureJson.pick({ kind: true, evidence: true }).nullable().default(null),
        reason: z.string().optional(),
      }),
    )
    .readonly()
    .default([]),
  alert: AlertSeverityJson.nullable(),
  acknowledged: z.boolean(),
  snoozedUntil: Instant.nullable(),
  extraScopes: TextList,
  old: z.boolean(),
}) satisfies z.ZodType<DigestRow>;

const DigestCountsJson = z.object({
  states: z.array(z.object({ state: StateJson, count: z.number() })).readonly(),
  alerts: z.number(),
  acknowledged: z.number(),
  snoozed: z.number(),
  unread: z.number().default(0),
}) satisfies z.ZodType<DigestCounts>;

const RenewedRowJson = z.object({
  watch: z.string(),
  by: ActorJson,
  expiry: ExpiryJson,
}) satisfies z.ZodType<RenewedRow>;

const FleetTroubleJson = z.object({ fleet: z.string(), message: z.string() });

/** The content of a message apart from its alerts, stored in `body`. */
export const MessageBodyJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("fallback"), channel: z.string(), error: z.string() }),
  z.object({
    kind: z.literal("absence"),
    from: Instant,
    to: Instant,
    watches: z.number(),
    missed: z.array(HistoryEntryJson).readonly(),
    more: z.number(),
  }),
  z.object({
    kind: z.literal("digest"),
    counts: DigestCountsJson,
    rows: z.array(DigestRowJson).readonly(),
    more: z.number(),
    // Digests of earlier versions lack both.
    renewed: z.array(RenewedRowJson).readonly().default([]),
    fleets: z.array(FleetTroubleJson).readonly().default([]),
  }),
]) satisfies z.ZodType<MessageBody>;
