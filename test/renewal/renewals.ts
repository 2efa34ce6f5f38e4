import type { Renewal, Step, StepResult, StepState } from "../../src/renewal/renewal.ts";
import type { Detail } from "../../src/renewal/detail.ts";
import type { TokenFacts, Verdict } from "../../src/token/verdict.ts";
import { aCard, after, aVerdict, NOW } from "../support/builders.ts";

export const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;
export const APP = "100000000000042";
export const PHONE = "100000000002001";
export const ACCOUNT = "100000000001001";
export const OLD = "aaaaaaaaaaaa";
export const NEW = "bbbbbbbbbbbb";

export const ROBIN = { kind: "slack", user: "U0000000001" } as const;
export const BOT = { kind: "bot" } as const;

/** A renewal by refresh that was just opened and works. */
export const aRenewal = (fields: Partial<Renewal> = {}): Renewal => ({
  id: "renewal-1",
  watch: "orders-prod",
  card: aCard(),
  way: "refresh",
  startedBy: ROBIN,
  startedAt: NOW,
  place: { key: "file:/run/token", label: "file /run/token" },
  steps: [],
  checklist: [],
  before: { fingerprint: OLD, expiry: { kind: "at", at: after(10 * DAY) } },
  after: { fingerprint: NEW, expiry: { kind: "at", at: after(60 * DAY) } },
  seenInUse: 0,
  working: false,
  dayTold: false,
  previousKept: true,
  endedAt: null,
  outcome: null,
  revision: 1,
  ...fields,
});

const DETAILS: Readonly<Record<Step, Detail>> = {
  obtain: { kind: "exchanged" },
  test: { kind: "tested" },
  write: { kind: "saved" },
  read_back: { kind: "read" },
  in_use: { kind: "confirmed" },
  end_old: { kind: "ended" },
};

export const aResult = (
  step: Step,
  state: StepState = "done",
  detail: Detail = DETAILS[step],
  at = NOW,
): StepResult => ({
  step,
  state,
  detail,
  at,
  by: ROBIN,
});

/** The results of steps that are done. */
export const done = (...steps: readonly Step[]): readonly StepResult[] => steps.map((step) => aResult(step));

/** A system user's token of the app that reaches both IDs and ends in ten days. */
export const aToken = (token: Partial<TokenFacts> = {}, fields: Partial<Omit<Verdict, "token">> = {}): Verdict =>
  aVerdict({
    assets: [
      { kind: "phone", id: PHONE, name: "Orders", reach: "reached", sending: "available", failure: null },
      { kind: "waba", id: ACCOUNT, name: "Orders", reach: "reached", sending: "available", failure: null },
    ],
    ...fields,
    token: { expiry: { kind: "at", at: after(10 * DAY) }, ...token },
  });
