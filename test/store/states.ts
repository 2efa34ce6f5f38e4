import type { Finding } from "../../src/token/finding.ts";
import type { Evidence } from "../../src/token/inspection.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import type { Alert, Failing, Reply, WatchState } from "../../src/watch/alert.ts";
import type { WatchCard } from "../../src/watch/watch.ts";

export const NOON = new Date("2026-11-22T12:00:00.000Z");

/** The instant some minutes after noon. */
export const minutes = (count: number): Date => new Date(NOON.getTime() + count * 60_000);

const EVIDENCE: Evidence = {
  call: "GET /debug_token",
  status: 400,
  code: 190,
  subcode: 463,
  trace: "AbCdEf",
  at: NOON,
};

const aFinding = (fields: Partial<Finding> = {}): Finding => ({
  code: "scope_missing",
  severity: "critical",
  message: "It lacks whatsapp_business_messaging.",
  remedy: "Generate a new token.",
  objects: ["whatsapp_business_messaging"],
  evidence: EVIDENCE,
  notRecheckedSince: NOON,
  ...fields,
});

/** A verdict in which every field that may be null is set. */
export const aVerdict = (fields: Partial<Verdict> = {}): Verdict => ({
  state: "degraded",
  alive: true,
  findings: [aFinding(), aFinding({ code: "expiry_not_known", severity: "warning", evidence: null, objects: [] })],
  failure: null,
  token: {
    fingerprint: "0123456789ab",
    tail: "abcdefgh",
    type: "SYSTEM_USER",
    appId: "100000000000042",
    appName: "Orders “prod” 🛒 שלום",
    userId: "100000000000077",
    issuedAt: NOON,
    expiry: { kind: "at", at: minutes(60) },
    dataAccess: { kind: "never" },
    scopes: ["whatsapp_business_management"],
    missingScopes: ["whatsapp_business_messaging"],
    extraScopes: [],
  },
  assets: [
    {
      kind: "phone",
      id: "100000000002001",
      name: "+1 555 0100",
      reach: "not_known",
      sending: "limited",
      failure: { kind: "throttled", message: "Graph asked to wait.", retryAfterMs: 60_000, evidence: EVIDENCE },
    },
    { kind: "waba", id: "100000000001001", name: null, reach: "refused", sending: null, failure: null },
  ],
  threshold: "7d",
  evidence: EVIDENCE,
  answer: { ...EVIDENCE, at: minutes(1) },
  checkedAt: NOON,
  ...fields,
});

const aFailing: Failing = {
  failure: { kind: "unreachable", message: "Graph gave no answer.", retryAfterMs: null, evidence: null },
  since: NOON,
  tries: 2,
};

export const aCard = (fields: Partial<WatchCard> = {}): WatchCard => ({
  name: "orders",
  channel: "C0000000001",
  owner: undefined,
  consumers: ["checkout", "crm"],
  source: "file /run/secrets/orders",
  phoneNumberId: "100000000002001",
  whatsappBusinessAccountId: undefined,
  ...fields,
});

export const aReply = (revision: number, fields: Partial<Reply> = {}): Reply => ({
  revision,
  reason: "worse",
  at: minutes(revision),
  notice: true,
  verdict: aVerdict(),
  by: null,
  ...fields,
});

export const anAlert = (fields: Partial<Alert> = {}): Alert => ({
  id: "alert-1",
  card: aCard(),
  kind: "problem",
  severity: "critical",
  openedAt: NOON,
  resolvedAt: null,
  resolution: null,
  verdict: aVerdict(),
  failing: aFailing,
  before: { fingerprint: "0123456789ab", expiry: { kind: "at", at: minutes(60) } },
  acknowledged: null,
  snoozed: null,
  spokeAt: NOON,
  revision: 1,
  replies: [],
  ...fields,
});

export const aState = (fields: Partial<WatchState> = {}): WatchState => ({
  verdict: aVerdict(),
  failing: aFailing,
  aliveFingerprint: "0123456789ab",
  told: { fingerprint: "0123456789ab", thresholds: ["30d", "7d"] },
  alert: null,
  ...fields,
});
