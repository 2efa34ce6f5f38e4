import { z } from "zod";
import { SEVERITIES, STATES } from "../../token/findings/catalogue.ts";
import type { FindingCode, FindingFacts } from "../../token/findings/finding.ts";
import { ASSET_KINDS, FAILURE_KINDS, type InspectionFailure, SENDINGS } from "../../token/inspection.ts";
import { SHAPE_KINDS } from "../../token/secret/shape-rules.ts";
import { REACHES, type Verdict } from "../../token/verdict.ts";
import { Instant, TextList } from "./json.ts";

export const EvidenceJson = z.object({
  call: z.string(),
  status: z.number().nullable(),
  code: z.number().nullable(),
  subcode: z.number().nullable(),
  trace: z.string().nullable(),
  at: Instant,
});

export const ExpiryJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("at"), at: Instant }),
  z.object({ kind: z.literal("never") }),
  z.object({ kind: z.literal("not_known") }),
]);

export const FailureJson = z.object({
  kind: z.enum(FAILURE_KINDS),
  message: z.string(),
  retryAfterMs: z.number().nullable(),
  evidence: EvidenceJson.nullable(),
}) satisfies z.ZodType<InspectionFailure>;

const PlaceJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("env"), name: z.string() }),
  z.object({ kind: z.literal("file"), path: z.string() }),
  z.object({ kind: z.literal("dotenv"), path: z.string(), name: z.string() }),
  z.object({ kind: z.literal("exec") }),
  z.object({ kind: z.literal("fleet"), path: z.string(), watch: z.string() }),
]);

const FactsJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("app"), name: z.string().nullable(), deleted: z.boolean() }),
  z.object({ kind: z.literal("node"), node: z.string() }),
  z.object({ kind: z.literal("accounts"), accounts: TextList, configured: z.string() }),
  z.object({ kind: z.literal("registration"), status: z.string().nullable(), platform: z.string().nullable() }),
  z.object({
    kind: z.literal("sending"),
    entities: z.array(z.object({ type: z.string(), id: z.string().nullable() })).readonly(),
    obstacles: TextList,
  }),
  z.object({ kind: z.literal("end"), at: Instant, past: z.boolean() }),
  z.object({ kind: z.literal("type"), type: z.string() }),
  z.object({ kind: z.literal("versions"), answered: z.string(), pinned: z.string() }),
  z.object({
    kind: z.literal("shape"),
    problem: z.object({
      shape: z.enum(SHAPE_KINDS),
      place: PlaceJson.nullable(),
      length: z.number().optional(),
      filter: z.string().optional(),
    }),
  }),
]) satisfies z.ZodType<FindingFacts>;

/** Rows of older versions have two sentences instead of the facts. The texts then use only the code. */
export const FindingJson = z.object({
  // Any string: a newer version may have stored another code.
  code: z.custom<FindingCode>((value) => typeof value === "string"),
  why: z.literal("other_kind").optional(),
  severity: z.enum(SEVERITIES),
  facts: FactsJson.optional(),
  objects: TextList,
  evidence: EvidenceJson.nullable(),
  notRecheckedSince: Instant.nullable(),
});

export const StateJson = z.enum(STATES);

const Facts = z.object({
  fingerprint: z.string(),
  tail: z.string(),
  type: z.string().nullable(),
  appId: z.string().nullable(),
  appName: z.string().nullable(),
  userId: z.string().nullable(),
  issuedAt: Instant.nullable(),
  expiry: ExpiryJson,
  dataAccess: ExpiryJson,
  scopes: TextList.nullable(),
  missingScopes: TextList,
  extraScopes: TextList,
});

export const AssetKindJson = z.enum(ASSET_KINDS);

const Asset = z.object({
  kind: AssetKindJson,
  id: z.string(),
  name: z.string().nullable(),
  reach: z.enum(REACHES),
  sending: z.enum(SENDINGS).nullable(),
  failure: FailureJson.nullable(),
  readAt: Instant.optional(),
  unread: z.object({ since: Instant, tries: z.number(), readAt: Instant.nullable(), lasting: z.boolean() }).optional(),
});

/** A Verdict as JSON. Unknown fields are dropped. */
export const VerdictJson = z.object({
  state: StateJson,
  alive: z.boolean().nullable(),
  findings: z.array(FindingJson).readonly(),
  failure: FailureJson.nullable(),
  token: Facts.nullable(),
  assets: z.array(Asset).readonly(),
  threshold: z.string().nullable(),
  evidence: EvidenceJson.nullable(),
  // Rows of earlier versions lack it.
  answer: EvidenceJson.nullable().default(null),
  checkedAt: Instant,
}) satisfies z.ZodType<Verdict>;
