import { z } from "zod";
import { type Alert, ALERT_SEVERITIES, type Failing, REASONS, type WatchState, type Reply } from "../../alert/alert.ts";
import { ALERT_KINDS } from "../../token/known.ts";
import { Instant, TextList, TextOrUndefined } from "./json.ts";
import { ExpiryJson, FailureJson, VerdictJson } from "./verdict-json.ts";

export const FailingJson = z.object({
  failure: FailureJson,
  since: Instant,
  tries: z.number(),
}) satisfies z.ZodType<Failing>;

export const ToldJson = z.object({ fingerprint: z.string(), thresholds: TextList }) satisfies z.ZodType<
  WatchState["told"]
>;

export const ReasonJson = z.enum(REASONS);

export const AlertSeverityJson = z.enum(ALERT_SEVERITIES);

export const ReplyJson = z.object({
  reason: ReasonJson,
  at: Instant,
  notice: z.boolean(),
  verdict: VerdictJson.nullable(),
  by: z.string().nullable().default(null),
}) satisfies z.ZodType<Reply>;

const PersonJson = z.object({ by: z.string(), at: Instant });
const SnoozeJson = PersonJson.extend({ until: Instant, reason: z.string() });

/** Rows of older versions lack this field. */
const OldTextOrUndefined = TextOrUndefined.prefault(null);

/** The part of a watch that an alert or a renewal shows. */
export const CardJson = z.object({
  name: z.string(),
  channel: z.string(),
  owner: TextOrUndefined,
  oncall: OldTextOrUndefined,
  consumers: TextList,
  source: z.string(),
  phoneNumberId: TextOrUndefined,
  whatsappBusinessAccountId: TextOrUndefined,
  appId: OldTextOrUndefined,
});

/** The part of an alert that has no columns of its own. */
export const AlertBodyJson = z.object({
  card: CardJson,
  kind: z.enum(ALERT_KINDS),
  severity: AlertSeverityJson,
  resolution: ReasonJson.nullable(),
  verdict: VerdictJson.nullable(),
  failing: FailingJson.nullable(),
  before: z.object({ fingerprint: z.string().nullable(), expiry: ExpiryJson }),
  // Rows of older versions lack these three fields.
  acknowledged: PersonJson.nullable().default(null),
  snoozed: SnoozeJson.nullable().default(null),
  checked: PersonJson.nullable().default(null),
  spokeAt: Instant,
  // Rows of older versions lack these two fields.
  criticalSince: Instant.nullable().default(null),
  escalatedAt: Instant.nullable().default(null),
  // Rows of older versions lack these two fields.
  resolvedMatter: z.object({ fingerprint: z.string().nullable(), codes: TextList }).nullable().default(null),
  reopened: z
    .object({ times: z.number(), at: Instant, told: z.boolean(), endSaid: z.boolean() })
    .nullable()
    .default(null),
}) satisfies z.ZodType<Omit<Alert, "id" | "openedAt" | "resolvedAt" | "revision" | "acceptedAt">>;
