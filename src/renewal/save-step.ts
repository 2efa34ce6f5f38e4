import type { AuditEntry, RenewalEntry } from "./audit.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Actor, Outcome, Renewal, Step, StepResult } from "./renewal.ts";
import { currentStep, ended, isSettled, withResult } from "./rules/steps.ts";

/** One change of a renewal. */
export interface Change {
  readonly by: Actor;
  readonly result?: Omit<StepResult, "at" | "by">;
  readonly fields?: Partial<Renewal>;
  /** Set: the renewal ends. */
  readonly outcome?: Outcome | undefined;
  /** True: the thread says that the current step has waited for a day. */
  readonly tellsDay?: boolean;
  /** True: the thread says nothing about the result, because only the count of equal readings changed. */
  readonly isCount?: boolean;
}

/** Saves the next revision with its audit entries. Undefined: another person or program was faster. */
export async function saveStep(
  { store, now, onSaved }: Pick<RenewerDeps, "store" | "now" | "onSaved">,
  renewal: Renewal,
  change: Change,
): Promise<Renewal | undefined> {
  const at = now();
  const { by, fields, outcome, tellsDay = false, isCount = false } = change;
  const result = change.result && { ...change.result, at, by };
  const stepped = result === undefined ? renewal : withResult(renewal, result);
  const settles = result !== undefined && isSettled(stepped, result.step);
  const changed: Renewal = {
    ...stepped,
    // Each waiting step gets its own line after a day.
    dayTold: tellsDay || (renewal.dayTold && !settles),
    ...fields,
    revision: renewal.revision + 1,
  };
  const next = outcome === undefined ? changed : ended(changed, outcome, at);
  const entries = [
    ...(result === undefined || isCount ? [] : [stepEntry(renewal, result)]),
    ...(tellsDay ? [entryOf(renewal, by, at, { kind: "waits_a_day" })] : []),
    ...(outcome === undefined
      ? []
      : [entryOf(renewal, by, at, { kind: "ended", outcome, step: endStep(stepped, result) })]),
  ];
  if (!(await store.saveRenewal(next, entries))) return undefined;
  onSaved?.(next, outcome !== undefined && renewal.endedAt === null);
  return next;
}

/**
 * Saves the result of something that has happened and cannot be undone. When a person ended the renewal meanwhile, the
 * result joins the ended renewal, so that its message, thread and audit stay true. Undefined: the renewal is open, and
 * another program was faster.
 */
export async function saveDone(
  deps: Pick<RenewerDeps, "store" | "now" | "onSaved">,
  renewal: Renewal,
  change: Change,
): Promise<Renewal | undefined> {
  // Only the removal of `.previous` changes an ended renewal too.
  for (let [tried, latest] = [1, renewal]; tried <= TRIES; tried++) {
    const isLate = latest.endedAt !== null;
    const next = await saveStep(deps, latest, isLate ? { ...change, outcome: lateOutcome(change) } : change);
    if (next !== undefined) return next;
    const stored = await deps.store.renewalById(renewal.id);
    if (stored === undefined || stored.endedAt === null) return undefined;
    latest = stored;
  }
  return undefined;
}

const TRIES = 3;

/** A renewal keeps its end. But when the old token is back, no other end would be true. */
function lateOutcome({ outcome }: Change): Outcome | undefined {
  return outcome === "put_back" ? outcome : undefined;
}

/** Saves a new renewal. Returns the open renewal that prevents it, or null. */
export async function saveStart(
  { store, onSaved }: Pick<RenewerDeps, "store" | "onSaved">,
  renewal: Renewal,
): Promise<{ readonly open: Renewal } | null> {
  const started = entryOf(renewal, renewal.startedBy, renewal.startedAt, { kind: "started" });
  const refused = await store.startRenewal(renewal, [started]);
  if (refused === null) onSaved?.(renewal, false);
  return refused;
}

/** The audit entry of a step's result. */
export function stepEntry(renewal: Renewal, result: StepResult): AuditEntry {
  return entryOf(renewal, result.by, result.at, { kind: "step", result });
}

function entryOf({ id, watch }: Renewal, by: Actor, at: Date, event: RenewalEntry["event"]): RenewalEntry {
  return { kind: "renewal", at, by, watch, renewal: id, event };
}

function endStep(renewal: Renewal, result: StepResult | undefined): Step | null {
  return result?.step ?? currentStep(renewal);
}
