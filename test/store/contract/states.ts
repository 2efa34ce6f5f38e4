import type { Finding } from "../../../src/token/findings/finding.ts";
import type { Evidence } from "../../../src/token/inspection.ts";
import type { Verdict } from "../../../src/token/verdict.ts";
import type { Alert, Failing, WatchState, Reply } from "../../../src/alert/alert.ts";
import type { HistoryEntry } from "../../../src/alert/history.ts";
import type { NewMessage } from "../../../src/outbox/message.ts";
import type { ClaimOptions } from "../../../src/outbox/outbox.ts";
import type { RenewalEntry } from "../../../src/renewal/audit.ts";
import type { Renewal, StepResult } from "../../../src/renewal/renewal.ts";
import type { StoredChange, RoundResult } from "../../../src/watch/ports.ts";
import type { WatchSnapshot } from "../../../src/alert/watch-snapshot.ts";

export const NOON = new Date("2026-11-22T12:00:00.000Z");

/** The instant this many minutes after noon. */
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
  objects: ["whatsapp_business_messaging"],
  evidence: EVIDENCE,
  notRecheckedSince: NOON,
  ...fields,
});

/** A verdict with all nullable fields set. */
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

export const aCard = (fields: Partial<WatchSnapshot> = {}): WatchSnapshot => ({
  name: "orders",
  channel: "C0000000001",
  owner: undefined,
  oncall: undefined,
  consumers: ["checkout", "crm"],
  source: "file /run/secrets/orders",
  phoneNumberId: "100000000002001",
  whatsappBusinessAccountId: undefined,
  appId: undefined,
  ...fields,
});

export const aWord = (fields: Partial<Reply> = {}): Reply => ({
  reason: "worse",
  at: NOON,
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
  checked: null,
  spokeAt: NOON,
  criticalSince: NOON,
  escalatedAt: null,
  resolvedMatter: null,
  reopened: null,
  acceptedAt: null,
  revision: 1,
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

type Outcome = RoundResult["outcome"];

/** The result of a round at noon, due again at once, without consequences. */
export const anOutcome = (fields: Partial<Outcome> & Pick<Outcome, "state">): Outcome => ({
  checkedAt: NOON,
  nextDueAt: NOON,
  replies: [],
  history: [],
  messages: [],
  ...fields,
});

/** A change to this alert, without consequences. */
export const asItIs = (alert: Alert): StoredChange => ({ alert, at: NOON, replies: [], history: [], messages: [] });

/** The alert after one more change, at noon. */
export const changed = (alert: Alert, fields: Partial<Alert> = {}, words: readonly Reply[] = []): StoredChange => ({
  ...asItIs({ ...alert, revision: alert.revision + 1, ...fields }),
  replies: words,
});

/** Claims up to ten messages at noon for a minute, each of another place. */
export const claiming = (fields: Partial<ClaimOptions> = {}): ClaimOptions => ({
  now: NOON,
  leaseMs: 60_000,
  limit: 10,
  quiet: false,
  except: [],
  ...fields,
});

/** A history entry with all nullable fields set. */
export const anEntry = (fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
  watch: "orders",
  at: NOON,
  alert: "alert-1",
  reason: "snoozed",
  from: "degraded",
  to: "degraded",
  cause: { kind: "finding", finding: aFinding() },
  evidence: EVIDENCE,
  by: "U0000000001",
  remark: "“later” <at> noon",
  until: minutes(60),
  ...fields,
});

/** An escalation of `alert-1`. */
export const aList = (fields: Partial<NewMessage> = {}): NewMessage => ({
  id: "list-1",
  kind: "escalation",
  routes: ["C0000000009", "U0000000009"],
  body: null,
  alerts: ["alert-1"],
  severity: "critical",
  at: NOON,
  ...fields,
});

/** The message about an absence of the bot, which shows no alert. */
export const anAbsence = (fields: Partial<NewMessage> = {}): NewMessage => ({
  ...aList(),
  id: "absence-1",
  kind: "absence",
  body: { kind: "absence", from: NOON, to: minutes(60), watches: 3, missed: [anEntry()], more: 1 },
  alerts: [],
  severity: "warning",
  ...fields,
});

/** A step that a person in Slack took, with details from Meta. */
export const aStep = (fields: Partial<StepResult> = {}): StepResult => ({
  step: "obtain",
  state: "failed",
  detail: { kind: "exchange_refused", refusal: "throttled", message: "Application request limit reached" },
  at: minutes(1),
  by: { kind: "slack", user: "U0000000001" },
  ...fields,
});

/** An open renewal with all nullable fields set, except those of its end. */
export const aRenewal = (fields: Partial<Renewal> = {}): Renewal => ({
  id: "renewal-1",
  watch: "orders",
  card: aCard(),
  way: "refresh",
  startedBy: { kind: "slack", user: "U0000000001" },
  startedAt: NOON,
  place: { key: "file /run/secrets/orders", label: "file /run/secrets/orders" },
  steps: [],
  checklist: [{ item: "permission", name: "whatsapp_business_messaging", proven: true }],
  before: { fingerprint: "0123456789ab", expiry: { kind: "at", at: minutes(60) } },
  after: { fingerprint: "ba9876543210", expiry: { kind: "at", at: minutes(6_000) } },
  seenInUse: 0,
  working: false,
  dayTold: false,
  previousKept: false,
  endedAt: null,
  outcome: null,
  revision: 1,
  ...fields,
});

/** The line for a renewal's start, or for another event. */
export const aLine = (fields: Partial<RenewalEntry> = {}): RenewalEntry => ({
  kind: "renewal",
  at: NOON,
  by: { kind: "slack", user: "U0000000001" },
  watch: "orders",
  renewal: "renewal-1",
  event: { kind: "started" },
  ...fields,
});

/** The line for a step. */
export const aStepLine = (result = aStep(), fields: Partial<RenewalEntry> = {}): RenewalEntry =>
  aLine({ at: result.at, by: result.by, event: { kind: "step", result }, ...fields });

/** The renewal after one more step, a minute after noon. */
export const stepped = (renewal: Renewal, result = aStep(), fields: Partial<Renewal> = {}): Renewal => ({
  ...renewal,
  steps: [...renewal.steps, result],
  revision: renewal.revision + 1,
  ...fields,
});

/** The renewal after its end, ten minutes after noon. */
export const ended = (renewal: Renewal, fields: Partial<Renewal> = {}): Renewal => ({
  ...renewal,
  endedAt: minutes(10),
  outcome: "cancelled",
  revision: renewal.revision + 1,
  ...fields,
});
