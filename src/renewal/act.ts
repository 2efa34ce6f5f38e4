import { holdDuring } from "../token/secret/held.ts";
import { fingerprintOf, type Secret } from "../token/secret/secret.ts";
import { type Claims, PATIENT_TRIES } from "./claim.ts";
import type { RenewerDeps } from "./deps.ts";
import type { Detail } from "./detail.ts";
import { dropPrevious } from "./drop-previous.ts";
import { canPutBack, mayPutBack } from "./rules/end-old.ts";
import { endOldToken } from "./end-old-token.ts";
import { missingWatch } from "./get-ready.ts";
import { inspectConcerned, look, targetOf } from "./look.ts";
import { actionsOf } from "./rules/next-step.ts";
import type { Actor, Renewal } from "./renewal.ts";
import type { Obstacle, Renewed, Renewer } from "./renewer.ts";
import { type Change, saveDone, saveStep } from "./save-step.ts";

/** What people do with an open renewal. */
export function createActs(
  deps: RenewerDeps,
  claims: Claims,
): Pick<Renewer, "confirmInUse" | "endOld" | "putBack" | "cancel"> {
  const claimed = async (id: string, work: (renewal: Renewal) => Promise<Renewed>): Promise<Renewed> => {
    const done = await claims.during(id, PATIENT_TRIES, async (renewal) => {
      if (renewal === undefined) return no({ kind: "no_renewal" });
      if (deps.card(renewal.watch) !== undefined) return work(renewal);
      // The renewal ends when its watch was removed.
      await look(deps, renewal);
      return no(missingWatch(deps, renewal.watch));
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
        return endOldToken(deps, renewal, by);
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
  const verdict = await examined(deps, watch, old);
  if (!mayPutBack(renewal, verdict))
    return no(
      verdict.failure === null ? { kind: "dead_token" } : { kind: "not_known", message: verdict.failure.message },
    );
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

function examined(deps: RenewerDeps, watch: string, secret: Secret): ReturnType<RenewerDeps["examine"]> {
  return holdDuring([secret], () => deps.examine(watch, secret));
}

async function saved(deps: RenewerDeps, renewal: Renewal, change: Change): Promise<Renewed> {
  const next = await saveDone(deps, renewal, change);
  return next === undefined ? no({ kind: "busy" }) : { ok: true, renewal: next };
}

function no(obstacle: Obstacle): Renewed {
  return { ok: false, obstacle };
}
