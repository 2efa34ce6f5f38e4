import { z } from "zod";
import type { FindingCode } from "../token/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Verdict } from "../token/verdict.ts";
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
  kind: z.enum(["unreachable", "throttled", "misconfigured", "app_blocked", "malformed", "unreadable"]),
  message: z.string(),
  retryAfterMs: z.number().nullable(),
  evidence: EvidenceJson.nullable(),
}) satisfies z.ZodType<InspectionFailure>;

const Finding = z.object({
  // Any string: only token/finding.ts lists the codes.
  code: z.custom<FindingCode>((value) => typeof value === "string"),
  why: z.literal("other_kind").optional(),
  severity: z.enum(["critical", "warning", "info"]),
  message: z.string(),
  remedy: z.string(),
  objects: TextList,
  evidence: EvidenceJson.nullable(),
  notRecheckedSince: Instant.nullable(),
});

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

const Asset = z.object({
  kind: z.enum(["phone", "waba"]),
  id: z.string(),
  name: z.string().nullable(),
  reach: z.enum(["reached", "refused", "not_known"]),
  sending: z.enum(["available", "limited", "blocked"]).nullable(),
  failure: FailureJson.nullable(),
  unread: z.object({ since: Instant, tries: z.number(), readAt: Instant.nullable(), lasting: z.boolean() }).optional(),
});

export const StateJson = z.enum(["healthy", "expiring", "degraded", "expired", "revoked", "invalid", "unknown"]);

/** A Verdict as JSON. Unknown fields are dropped. */
export const VerdictJson = z.object({
  state: StateJson,
  alive: z.boolean().nullable(),
  findings: z.array(Finding).readonly(),
  failure: FailureJson.nullable(),
  token: Facts.nullable(),
  assets: z.array(Asset).readonly(),
  threshold: z.string().nullable(),
  evidence: EvidenceJson.nullable(),
  // Rows of earlier versions lack it.
  answer: EvidenceJson.nullable().default(null),
  checkedAt: Instant,
}) satisfies z.ZodType<Verdict>;
