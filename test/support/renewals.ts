import type { ChecklistItem, Renewal, Step, StepResult } from "../../src/renewal/renewal.ts";
import type { Detail } from "../../src/renewal/detail.ts";
import { aCard, after, NOW, SCOPES } from "./builders.ts";

/** The admin who renews in the tests. */
export const ADMIN = { kind: "slack", user: "U0ANNA" } as const;

/** An open renewal with a checklist, started now, that waits for a token. */
export const aRenewal = (fields: Partial<Renewal> = {}): Renewal => ({
  id: "renewal-1",
  watch: fields.card?.name ?? "orders-prod",
  card: aCard({ appId: "100000000000042" }),
  way: "given",
  startedBy: ADMIN,
  startedAt: NOW,
  place: { key: "file:/run/secrets/wa_token", label: "file /run/secrets/wa_token" },
  steps: [],
  checklist: [],
  before: { fingerprint: "aaaaaaaaaaaa", expiry: { kind: "at", at: after(5 * 86_400_000) } },
  after: null,
  seenInUse: 0,
  working: false,
  dayTold: false,
  previousKept: false,
  endedAt: null,
  outcome: null,
  revision: 1,
  ...fields,
});

export const aStep = (step: Step, detail: Detail, fields: Partial<StepResult> = {}): StepResult => ({
  step,
  state: "done",
  detail,
  at: NOW,
  by: ADMIN,
  ...fields,
});

const BOT = { by: { kind: "bot" } } as const;
const OBTAINED = [aStep("obtain", { kind: "pasted" })];
const TESTED = [...OBTAINED, aStep("test", { kind: "tested" })];
const SAVED = [...TESTED, aStep("write", { kind: "saved" })];
const READ = [...SAVED, aStep("read_back", { kind: "read" }, BOT)];
const USED = [...READ, aStep("in_use", { kind: "confirmed" })];
const AFTER = { after: { fingerprint: "bbbbbbbbbbbb", expiry: { kind: "never" } }, previousKept: true } as const;
const MANUAL = [...TESTED, aStep("write", { kind: "person_saves" }, { state: "skipped" })];
const ENDED = { endedAt: after(60_000) };

/** A checklist on which only the right app and one permission are proven. */
const aChecklist: readonly ChecklistItem[] = [
  { item: "app", name: null, proven: true },
  { item: "system_user", name: null, proven: false },
  { item: "permission", name: SCOPES[0], proven: true },
  { item: "permission", name: SCOPES[1], proven: false },
  { item: "phone", name: "100000000002001", proven: false },
  { item: "account", name: "100000000001001", proven: false },
  { item: "expiry", name: null, proven: false },
];

/** A renewal in every situation that people can see, by name. */
export const RENEWALS: Readonly<Record<string, Renewal>> = {
  "waiting for a token": aRenewal(),
  refreshing: aRenewal({ way: "refresh", working: true }),
  "not accepted": aRenewal({
    steps: [...OBTAINED, aStep("test", { kind: "permissions_lost", scopes: [SCOPES[1]] }, { state: "failed" })],
    checklist: aChecklist,
  }),
  "ends sooner": aRenewal({ steps: [...OBTAINED, aStep("test", { kind: "ends_sooner" }, { state: "failed" })] }),
  saved: aRenewal({ steps: SAVED, ...AFTER }),
  "a person saves": aRenewal({ place: null, steps: MANUAL, ...AFTER, previousKept: false }),
  "still old": aRenewal({
    steps: [...SAVED, aStep("read_back", { kind: "still_old" }, { state: "not_proven", ...BOT })],
    ...AFTER,
  }),
  "use not proven": aRenewal({
    steps: [...READ, aStep("in_use", { kind: "no_proof" }, { state: "not_proven", ...BOT })],
    ...AFTER,
  }),
  "in use": aRenewal({ steps: USED, ...AFTER }),
  done: aRenewal({ steps: [...USED, aStep("end_old", { kind: "ended" })], ...AFTER, ...ENDED, outcome: "done" }),
  "both dead": aRenewal({
    steps: [...USED, aStep("end_old", { kind: "both_dead" }, { state: "failed" })],
    ...AFTER,
    ...ENDED,
    outcome: "failed",
  }),
  "refused by Meta": aRenewal({
    way: "refresh",
    steps: [
      aStep("obtain", { kind: "exchange_refused", refusal: "not_refreshable", message: "No." }, { state: "failed" }),
    ],
    ...ENDED,
    outcome: "failed",
  }),
  crashed: aRenewal({
    working: true,
    steps: [...TESTED, aStep("write", { kind: "crashed" }, { state: "not_proven", ...BOT })],
    ...AFTER,
  }),
  "place refused": aRenewal({
    way: "refresh",
    startedBy: BOT.by,
    steps: [aStep("write", { kind: "not_saved", message: "The file is read-only." }, { state: "failed", ...BOT })],
    ...ENDED,
    outcome: "failed",
  }),
  "old one left": aRenewal({ steps: USED, ...AFTER, ...ENDED, outcome: "timed_out" }),
  cancelled: aRenewal({ ...ENDED, outcome: "cancelled" }),
  "put back": aRenewal({ steps: SAVED, ...AFTER, ...ENDED, outcome: "put_back" }),
  "first set-up": aRenewal({ before: null, place: null }),
  unattended: aRenewal({
    way: "refresh",
    startedBy: { kind: "bot" },
    steps: SAVED.map((step) => ({ ...step, ...BOT })),
    ...AFTER,
  }),
};
