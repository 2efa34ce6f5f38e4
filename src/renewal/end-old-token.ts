import { isDead } from "../token/findings/finding.ts";
import { holdDuring } from "../token/secret/held.ts";
import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Detail } from "./detail.ts";
import { dropPrevious } from "./drop-previous.ts";
import { inspectConcerned, readProofs, targetOf } from "./look.ts";
import type { AppCredentials } from "./ports.ts";
import { endedOld, type MayEndOld, mayBeRevoked, mayEndOld } from "./rules/end-old.ts";
import { inUse } from "./rules/in-use.ts";
import type { Actor, Renewal, StepState } from "./renewal.ts";
import type { Obstacle, Renewed } from "./renewer.ts";
import { type Change, saveDone, saveStep, stepEntry } from "./save-step.ts";

/** Asks Meta to revoke the old token, when nothing speaks against it. Inspections of both tokens decide the result. */
export async function endOldToken(deps: RenewerDeps, renewal: Renewal, by: Actor): Promise<Renewed> {
  const { watch } = renewal;
  const settle = (state: StepState, detail: Detail, change: Partial<Change> = {}): Promise<Renewed> =>
    saved(deps, renewal, { by, result: { step: "end_old", state, detail }, ...change });
  const target = targetOf(deps, renewal);
  const previous = target === undefined ? ({ ok: true, secret: null } as const) : await deps.writer.previous(target);
  if (mayBeRevoked(renewal) && previous.ok && previous.secret !== null) {
    const ended = await afterLostAnswer(deps, renewal, previous.secret, by);
    if (ended !== null) return ended;
  }
  const decide = async (): Promise<MayEndOld> => mayEndOld(renewal, previous, await fingerprints(deps), deps.now());
  let may = await decide();
  if (may.kind === "refuse") {
    // The last check of these watches may be old, for example because the check after the save failed.
    await inspectConcerned(deps, renewal);
    may = await decide();
  }
  switch (may.kind) {
    case "not_now":
      return no({ kind: "not_now" });
    case "skip":
      return settle("skipped", may.detail, { outcome: "done" });
    case "refuse":
      return settle("failed", may.detail);
    case "may":
      break;
  }
  // Days may have passed since they proved the use. A copy of the app may have come back since, and a person may have
  // confirmed it too early.
  const use = inUse(renewal, await readProofs(deps, watch));
  if (use.detail.kind === "old_in_use") return settle("failed", use.detail);
  const app = await deps.app(watch);
  if (!app.ok) return no({ kind: "not_known", message: app.message });
  if (app.app === null) return no({ kind: "no_app" });
  const reading = await deps.readSource(watch);
  if (!reading.ok) return settle("failed", { kind: "not_ended", message: reading.message });
  if (fingerprintOf(reading.secret) !== renewal.after?.fingerprint)
    return settle("failed", { kind: "not_ended", message: "The source does not give the new token any more." });

  const { old } = may;
  const current = reading.secret;
  const credentials = app.app;
  return holdDuring([old, current], async () => {
    // The old token is the only working one when the new one is dead.
    const now = await deps.examine(watch, current);
    if (isDead(now.state)) return settle("failed", { kind: "new_dead" });
    if (now.alive !== true)
      return settle(now.state === "unknown" ? "not_proven" : "failed", {
        kind: "not_ended",
        message: now.failure?.message ?? "Meta does not say that the new token is alive.",
      });
    if (isDead((await deps.examine(watch, old)).state))
      return withoutCopy(deps, await settle("skipped", { kind: "old_already_dead" }, { outcome: "done" }));
    return revoke(deps, renewal, { old, current, app: credentials, by });
  });
}

interface Revoking {
  readonly old: Secret;
  readonly current: Secret;
  readonly app: AppCredentials;
  readonly by: Actor;
}

