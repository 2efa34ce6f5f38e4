import { z } from "zod";
import type { Detail } from "../../renewal/detail.ts";
import {
  type Actor,
  type ChecklistItem,
  OUTCOMES,
  type Renewal,
  STEP_STATES,
  type StepResult,
  STEPS,
  type TokenTrace,
  WAYS,
} from "../../renewal/renewal.ts";
import { Instant, TextList } from "./json.ts";
import { CardJson } from "./state-json.ts";
import { ExpiryJson, FindingJson } from "./verdict-json.ts";

export const ActorJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slack"), user: z.string() }),
  z.object({ kind: z.enum(["terminal", "bot"]) }),
]) satisfies z.ZodType<Actor>;

const RefusalJson = z.enum([
  "expired",
  "revoked",
  "app_credentials",
  "app_blocked",
  "wrong_app",
  "throttled",
  "address_not_allowed",
  "not_refreshable",
  "unreachable",
  "other",
]);

/** A test compares this list with the type, because each kind needs a schema. */
const DetailJson = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum([
      "exchanged",
      "pasted",
      "crashed",
      "stopped",
      "stopped_unheld",
      "tested",
      "ends_sooner",
      "ends_not_later",
      "same_token",
      "type_not_known",
      "end_not_known",
      "saved",
      "person_saves",
      "already_there",
      "place_changed",
      "read",
      "still_old",
      "other_token",
      "restart_bot",
      "confirmed",
      "no_proof",
    ]),
  }),
  z.object({
    kind: z.enum([
      "ended",
      "ended_unanswered",
      "same_string",
      "no_old_token",
      "old_already_dead",
      "both_dead",
      "new_dead",
    ]),
  }),
  z.object({
    kind: z.enum([
      "exchange_unanswered",
      "not_tested",
      "not_saved",
      "command_failed",
      "not_read",
      "old_not_readable",
      "revoke_unanswered",
      "not_ended",
      "new_not_checked",
    ]),
    message: z.string(),
  }),
  // Rows of earlier versions do not say what the source gave.
  z.object({
    kind: z.enum(["interrupted", "paste_interrupted"]),
    source: z.enum(["old", "other", "none", "not_known"]).default("not_known"),
  }),
  z.object({
    kind: z.literal("not_begun"),
    obstacle: z.enum(["not_known", "source_unreadable"]),
    message: z.string(),
    urgent: z.boolean(),
  }),
  z.object({ kind: z.literal("exchange_refused"), refusal: RefusalJson, message: z.string() }),
  z.object({ kind: z.literal("findings"), codes: z.array(FindingJson.shape.code).readonly(), texts: TextList }),
  z.object({ kind: z.literal("permissions_lost"), scopes: TextList }),
  z.object({ kind: z.literal("not_reached"), ids: TextList }),
  z.object({ kind: z.literal("token_of_watch"), watch: z.string() }),
  z.object({ kind: z.literal("proven"), consumers: z.number() }),
  z.object({ kind: z.literal("old_in_use"), consumers: TextList }),
  z.object({ kind: z.literal("proof_failed"), consumer: z.string(), message: z.string() }),
  z.object({ kind: z.literal("old_still_used"), watches: TextList }),
]) satisfies z.ZodType<Detail>;

export const StepJson = z.enum(STEPS);
export const OutcomeJson = z.enum(OUTCOMES);

export const StepResultJson = z.object({
  step: StepJson,
  state: z.enum(STEP_STATES),
  detail: DetailJson,
  at: Instant,
  by: ActorJson,
}) satisfies z.ZodType<StepResult>;

const TraceJson = z.object({
  fingerprint: z.string(),
  expiry: ExpiryJson,
  dead: z.literal(true).optional(),
}) satisfies z.ZodType<TokenTrace>;

const ChecklistItemJson = z.object({
  item: z.enum(["app", "system_user", "permission", "phone", "account", "expiry"]),
  name: z.string().nullable(),
  proven: z.boolean(),
}) satisfies z.ZodType<ChecklistItem>;

/** The part of a renewal that has no columns of its own. */
export const RenewalBodyJson = z.object({
  card: CardJson,
  way: z.enum(WAYS),
  startedBy: ActorJson,
  place: z.object({ key: z.string(), label: z.string() }).nullable(),
  steps: z.array(StepResultJson).readonly(),
  checklist: z.array(ChecklistItemJson).readonly(),
  before: TraceJson.nullable(),
  after: TraceJson.nullable(),
  seenInUse: z.number(),
  working: z.boolean(),
  dayTold: z.boolean(),
  outcome: OutcomeJson.nullable(),
}) satisfies z.ZodType<Omit<Renewal, "id" | "watch" | "startedAt" | "endedAt" | "previousKept" | "revision">>;
