import { DAY_MS } from "../../token/duration.ts";
import { ageMs } from "../../token/set-back.ts";
import type { RenewalAction } from "../audit.ts";
import type { FoundToken } from "../detail.ts";
import { canPutBack } from "./end-old.ts";
import type { Outcome, Renewal, Step } from "../renewal.ts";
import { currentStep, isLeftOpen, isSettled, LONGEST_WAIT_MS, waitEndsAt, waitingSince } from "./steps.ts";

/** What the runner knows when it looks at a renewal. */
export interface Facts {
  /** `not_known`: the program has no watch of this name, but it may not have all watches. */
  readonly watch: "known" | "removed" | "not_known";
  /** The token that the source, or the place of the renewal, holds. Only read after a crash. */
  readonly source: "new" | FoundToken;
}

export type Next =
  /** Nothing follows: the renewal is over. */
  | { readonly kind: "over" }
  /** Nothing can be decided now, so the renewal stays as it is. */
  | { readonly kind: "leave" }
  /** A crash stopped the work, and its result is not known yet. */
  | { readonly kind: "look_again" }
  /** A crash stopped the work after the new token was saved. */
  | { readonly kind: "resume"; readonly step: "read_back" }
  | { readonly kind: "end"; readonly outcome: Outcome }
  | {
      readonly kind: "wait";
      readonly step: Step;
      /** True when the thread must say now that this step has waited for a day. */
      readonly tellsDay: boolean;
    };

/** What follows for a renewal. Pure. After a crash the source decides. */
export function nextStep(renewal: Renewal, facts: Facts, now: Date): Next {
  if (renewal.endedAt !== null) return { kind: "over" };
  if (facts.watch === "removed") return { kind: "end", outcome: "unwatched" };
  const isOver = ageMs(renewal.startedAt, now) >= LONGEST_WAIT_MS;
  if (renewal.working) return facts.watch === "known" || isOver ? afterCrash(renewal, facts, now) : { kind: "leave" };
  const step = currentStep(renewal);
  if (step === null) return { kind: "end", outcome: "done" };
  const waitedMs = now.getTime() - waitingSince(renewal).getTime();
  if (now >= waitEndsAt(renewal)) return { kind: "end", outcome: "timed_out" };
  if (facts.watch !== "known") return { kind: "leave" };
  return { kind: "wait", step, tellsDay: waitedMs >= DAY_MS && !renewal.dayTold };
}

/** The actions that a renewal's message offers now. Pure. In Slack, `adminProblem` decides who can use them. */
export function actionsOf(renewal: Renewal): readonly RenewalAction[] {
  if (isLeftOpen(renewal)) return [];
  if (renewal.outcome !== null) return AGAIN_AFTER.has(renewal.outcome) ? ["renew"] : [];
  if (renewal.working) return ["cancel"];
  const putBack = canPutBack(renewal) ? (["put_back"] as const) : [];
  switch (currentStep(renewal)) {
    case "obtain":
    case "test":
      return renewal.way === "given" ? ["paste", "cancel"] : ["cancel"];
    case "in_use":
      return ["confirm_in_use", ...putBack, "cancel"];
    case "end_old":
      return ["end_old", ...putBack, "cancel"];
    case "write":
    case "read_back":
    case null:
      return [...putBack, "cancel"];
  }
}

/** True when a place may still hold `.previous` a week after the new token was written. */
export function isPreviousOld(renewal: Renewal, now: Date): boolean {
  const { previousKept, steps, startedAt } = renewal;
  const writtenAt = isSettled(renewal, "write") ? steps.find(({ step }) => step === "write")?.at : undefined;
  return previousKept && renewal.endedAt !== null && now.getTime() - (writtenAt ?? startedAt).getTime() >= PREVIOUS_MS;
}

/**
 * True when `.previous` now holds the old value of another renewal of the same place. That one needs it to end the old
 * token or to put it back.
 */
export function isKeptByOther({ id, place, startedAt }: Renewal, renewals: readonly Renewal[]): boolean {
  return renewals.some(
    (other) =>
      other.id !== id &&
      other.previousKept &&
      place !== null &&
      other.place?.key === place.key &&
      (other.endedAt === null || other.startedAt > startedAt),
  );
}

/** The old value stays beside the new one for a week. */
const PREVIOUS_MS = 7 * DAY_MS;

/** The program that opened a renewal claims it within this time. */
const CLAIMED_WITHIN_MS = 10_000;

/** These ends leave the watch with a token that may need a renewal. */
const AGAIN_AFTER: ReadonlySet<Outcome> = new Set(["failed", "cancelled", "interrupted", "timed_out", "put_back"]);

function afterCrash(renewal: Renewal, { source }: Facts, now: Date): Next {
  if (renewal.steps.length === 0 && ageMs(renewal.startedAt, now) < CLAIMED_WITHIN_MS) return { kind: "leave" };
  // Nothing is written before `after` is stored.
  if (renewal.after === null) return { kind: "end", outcome: "interrupted" };
  switch (source) {
    case "new":
      return { kind: "resume", step: "read_back" };
    case "old":
    case "other":
    case "none":
      return { kind: "end", outcome: "interrupted" };
    case "not_known":
      return ageMs(renewal.startedAt, now) >= LONGEST_WAIT_MS
        ? { kind: "end", outcome: "interrupted" }
        : { kind: "look_again" };
  }
}
