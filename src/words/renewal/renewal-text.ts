import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import { type Renewal, STEPS, type Step } from "../../renewal/renewal.ts";
import type { Sign } from "../english/renewal/message.ts";
import { expiryText } from "../fact-text.ts";
import { words } from "../words.ts";
import { checklistTexts } from "./checklist-text.ts";
import {
  currentStep,
  isCrashed,
  isLeftOpen,
  isSettled,
  isUrgent,
  lastStep,
  resultOf,
} from "../../renewal/rules/steps.ts";
import { mayBeRevoked } from "../../renewal/rules/end-old.ts";
import { marksOf } from "./progress.ts";
import { todoTexts } from "./todo-text.ts";

/** A renewal in sentences, in the order in which a person needs them. It holds no token. */
export interface RenewalText {
  readonly sign: Sign;
  /** "🔄 orders-prod: waiting for a new token" */
  readonly headline: Spans;
  /** The number and name of the step, then one sign for each step. */
  readonly progress: Spans;
  /** What happened in the step, and what people must do. One line each. */
  readonly current: readonly Spans[];
  /** The steps of the guide, and what Meta proved about the pasted token. One line each. */
  readonly checklist: readonly Spans[];
  /** The end of the old token, and of the new one once it was tested. Empty when neither is known. */
  readonly expiry: Spans;
  /** The place and the fingerprints. */
  readonly facts: readonly Spans[];
  /** Who started it and who acted last, one sentence each. */
  readonly times: readonly Spans[];
}

/** @param offered the actions that the message offers now */
export function renewalText(renewal: Renewal, offered: readonly RenewalAction[]): RenewalText {
  const sign = signOf(renewal);
  return {
    sign,
    headline: said.headline(sign, renewal.card.name, happensText(renewal)),
    progress: progressText(renewal),
    current: todoTexts(renewal, offered),
    checklist: checklistTexts(renewal),
    expiry: expiryChange(renewal),
    facts: factTexts(renewal),
    times: timeTexts(renewal),
  };
}

/** A short phrase: "waiting for a new token", "token renewed". */
export function happensText(renewal: Renewal): string {
  const { outcome, way, working } = renewal;
  if (isLeftOpen(renewal)) return said.notEnded;
  if (outcome !== null) return isDeadEnd(renewal) ? said.bothDead : said.outcomes[outcome];
  const { happens } = said;
  if (isCrashed(renewal)) return happens.crashed;
  const step = currentStep(renewal);
  const state = step === null ? undefined : resultOf(renewal, step)?.state;
  switch (step) {
    case "obtain":
      return working ? happens.obtain.refresh : happens.obtain[way];
    case "test":
      return state === "failed" && !working ? happens.notAccepted : happens.testing;
    case "write":
      return happens.saving;
    case "read_back":
      return resultOf(renewal, "write")?.detail.kind === "person_saves" ? happens.notSavedYet : happens.saved;
    case "in_use":
      return happens.notProven;
    case "end_old":
      if (isDeadEnd(renewal)) return said.bothDead;
      return mayBeRevoked(renewal) ? happens.maybeEnded : happens.notEnded;
    case null:
      return said.outcomes.done;
  }
}

const { message: said } = words.renewal;

function isDeadEnd(renewal: Renewal): boolean {
  return resultOf(renewal, "end_old")?.detail.kind === "both_dead";
}

function signOf(renewal: Renewal): Sign {
  if (isDeadEnd(renewal) || isUrgent(renewal)) return "critical";
  switch (renewal.outcome) {
    case null:
      return "open";
    case "done":
      return "done";
    case "timed_out":
      return isLeftOpen(renewal) ? "done" : "neutral";
    case "failed":
    case "interrupted":
      return "failed";
    case "cancelled":
    case "put_back":
    case "unwatched":
      return "neutral";
  }
}

function progressText(renewal: Renewal): Spans {
  const marks = marksOf(renewal);
  const step = lastStep(renewal);
  if (step === null) return said.allSteps(STEPS.length, marks);
  const say = renewal.endedAt === null ? said.progress : said.endedAt;
  return say(numberOf(step), STEPS.length, step, marks);
}

function numberOf(step: Step): number {
  return STEPS.indexOf(step) + 1;
}

function expiryChange({ before, after, outcome }: Renewal): Spans {
  if (after === null || outcome === "put_back") return before === null ? [] : said.expires(expiryText(before.expiry));
  const end = expiryText(after.expiry);
  return before === null ? said.expires(end) : said.expiry(expiryText(before.expiry), end);
}

function factTexts(renewal: Renewal): readonly Spans[] {
  const { before, after, place, card } = renewal;
  const { facts, fact } = said;
  const saved = isSettled(renewal, "write") ? facts.savedIn : facts.toSaveIn;
  return [
    place === null ? fact(facts.byHand, said.place(card.source)) : fact(saved, said.place(place.label)),
    ...(before === null ? [] : [fact(facts.oldToken, said.fingerprint(before.fingerprint))]),
    ...(after === null ? [] : [fact(facts.newToken, said.fingerprint(after.fingerprint))]),
  ];
}

function timeTexts({ startedBy, startedAt, way, endedAt, steps }: Renewal): readonly Spans[] {
  const last = steps.at(-1);
  return [
    said.started(startedBy, startedAt, way),
    ...(last === undefined || last.by.kind === "bot" ? [] : [said.lastBy(last.by, last.at)]),
    ...(endedAt === null ? [] : [said.ended(endedAt)]),
  ];
}
