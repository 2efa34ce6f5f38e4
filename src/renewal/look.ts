import { fingerprintOf } from "../token/secret/secret.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Detail, FoundToken } from "./detail.ts";
import { mayEndOld, nothingToEnd } from "./rules/end-old.ts";
import { dropPrevious } from "./drop-previous.ts";
import { inUse, type ProofReading } from "./rules/in-use.ts";
import { type Facts, isKeptByOther, isPreviousOld, nextStep } from "./rules/next-step.ts";
import type { WriteTarget } from "./ports.ts";
import { readBack } from "./rules/read-back.ts";
import type { Renewal, StepResult, StepState } from "./renewal.ts";
import { type Change, saveStep } from "./save-step.ts";
import { concerned } from "./rules/sharers.ts";
import { currentStep, isCrashed, isSameString, resultOf } from "./rules/steps.ts";

/** Looks once at a renewal under its claim, and takes every step that needs no person. Returns its new state. */
export async function look(deps: RenewerDeps, stored: Renewal): Promise<Renewal> {
  let seen: Looked = { renewal: stored, again: true };
  while (seen.again) seen = await lookOnce(deps, seen.renewal);
  return seen.renewal;
}

/** The place of a renewal as it is configured now. Undefined when the configuration names another one. */
export function targetOf(
  { card, settings, placeOf }: Pick<RenewerDeps, "card" | "settings" | "placeOf">,
  { watch, place }: Renewal,
): WriteTarget | undefined {
  const target = card(watch) === undefined ? undefined : settings(watch).write;
  return target !== undefined && place !== null && placeOf(target).key === place.key ? target : undefined;
}

/** Reads every proof of a watch once. */
export async function readProofs(deps: RenewerDeps, watch: string): Promise<readonly ProofReading[]> {
  const { proofs } = deps.settings(watch);
  return Promise.all(proofs.map(async (proof) => ({ proof, answer: await deps.readProof(proof) })));
}

/** Inspects the watches whose token changed. A failure is logged, because every round inspects them too. */
export async function inspectConcerned(deps: RenewerDeps, renewal: Renewal): Promise<void> {
  try {
    await deps.inspectNow(concerned(deps, renewal, await deps.verdicts()));
  } catch (error) {
    deps.log.warn({ watch: renewal.watch, err: error }, "could not inspect after a renewal; the next round does");
  }
}

const BY = { kind: "bot" } as const;

const INTERRUPTED = { refresh: "interrupted", given: "paste_interrupted" } as const;

/** The renewal after one look. `again`: a further step may follow at once. */
interface Looked {
  readonly renewal: Renewal;
  readonly again: boolean;
}

async function lookOnce(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const facts: Facts = {
    watch: deps.card(renewal.watch) !== undefined ? "known" : deps.isRemoved(renewal.watch) ? "removed" : "not_known",
    source: renewal.working ? await heldToken(deps, renewal) : "not_known",
  };
  const save = (change: Omit<Change, "by">): Promise<Looked> => saved(deps, renewal, change, true);
  const next = nextStep(renewal, facts, deps.now());
  switch (next.kind) {
    case "over":
      return dropOldPrevious(deps, renewal);
    case "leave":
      return { renewal, again: false };
    case "look_again":
      return tellCrash(deps, renewal);
    case "resume":
      return save({
        result: { step: "write", state: "done", detail: { kind: "saved" } },
        fields: { working: false },
      });
    case "end": {
      const step = currentStep(renewal);
      const interrupted = next.outcome === "interrupted" && step !== null;
      return save({
        outcome: next.outcome,
        ...(interrupted && {
          result: { step, state: "failed", detail: { kind: INTERRUPTED[renewal.way], source: foundIn(facts) } },
        }),
      });
    }
    case "wait":
      if (next.tellsDay) return save({ tellsDay: true });
      switch (next.step) {
        case "read_back":
          return lookAtSource(deps, renewal);
        case "in_use":
          return lookAtUse(deps, renewal);
        case "end_old":
          return skipEnd(deps, renewal);
        case "obtain":
        case "test":
        case "write":
          return { renewal, again: false };
      }
  }
}

