import { NEVER } from "../../src/token/expiry.ts";
import type { Evidence, GraphError, Inspection } from "../../src/token/inspection.ts";
import { judge } from "../../src/token/judge.ts";
import type { Policy } from "../../src/token/policy.ts";
import type { Verdict } from "../../src/token/verdict.ts";
import type { WatchSnapshot } from "../../src/alert/watch-snapshot.ts";

// /debug_token's facts about one made-up token of 60 days. The documents' samples start from them.

const DAY_MS = 86_400_000;
const START = new Date("2026-11-22T08:00:00Z");
/** This number of days after the start of the story. The token expires on day 30. */
export const after = (days: number): Date => new Date(START.getTime() + days * DAY_MS);

export const POLICY: Policy = {
  requiredScopes: ["whatsapp_business_messaging", "whatsapp_business_management"],
  warnAt: [30, 14, 7, 3, 1].map((days) => ({ text: `${days}d`, ms: days * DAY_MS })),
  appId: "100000000000042",
};

export const CARD: WatchSnapshot = {
  name: "orders-prod",
  channel: "C0123456789",
  owner: "U0123456789",
  oncall: undefined,
  consumers: ["checkout", "crm"],
  source: "file /run/secrets/orders_token",
  phoneNumberId: "100000000002001",
  whatsappBusinessAccountId: "100000000001001",
  appId: "100000000000042",
};

export const debugged = (at: Date): Evidence => ({
  call: "GET /debug_token",
  status: 200,
  code: null,
  subcode: null,
  trace: null,
  at,
});

const asset = { name: "Example Shop", reach: "reached", sending: "available", obstacles: [], evidence: null } as const;

/** The phone number and the account of the watch, as a token with access to both sees them. */
export const REACHED: Inspection["assets"] = [
  { ...asset, kind: "phone", id: "100000000002001" },
  { ...asset, kind: "waba", id: "100000000001001" },
];

const facts = (at: Date, changed: Partial<Inspection> = {}): Inspection => ({
  token: { fingerprint: "0123456789ab", tail: "abcd1234" },
  liveness: { alive: true },
  evidence: debugged(at),
  type: "SYSTEM_USER",
  appId: "100000000000042",
  appName: "Example Notifier",
  userId: "100000000000777",
  issuedAt: after(-30),
  expiry: { kind: "at", at: after(30) },
  dataAccess: NEVER,
  scopes: POLICY.requiredScopes,
  scopesEvidence: debugged(at),
  assets: [],
  version: { answered: "v26.0", pinned: "v26.0" },
  debugged: true,
  proofRefused: null,
  ...changed,
});

export const seen = (at: Date, changed: Partial<Inspection> = {}, policy = POLICY): Verdict =>
  judge({ ok: true, inspection: facts(at, changed) }, policy, at);

export const dead = (at: Date, error: GraphError, changed: Partial<Inspection> = {}): Verdict =>
  seen(at, {
    liveness: { alive: false, error },
    evidence: { ...debugged(at), code: error.code, subcode: error.subcode },
    ...changed,
  });
