import { holdDuring } from "../token/secret/held.ts";
import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import { checklistOf } from "./rules/checklist.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Detail } from "./detail.ts";
import { type Ready, traceOf } from "./get-ready.ts";
import type { WriteTarget, Written } from "./ports.ts";
import type { Actor, Renewal, Step, StepState } from "./renewal.ts";
import { type Change, saveDone, saveStep, stepEntry } from "./save-step.ts";
import { isSameString } from "./rules/steps.ts";
import { sharers } from "./rules/sharers.ts";
import { testToken } from "./rules/test-token.ts";

/** The work on one new token. */
export interface Work {
  readonly ready: Ready;
  readonly by: Actor;
  /** The pasted token. Undefined: Meta exchanges the old one. */
  readonly pasted: Secret | undefined;
  readonly acceptSooner: boolean;
}

/**
 * Obtains, tests and writes a token in one go, in memory. The claim is held, and the renewal is `working`. Its result is
 * saved after each step. When somebody ended the renewal meanwhile, the work stops before the next step, and says so.
 */
export async function makeToken(deps: RenewerDeps, opened: Renewal, work: Work): Promise<Renewal> {
  const { ready, by, pasted } = work;
  const end = opened.way === "refresh" ? "failed" : undefined;
  const stop = (renewal: Renewal, step: Step, detail: Detail, change: Partial<Change> = {}): Promise<Renewal> =>
    saved(deps, renewal, {
      by,
      outcome: end,
      ...change,
      result: { step, state: "failed", detail },
      fields: { working: false, ...change.fields },
    });

  const obtained = await obtain(deps, work);
  if (obtained.secret === undefined) return stop(opened, "obtain", obtained.detail);
  const { secret } = obtained;
  return holdDuring([secret], async () => {
    const isHeld = pasted !== undefined || (ready.old !== null && isEqual(secret, ready.old.secret));
    const halt = (renewal: Renewal, step: Step): Promise<Renewal> =>
      stop(renewal, step, { kind: isHeld ? "stopped" : "stopped_unheld" });
    const obtainedResult = { step: "obtain", state: "done", detail: obtained.detail } as const;
    const held = await saveDone(deps, opened, { by, result: obtainedResult });
    if (held === undefined) return current(deps, opened);
    if (held.endedAt !== null) return halt(held, "test");

    const verdict = await deps.examine(ready.watch, secret);
    const checklist = pasted === undefined ? held.checklist : checklistOf(verdict, wantedOf(deps, ready));
    const tested = testToken({
      way: opened.way,
      verdict,
      old: ready.old?.verdict ?? null,
      replaces: held.before?.fingerprint ?? null,
      ids: ready.ids,
      appId: ready.app.id,
      acceptSooner: work.acceptSooner,
      others: await otherFingerprints(deps, held),
      textOf: deps.textOf,
    });
    if (tested.state === "failed") return stop(held, "test", tested.detail, { fields: { checklist } });

    // From here on the place may change. So the fingerprint is stored first, for the program that follows a crash.
    const isAlreadyThere = ready.held !== null && isEqual(ready.held, secret);
    const keeps = ready.target !== undefined && ready.target.kind !== "exec" && ready.held !== null && !isAlreadyThere;
    const result = { step: "test", state: "done", detail: tested.detail } as const;
    const proven = await saveStep(deps, held, {
      by,
      result,
      fields: { after: traceOf(verdict), checklist, previousKept: keeps, seenInUse: 0 },
    });
    if (proven === undefined) {
      const ended = await saveDone(deps, held, { by, result, fields: { checklist } });
      return ended === undefined ? current(deps, opened) : halt(ended, "write");
    }

    if (ready.target === undefined) {
      const isSaved = ready.old !== null && isEqual(ready.old.secret, secret);
      return wrote(deps, proven, by, "skipped", { kind: isSaved ? "already_there" : "person_saves" });
    }
    if (isAlreadyThere)
      return wrote(deps, proven, by, "skipped", { kind: isSameString(proven) ? "same_string" : "already_there" });
    const written = await deps.writer.save(ready.target, secret, ready.held);
    if (written.ok) return wrote(deps, proven, by, "done", { kind: "saved" });
    return stop(proven, "write", refusalOf(written, ready.target), {
      outcome: "failed",
      fields: { previousKept: keeps && written.kind === "failed" },
    });
  });
}

function isEqual(one: Secret, other: Secret): boolean {
  return fingerprintOf(one) === fingerprintOf(other);
}

type Obtained =
  | { readonly secret: Secret; readonly detail: Detail }
  | { readonly secret: undefined; readonly detail: Detail };

async function obtain({ exchange }: RenewerDeps, { ready, pasted }: Work): Promise<Obtained> {
  if (pasted !== undefined) return { secret: pasted, detail: { kind: "pasted" } };
  if (ready.old === null) return { secret: undefined, detail: { kind: "interrupted", source: "not_known" } };
  // One try: after a lost answer, a second one would leave a token that nobody holds.
  const answer = await exchange(ready.old.secret, ready.app);
  if (answer.ok) return { secret: answer.secret, detail: { kind: "exchanged" } };
  const { message } = answer;
  return answer.kind === "refused"
    ? { secret: undefined, detail: { kind: "exchange_refused", refusal: answer.refusal, message } }
    : { secret: undefined, detail: { kind: "exchange_unanswered", message } };
}

function wantedOf({ scopes }: RenewerDeps, { watch, card, app }: Ready): Parameters<typeof checklistOf>[1] {
  const { phoneNumberId, whatsappBusinessAccountId } = card;
  return { appId: app.id, scopes: scopes(watch), phoneNumberId, whatsappBusinessAccountId };
}

/** The fingerprints of watches with their own place. */
async function otherFingerprints(deps: RenewerDeps, renewal: Renewal): Promise<ReadonlyMap<string, string>> {
  const verdicts = await deps.verdicts();
  const same = sharers(deps, renewal, verdicts);
  return new Map(
    [...verdicts].flatMap(([name, verdict]) => {
      const fingerprint = verdict?.token?.fingerprint ?? "";
      return same.includes(name) || fingerprint === "" ? [] : [[name, fingerprint] as const];
    }),
  );
}

/** Saves the result of `write`. Nothing can undo it, so the audit always says what was written. */
async function wrote(
  deps: RenewerDeps,
  renewal: Renewal,
  by: Actor,
  state: StepState,
  detail: Detail,
): Promise<Renewal> {
  const result = { step: "write", state, detail } as const;
  const next = await saveDone(deps, renewal, { by, result, fields: { working: false } });
  if (next !== undefined) return next;
  await deps.store.record([stepEntry(renewal, { ...result, at: deps.now(), by })]);
  return current(deps, renewal);
}

async function saved(deps: RenewerDeps, renewal: Renewal, change: Change): Promise<Renewal> {
  return (await saveDone(deps, renewal, change)) ?? current(deps, renewal);
}

async function current({ store }: RenewerDeps, renewal: Renewal): Promise<Renewal> {
  return (await store.renewalById(renewal.id)) ?? renewal;
}

function refusalOf(written: Exclude<Written, { readonly ok: true }>, { kind }: WriteTarget): Detail {
  if (written.kind === "changed") return { kind: "place_changed" };
  return { kind: kind === "exec" ? "command_failed" : "not_saved", message: written.message };
}
