import type { Logger } from "pino";
import type { State } from "../token/findings/finding.ts";
import type { InspectionFailure } from "../token/inspection.ts";
import type { Policy } from "../token/policy.ts";
import type { Verdict } from "../token/verdict.ts";
import type { Change, WatchState } from "../alert/alert.ts";
import { snapshotOf } from "./snapshot-of.ts";
import { nextDueAt } from "./due.ts";
import { nextReplyTimes } from "../alert/next-reply.ts";
import type { Escalation } from "../alert/escalate.ts";
import { escalateGroup } from "../alert/escalate-group.ts";
import { examineWatch, type ExamineWatchDeps } from "./examine-watch.ts";
import type { Claim, RoundResult } from "./ports.ts";
import { transition } from "../alert/transition.ts";
import type { Watch } from "./watch.ts";

export interface CheckClaimDeps extends ExamineWatchDeps {
  readonly unknownAfterMs: number;
  readonly repeatCriticalMs: number;
  readonly escalation: Escalation;
  /** A number in [0, 1) that spreads the next inspections. */
  readonly random: () => number;
  /** Creates the ID of a new alert. */
  readonly newId: () => string;
  readonly log: Logger;
  /** True when reads of the previous check may be used near Meta's limit for an account. */
  readonly usesEarlierReads?: boolean | undefined;
  /**
   * The thresholds that warn for a watch now. A watch that refreshes its token by itself has fewer. Absent: those of its
   * policy.
   */
  readonly warnAt?: ((watch: Watch, state: WatchState) => Promise<Policy["warnAt"]>) | undefined;
}

/** The result of an inspection, before it is saved. */
export interface CheckedClaim {
  readonly state: State;
  readonly change: Change;
  /** Why the inspection, or one of its live reads, gave no answer; null when all gave one. */
  readonly failure: InspectionFailure | null;
  readonly outcome: RoundResult["outcome"];
}

/** The name of a change: its reason, or `edit`. */
export function changeName(change: Change): string {
  return "reason" in change ? change.reason : change.kind;
}

/** Inspects one claimed watch. Saves nothing. */
export async function checkClaim(deps: CheckClaimDeps, claim: Claim, configured: Watch): Promise<CheckedClaim> {
  const watch = await warning(deps, configured, claim.state);
  const { verdict, note } = await examineWatch(deps, watch, claim.state, deps.usesEarlierReads);
  const failure = failureOf(verdict);
  if (failure !== null) {
    const { kind, message } = failure;
    deps.log.warn({ watch: watch.name, state: verdict.state, failure: { kind, message } }, "inspection failed");
  }
  const now = deps.now();
  const { unknownAfterMs, repeatCriticalMs, escalation, newId } = deps;
  const rules = {
    card: snapshotOf(watch, note),
    policy: watch.policy,
    unknownAfterMs,
    repeatCriticalMs,
    escalation,
    newId,
  };
  const { state, change, replies, messages, history } = transition(claim.state, verdict, now, rules);
  const due = nextDueAt(watch, state, verdict, now, deps.random(), {
    replyTimes: nextReplyTimes(state, rules, now),
    isFirst: claim.state.verdict === null && verdict.state !== "unknown",
  });
  const members = escalateGroup(messages, escalation, now);
  const outcome = { state, checkedAt: now, nextDueAt: due, replies, history, messages, members };
  return { state: verdict.state, change, failure, outcome };
}

/** The watch with the thresholds that warn now. */
async function warning({ warnAt }: CheckClaimDeps, watch: Watch, state: WatchState): Promise<Watch> {
  return warnAt === undefined ? watch : { ...watch, policy: { ...watch.policy, warnAt: await warnAt(watch, state) } };
}

/** The failure of the inspection, or else the first failure to read an ID. */
function failureOf({ failure, assets }: Verdict): InspectionFailure | null {
  return failure ?? assets.find((asset) => asset.failure !== null)?.failure ?? null;
}
