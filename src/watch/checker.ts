import type { Logger } from "pino";
import { carryOver } from "../token/carry-over.ts";
import { judgeUnreadable } from "../token/judge.ts";
import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import { redact } from "../token/secret/shape.ts";
import { ageMs } from "../token/set-back.ts";
import type { Verdict } from "../token/verdict.ts";
import { examineAgainst, type ExamineWatchDeps, type Remembered } from "./examine-watch.ts";
import type { CheckOutcome, Checker, ReachIds } from "./ports.ts";
import { type Defaults, defaultRequirements, type Requirements, requirementsOf } from "./requirements.ts";
import type { Watch } from "./watch.ts";
import type { WatchBook } from "./watch-book.ts";

export interface CheckerDeps extends ExamineWatchDeps {
  readonly watches: WatchBook;
  readonly defaults: Defaults;
  /** The stored state of a watch. Absent in the CLI, which has no store. */
  readonly recall?: (watch: string) => Promise<Remembered | undefined>;
  readonly log: Pick<Logger, "warn">;
}

/**
 * The checker of the modal and the CLI. Concurrent checks of one watch share an inspection, and its answer is reused
 * for 30 s. A check without an answer is never reused. Throws only for an unknown watch name.
 */
export function createChecker(deps: CheckerDeps): Checker {
  const running = new Map<string, Promise<CheckOutcome>>();
  const outcomes = new Map<string, { readonly fingerprint: string; readonly outcome: CheckOutcome }>();

  const watchNamed = (name: string): Watch => {
    const watch = deps.watches.get(name);
    if (watch === undefined)
      throw new Error(`There is no watch named "${redact(name)}". Use a name from the watchlist.`);
    return watch;
  };

  const recall = async (name: string): Promise<Remembered | undefined> => {
    try {
      return await deps.recall?.(name);
    } catch (error) {
      deps.log.warn({ watch: name, err: error }, "the store did not answer; checked without its stored state");
      return undefined;
    }
  };

  const recentOutcome = (name: string, fingerprint: string): CheckOutcome | undefined => {
    const last = outcomes.get(name);
    if (last?.fingerprint !== fingerprint) return undefined;
    const { checkedAt } = last.outcome.verdict;
    return ageMs(checkedAt, deps.now()) < REUSE_MS ? { ...last.outcome, reusedFrom: checkedAt } : undefined;
  };

  const checkDeployed = async (watch: Watch): Promise<CheckOutcome> => {
    const { name } = watch;
    const requirements = requirementsOf(watch, deps.metaApp);
    const reading = await deps.readSource(watch.source);
    if (!reading.ok) return outcomeOf(judgeUnreadable(reading.message, deps.now()), name, requirements, null);
    const fingerprint = fingerprintOf(reading.secret);
    const recent = recentOutcome(name, fingerprint);
    if (recent !== undefined) return recent;
    const remembered = await recall(name);
    const held = { secret: reading.secret, source: watch.source };
    const verdict = await examineAgainst(deps, held, requirements, remembered);
    // As in a round: a finding of the last round stays until the call that proved it answers again.
    const outcome = outcomeOf(carryOver(remembered?.verdict ?? null, verdict), name, requirements, reading.note);
    if (verdict.state !== "unknown") outcomes.set(name, { fingerprint, outcome });
    return outcome;
  };

  return {
    async checkToken(secret: Secret, name: string | undefined, ids?: ReachIds): Promise<CheckOutcome> {
      const held = { secret, source: undefined };
      if (name === undefined) {
        const requirements = withIds(defaultRequirements(deps.watches, deps.defaults, deps.metaApp), ids);
        return outcomeOf(await examineAgainst(deps, held, requirements, undefined), null, requirements, null);
      }
      const requirements = withIds(requirementsOf(watchNamed(name), deps.metaApp), ids);
      return outcomeOf(await examineAgainst(deps, held, requirements, await recall(name)), name, requirements, null);
    },
    async checkWatch(name: string): Promise<CheckOutcome> {
      const watch = watchNamed(name);
      const check = running.get(name) ?? checkDeployed(watch).finally(() => running.delete(name));
      running.set(name, check);
      return check;
    },
  };
}

/** A check of a watch reuses an answer that is younger than this. */
const REUSE_MS = 30_000;

function outcomeOf(
  verdict: Verdict,
  watch: string | null,
  requirements: Requirements,
  note: string | null,
): CheckOutcome {
  return {
    verdict,
    watch,
    against: {
      requiredScopes: requirements.policy.requiredScopes,
      phoneNumberId: requirements.phoneNumberId,
      whatsappBusinessAccountId: requirements.whatsappBusinessAccountId,
    },
    reusedFrom: null,
    note,
  };
}

function withIds(requirements: Requirements, ids: ReachIds | undefined): Requirements {
  return {
    ...requirements,
    phoneNumberId: ids?.phoneNumberId ?? requirements.phoneNumberId,
    whatsappBusinessAccountId: ids?.whatsappBusinessAccountId ?? requirements.whatsappBusinessAccountId,
  };
}
