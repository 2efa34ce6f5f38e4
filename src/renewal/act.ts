import { isDead } from "../token/findings/finding.ts";
import { holdDuring } from "../token/secret/held.ts";
import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import { type Claims, PATIENT_TRIES } from "./claim.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Detail } from "./detail.ts";
import { dropPrevious } from "./drop-previous.ts";
import { canPutBack, endedOld, type MayEndOld, mayEndOld, mayPutBack } from "./rules/end-old.ts";
import { inspectConcerned, look, readProofs, targetOf } from "./look.ts";
import { inUse } from "./rules/in-use.ts";
import { actionsOf } from "./rules/next-step.ts";
import type { Actor, Renewal, StepState } from "./renewal.ts";
import type { Obstacle, Renewed, Renewer } from "./renewer.ts";
import { type Change, saveStep } from "./save-step.ts";

/** What people do with an open renewal. */
export function createActs(
  deps: RenewerDeps,
  claims: Claims,
): Pick<Renewer, "confirmInUse" | "endOld" | "putBack" | "cancel"> {
  const claimed = async (id: string, work: (renewal: Renewal) => Promise<Renewed>): Promise<Renewed> => {
    const done = await claims.during(id, PATIENT_TRIES, async (renewal) => {
      if (renewal === undefined) return no({ kind: "no_renewal" });
      if (deps.card(renewal.watch) !== undefined) return work(renewal);
      // Its watch was removed, so the renewal ends.
      await look(deps, renewal);
      return no({ kind: "unknown_watch" });
    });
    return done?.value ?? no({ kind: "busy" });
  };

  return {
    confirmInUse: (id, by) =>
      claimed(id, async (renewal) => {
        if (by.kind === "bot" || !actionsOf(renewal).includes("confirm_in_use")) return no({ kind: "not_now" });
        const result = { step: "in_use", state: "done", detail: { kind: "confirmed" } } as const;
        const next = await saveStep(deps, renewal, { by, result });
        return next === undefined ? no({ kind: "busy" }) : { ok: true, renewal: await look(deps, next) };
      }),
    endOld: (id, by) =>
      claimed(id, async (renewal) => {
        if (by.kind === "bot" || !actionsOf(renewal).includes("end_old")) return no({ kind: "not_now" });
        return endOld(deps, renewal, by);
      }),
    putBack: (id, by) =>
      claimed(id, async (renewal) => {
        if (by.kind === "bot" || !canPutBack(renewal)) return no({ kind: "not_now" });
        return putBack(deps, renewal, by);
      }),
    async cancel(id, by) {
      // Without the claim: a cancellation must not wait for Meta. The work sees the new revision and stops.
      for (let tried = 1; tried <= PATIENT_TRIES; tried++) {
        const renewal = await deps.store.renewalById(id);
        if (renewal === undefined) return no({ kind: "no_renewal" });
        if (renewal.endedAt !== null) return no({ kind: "not_now" });
        const next = await saveStep(deps, renewal, { by, outcome: "cancelled" });
        if (next !== undefined) return { ok: true, renewal: next };
      }
      return no({ kind: "busy" });
    },
  };
}

async function endOld(deps: RenewerDeps, renewal: Renewal, by: Actor): Promise<Renewed> {
  const { watch } = renewal;
  const settle = (state: StepState, detail: Detail, change: Partial<Change> = {}): Promise<Renewed> =>
    saved(deps, renewal, { by, result: { step: "end_old", state, detail }, ...change });
  const target = targetOf(deps, renewal);
  const previous = target === undefined ? ({ ok: true, secret: null } as const) : await deps.writer.previous(target);
  const decide = async (): Promise<MayEndOld> => mayEndOld(renewal, previous, await fingerprints(deps));
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
    const answer = await deps.revoke(old, current, credentials);
    const found = { old: await deps.examine(watch, old), current: await deps.examine(watch, current) };
    const { state, detail } = endedOld(found, answer.ok ? null : answer.message);
    const over = state === "done" ? "done" : detail.kind === "both_dead" ? "failed" : undefined;
    const done = await settle(state, detail, { outcome: over });
    const ended = over === undefined ? done : await withoutCopy(deps, done);
    await inspectConcerned(deps, renewal);
    return ended;
  });
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

async function putBack(deps: RenewerDeps, renewal: Renewal, by: Actor): Promise<Renewed> {
  const { watch, before, after } = renewal;
  const target = targetOf(deps, renewal);
  if (target === undefined || before === null || after === null) return no({ kind: "not_now" });
  const previous = await deps.writer.previous(target);
  if (!previous.ok) return no({ kind: "cannot_write", message: previous.message });
  const place = await deps.writer.check(target);
  // A crash after the write of an earlier try leaves the old value in its place.
  const isBack = place.ok && place.secret !== null && fingerprintOf(place.secret) === before.fingerprint;
  const old = isBack ? place.secret : previous.secret;
  if (old === null) return no({ kind: "cannot_write", message: "No copy of the old token was kept." });
  if (fingerprintOf(old) !== before.fingerprint)
    return no({ kind: "cannot_write", message: "The kept copy is not the old token of this renewal." });
  if (!mayPutBack(renewal, await examined(deps, watch, old))) return no({ kind: "dead_token" });
  if (!isBack) {
    const written = await deps.writer.putBack(target, after.fingerprint);
    if (!written.ok) {
      const changed = "Another program changed the place since the new token was saved.";
      return no({ kind: "cannot_write", message: written.kind === "changed" ? changed : written.message });
    }
  }
  const previousKept = await dropPrevious(deps, watch, target);
  const reading = await deps.readSource(watch);
  const isRead = reading.ok && fingerprintOf(reading.secret) === before.fingerprint;
  const unread: Detail = reading.ok
    ? { kind: reading.note === null ? "other_token" : "restart_bot" }
    : { kind: "not_read", message: reading.message };
  const done = await saved(deps, renewal, {
    by,
    outcome: "put_back",
    fields: { previousKept },
    ...(!isRead && { result: { step: "read_back", state: "not_proven", detail: unread } }),
  });
  await inspectConcerned(deps, renewal);
  return done;
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

function examined(deps: RenewerDeps, watch: string, secret: Secret): ReturnType<RenewerDeps["examine"]> {
  return holdDuring([secret], () => deps.examine(watch, secret));
}

async function saved(deps: RenewerDeps, renewal: Renewal, change: Change): Promise<Renewed> {
  const next = await saveStep(deps, renewal, change);
  return next === undefined ? no({ kind: "busy" }) : { ok: true, renewal: next };
}

function no(obstacle: Obstacle): Renewed {
  return { ok: false, obstacle };
}