async function revoke(deps: RenewerDeps, renewal: Renewal, { old, current, app, by }: Revoking): Promise<Renewed> {
  const { watch } = renewal;
  // Saved before the request, so that a crash does not forget it.
  const asked = await saveStep(deps, renewal, {
    by,
    result: {
      step: "end_old",
      state: "not_proven",
      detail: { kind: "revoke_unanswered", message: "The bot stopped before it saved the answer." },
    },
    isCount: true,
  });
  if (asked === undefined) return no({ kind: "busy" });
  const answer = await deps.revoke(old, current, app);
  const found = { old: await deps.examine(watch, old), current: await deps.examine(watch, current) };
  return finish(deps, asked, endedOld(found, answer.ok ? null : answer.message), by);
}

/** The result of an earlier request whose answer got lost. Null: the old token lives, so the bot may ask again. */
async function afterLostAnswer(deps: RenewerDeps, renewal: Renewal, old: Secret, by: Actor): Promise<Renewed | null> {
  const { watch, before } = renewal;
  if (fingerprintOf(old) !== before?.fingerprint) return null;
  const unanswered = (message: string): Promise<Renewed> =>
    finish(deps, renewal, { state: "not_proven", detail: { kind: "revoke_unanswered", message } }, by);
  const reading = await deps.readSource(watch);
  if (!reading.ok) return unanswered(reading.message);
  return holdDuring([old, reading.secret], async () => {
    const found = { old: await deps.examine(watch, old), current: await deps.examine(watch, reading.secret) };
    if (found.old.alive === true) return null;
    if (!isDead(found.old.state))
      return unanswered(found.old.failure?.message ?? "Meta does not say that it is alive.");
    const { state, detail } = endedOld(found, null);
    return finish(deps, renewal, { state, detail: state === "done" ? { kind: "ended_unanswered" } : detail }, by);
  });
}

/** Saves the result, removes the copy of a dead token, and inspects the watches again. */
async function finish(
  deps: RenewerDeps,
  renewal: Renewal,
  { state, detail }: { readonly state: StepState; readonly detail: Detail },
  by: Actor,
): Promise<Renewed> {
  const result = { step: "end_old", state, detail } as const;
  const outcome = state === "done" ? "done" : detail.kind === "both_dead" ? "failed" : undefined;
  const done = await saved(deps, renewal, { by, result, outcome });
  // Nothing can undo what Meta did, so the audit always has it.
  if (!done.ok) await deps.store.record([stepEntry(renewal, { ...result, at: deps.now(), by })]);
  const ended = outcome === undefined ? done : await withoutCopy(deps, done);
  await inspectConcerned(deps, renewal);
  return ended;
}

/**
 * Removes the copy of a dead token. The result is saved before: after a crash in between, the renewal knows that the old
 * token is dead, and the copy goes after a week.
 */
async function withoutCopy(deps: RenewerDeps, done: Renewed): Promise<Renewed> {
  const target = done.ok ? targetOf(deps, done.renewal) : undefined;
  if (!done.ok || target === undefined) return done;
  if (await dropPrevious(deps, done.renewal.watch, target)) return done;
  const next = await saveStep(deps, done.renewal, { by: { kind: "bot" }, fields: { previousKept: false } });
  return next === undefined ? done : { ok: true, renewal: next };
}

/** The last fingerprint of every watch, by name. A watch that no check has answered yet is read now. */
async function fingerprints({ verdicts, card, readSource }: RenewerDeps): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [name, verdict] of await verdicts()) {
    const reading = verdict === null && card(name) !== undefined ? await readSource(name) : undefined;
    found.set(name, reading?.ok === true ? fingerprintOf(reading.secret) : (verdict?.token?.fingerprint ?? ""));
  }
  return found;
}

async function saved(deps: RenewerDeps, renewal: Renewal, change: Change): Promise<Renewed> {
  const next = await saveDone(deps, renewal, change);
  return next === undefined ? no({ kind: "busy" }) : { ok: true, renewal: next };
}

function no(obstacle: Obstacle): Renewed {
  return { ok: false, obstacle };
}
