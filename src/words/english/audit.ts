import { bold, date, rich, type Spans } from "../../guide/rich-text.ts";
import type { State } from "../../token/findings/finding.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Actor, Outcome, Step, StepState } from "../../renewal/renewal.ts";
import { coded, named } from "../values.ts";
import { actorText } from "./renewal/actors.ts";
import { states } from "./states.ts";

/** The audit: one line for each change of an alert, step of a renewal, private check and refused action. */
export const audit = {
  title: (): Spans => rich`${bold("Audit, newest first")}`,
  none: (): Spans => rich`The audit has no entry in this time.`,
  cut: (): Spans => rich`Older entries are not shown.`,

  line: (at: Date, watch: string | null, what: Spans): Spans =>
    watch === null ? rich`${date(at)} · ${what}` : rich`${date(at)} · ${named(watch, LONGEST_NAME)} · ${what}`,
  by: (said: Spans, actor: Actor): Spans => rich`${said} · by ${actorText(actor)}`,
  /** The reason comes last: the Home cuts long lines at the end. */
  because: (said: Spans, reason: Spans): Spans => (reason.length === 0 ? said : rich`${said} · ${reason}`),

  renewalStarted: (): Spans => rich`Renewal started`,
  waitsADay: (): Spans => rich`Renewal: a step has waited for a day`,
  step: (step: Step, state: StepState): Spans => rich`Renewal, ${STEPS[step]}: ${STEP_STATES[state]}`,
  ended: (outcome: Outcome, step: Step | null): Spans =>
    step === null || outcome === "done"
      ? rich`Renewal ${OUTCOMES[outcome]}`
      : rich`Renewal ${OUTCOMES[outcome]} at ${STEPS[step]}`,

  /** A private check, with its result. An empty fingerprint: the text was too short to be a token. */
  check: (watch: string | null, state: State, fingerprint: string): Spans => [
    ...rich`Private check of ${watch === null ? "a pasted token" : "the token"}: ${states[state]}`,
    ...(fingerprint === "" ? [] : rich`, fingerprint ${coded(fingerprint)}`),
  ],
  refused: (attempt: RenewalAction): Spans => rich`Refused: ${ATTEMPTS[attempt]}`,
} as const;

const LONGEST_NAME = 80;

const STEPS: Readonly<Record<Step, string>> = {
  obtain: "get the new token",
  test: "test the new token",
  write: "save the new token",
  read_back: "read the new token back",
  in_use: "new token in use",
  end_old: "end the old token",
};

const STEP_STATES: Readonly<Record<StepState, string>> = {
  done: "done",
  failed: "failed",
  skipped: "skipped",
  not_proven: "not proven",
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
  interrupted: "interrupted",
  timed_out: "ended after 7 days without progress",
  put_back: "ended, old token put back",
  unwatched: "ended, removed from the watchlist",
};

const ATTEMPTS: Readonly<Record<RenewalAction, string>> = {
  renew: "start a renewal",
  paste: "paste a new token",
  confirm_in_use: "confirm that the new token is in use",
  end_old: "end the old token",
  put_back: "put the old token back",
  cancel: "cancel the renewal",
};
