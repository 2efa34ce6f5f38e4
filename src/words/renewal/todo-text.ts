import type { Spans } from "../../guide/rich-text.ts";
import type { RenewalAction } from "../../renewal/audit.ts";
import type { Renewal, StepResult } from "../../renewal/renewal.ts";
import { mayBeRevoked } from "../../renewal/rules/end-old.ts";
import { words } from "../words.ts";
import { currentStep, isCrashed, isLeftOpen, isSameString, resultOf } from "../../renewal/rules/steps.ts";

/** What happened in the current or last step, and what people must do now. One line each. */
export function todoTexts(renewal: Renewal, offered: readonly RenewalAction[]): readonly Spans[] {
  const { outcome, steps } = renewal;
  if (outcome !== null) {
    const last = steps.at(-1);
    const why = outcome === "done" ? [] : [said.line.ended(outcome, null)];
    // The end already says that everything before it went well.
    const tells =
      last !== undefined &&
      (outcome === "done" || last.state === "failed" || last.state === "not_proven" || isLate(renewal, last));
    const detail = tells ? [words.renewal.detail(last.detail)] : [];
    const isUnbegun = last?.detail.kind === "not_begun";
    const retry = isRetried(renewal) ? [isUnbegun ? said.todo.botAsksAgain : said.todo.botAgain] : [];
    const old = isLeftOpen(renewal) && renewal.before !== null ? [said.todo.oldLives(renewal.before.expiry)] : [];
    const leaves = leavesToken(renewal) ? [said.todo.nobodyHolds] : [];
    return [
      ...why,
      ...detail,
      ...leaves,
      ...old,
      ...retry,
      ...(offered.includes("renew") && !isUnbegun ? [said.todo.again] : []),
    ];
  }
  const step = currentStep(renewal);
  const result = step === null ? undefined : resultOf(renewal, step);
  const detail = result === undefined ? [] : [words.renewal.detail(result.detail)];
  if (isCrashed(renewal)) return detail;
  return renewal.working ? [said.todo.working] : [...detail, ...nextTexts(renewal, offered)];
}

const { message: said } = words.renewal;

/** True for a failed refresh that the bot started by itself and starts again, unless Meta said that the token is dead. */
function isRetried({ outcome, way, startedBy, steps }: Renewal): boolean {
  if (startedBy.kind !== "bot" || way !== "refresh" || (outcome !== "failed" && outcome !== "interrupted"))
    return false;
  const detail = steps.at(-1)?.detail;
  const isDead = detail?.kind === "exchange_refused" && (detail.refusal === "expired" || detail.refusal === "revoked");
  return !isDead;
}

/** True for something that was under way when a person ended the renewal, and happened after the end. */
function isLate({ endedAt, outcome }: Renewal, { at }: StepResult): boolean {
  return outcome !== "put_back" && endedAt !== null && at.getTime() >= endedAt.getTime();
}

/** True when Meta made a token that the bot did not save, so that nobody holds it. */
function leavesToken(renewal: Renewal): boolean {
  const last = renewal.steps.at(-1);
  const isOver = renewal.outcome === "failed" || renewal.outcome === "cancelled";
  if (!isOver || renewal.way !== "refresh" || last?.state !== "failed") return false;
  // Meta gave the old token again, or nobody knows what the command saved.
  if (isSameString(renewal) || HELD.has(last.detail.kind)) return false;
  return last.step === "test" || (last.step === "write" && resultOf(renewal, "obtain")?.state === "done");
}

const HELD: ReadonlySet<string> = new Set([
  "same_token",
  "ends_not_later",
  "command_failed",
  "stopped",
  "stopped_unheld",
]);

/** What people must do in the current step. */
function nextTexts(renewal: Renewal, offered: readonly RenewalAction[]): readonly Spans[] {
  const { card, way } = renewal;
  const { todo } = said;
  switch (currentStep(renewal)) {
    case "obtain":
      return way === "given" ? [todo.generate] : [todo.working];
    case "test":
      return offered.includes("paste") ? [todo.pasteAgain] : [];
    case "write":
      return [todo.working];
    case "read_back": {
      const isByHand = resultOf(renewal, "write")?.detail.kind === "person_saves";
      if (isByHand) return [todo.saveIt(card.source)];
      return resultOf(renewal, "read_back") === undefined ? [todo.readsBack] : [];
    }
    case "in_use": {
      const found = resultOf(renewal, "in_use")?.detail.kind;
      if (found === "proven") return [todo.threeTimes];
      // The finding already says to restart the app.
      const restart = found === "old_in_use" ? todo.asksAgain : todo.restart(card.consumers);
      return [restart, ...(offered.includes("confirm_in_use") ? [todo.confirm] : [])];
    }
    case "end_old":
      return offered.includes("end_old") && !mayBeRevoked(renewal) ? [todo.endOld] : [];
    case null:
      return [];
  }
}