/** What the source gives after a crash. The new token counts in the place too: a source may be read at the start only. */
async function heldToken(deps: RenewerDeps, renewal: Renewal): Promise<Facts["source"]> {
  const { before, after, watch } = renewal;
  if (deps.card(watch) === undefined) return "not_known";
  const target = targetOf(deps, renewal);
  if (target !== undefined) await deps.writer.clean(target);
  const held = target === undefined || target.kind === "exec" ? undefined : await deps.writer.check(target);
  const reading = await deps.readSource(watch);
  const placed = held?.ok === true && held.secret !== null ? fingerprintOf(held.secret) : undefined;
  // Only an empty place proves that nothing was saved: a source that is read at the start only may still be empty.
  if (before === null && held?.ok === true && held.secret === null && !reading.ok) return "none";
  const given = reading.ok ? fingerprintOf(reading.secret) : undefined;
  if (after !== null && [placed, given].includes(after.fingerprint)) return "new";
  if (given === undefined || before === null) return after !== null && given !== undefined ? "other" : "not_known";
  return given === before.fingerprint ? "old" : "other";
}

/** Says once that a crash stopped the work. The next look reads the source again. */
async function tellCrash(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const step = currentStep(renewal);
  if (step === null || isCrashed(renewal)) return { renewal, again: false };
  return saved(deps, renewal, { result: { step, state: "not_proven", detail: { kind: "crashed" } } }, false);
}

/** A renewal continues when its new token is in the source already. */
function foundIn({ source }: Facts): FoundToken {
  return source === "new" ? "not_known" : source;
}

async function lookAtSource(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const result = { step: "read_back" as const, ...readBack(await deps.readSource(renewal.watch), renewal) };
  if (isKnown(renewal, result)) return { renewal, again: false };
  const looked = await saved(deps, renewal, { result }, result.state === "done");
  if (looked.again) await inspectConcerned(deps, looked.renewal);
  return looked;
}

async function lookAtUse(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const { proofs } = deps.settings(renewal.watch);
  if (proofs.length === 0 && isSameString(renewal))
    return saved(
      deps,
      renewal,
      { result: { step: "in_use", state: "skipped", detail: { kind: "same_string" } } },
      true,
    );
  const { seen, state, detail } = inUse(renewal, await readProofs(deps, renewal.watch));
  const result = { step: "in_use" as const, state, detail };
  if (isKnown(renewal, result) && seen === renewal.seenInUse) return { renewal, again: false };
  const isCount = state !== "done" && detail.kind === "proven";
  return saved(deps, renewal, { result, fields: { seenInUse: seen }, isCount }, state === "done");
}

/** Ends the renewal when there is no old token that a person could end. */
async function skipEnd(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const detail = nothingToEnd(renewal, deps.now()) ?? (await lostCopy(deps, renewal));
  if (detail === null) return { renewal, again: false };
  return saved(deps, renewal, { result: { step: "end_old", state: "skipped", detail }, outcome: "done" }, true);
}

/** @param again whether a further step may follow; never when another program was faster */
async function saved(deps: RenewerDeps, renewal: Renewal, change: Omit<Change, "by">, again: boolean): Promise<Looked> {
  const next = await saveStep(deps, renewal, { by: BY, ...change });
  return next === undefined ? { renewal, again: false } : { renewal: next, again };
}

async function lostCopy(deps: RenewerDeps, renewal: Renewal): Promise<Detail | null> {
  const target = targetOf(deps, renewal);
  if (target === undefined)
    return { kind: "old_not_readable", message: "The configuration no longer names the place of the old token." };
  const previous = await deps.writer.previous(target);
  // A failed read may pass. The press of the button reads again.
  if (!previous.ok) return null;
  const may = mayEndOld(renewal, previous, new Map(), deps.now());
  return may.kind === "skip" ? may.detail : null;
}

async function dropOldPrevious(deps: RenewerDeps, renewal: Renewal): Promise<Looked> {
  const target = targetOf(deps, renewal);
  if (!isPreviousOld(renewal, deps.now()) || target === undefined) return { renewal, again: false };
  const isOthers = isKeptByOther(renewal, await deps.store.renewals());
  if (!isOthers && (await dropPrevious(deps, renewal.watch, target))) return { renewal, again: false };
  return saved(deps, renewal, { fields: { previousKept: false } }, false);
}

/** True when the last result of the step says the same. It is then not saved again. */
function isKnown(
  renewal: Renewal,
  { step, state, detail }: { readonly step: StepResult["step"]; readonly state: StepState; readonly detail: Detail },
): boolean {
  const last = resultOf(renewal, step);
  return last?.state === state && JSON.stringify(last.detail) === JSON.stringify(detail);
}
