import { isPast } from "../../token/expiry.ts";
import { isDead } from "../../token/findings/finding.ts";
import { fingerprintOf, type Secret } from "../../token/secret/secret.ts";
import type { Verdict } from "../../token/verdict.ts";
import type { Detail } from "../detail.ts";
import type { Held } from "../ports.ts";
import type { Renewal, StepState } from "../renewal.ts";
import { isSameString, isSettled, resultOf } from "./steps.ts";

/** Whether the old token may be ended now. */
export type MayEndOld =
  | { readonly kind: "may"; readonly old: Secret }
  /** There is nothing to end. */
  | { readonly kind: "skip"; readonly detail: Detail }
  /** A watch still uses the old token, or the old token cannot be read now. */
  | { readonly kind: "refuse"; readonly detail: Detail }
  | { readonly kind: "not_now" };

/**
 * Whether the old token may be ended. Pure. Only after `in_use`, and never while the last fingerprint of any watch is
 * the old one.
 * @param previous the kept old value
 * @param fingerprints the last fingerprint of every watch, by name
 */
export function mayEndOld(
  renewal: Renewal,
  previous: Held,
  fingerprints: ReadonlyMap<string, string>,
  now: Date,
): MayEndOld {
  if (renewal.endedAt !== null || renewal.working || !isSettled(renewal, "in_use") || isSettled(renewal, "end_old"))
    return { kind: "not_now" };
  const nothing = nothingToEnd(renewal, now);
  if (nothing !== null) return { kind: "skip", detail: nothing };
  // A failed read may pass, so the button stays.
  if (!previous.ok) return { kind: "refuse", detail: { kind: "not_ended", message: previous.message } };
  if (previous.secret === null) return notReadable("No copy of the old token was kept.");
  if (fingerprintOf(previous.secret) !== renewal.before?.fingerprint)
    return notReadable("The kept copy is not the old token of this renewal.");
  const watches = [...fingerprints].filter(([, used]) => used === renewal.before?.fingerprint).map(([watch]) => watch);
  return watches.length > 0
    ? { kind: "refuse", detail: { kind: "old_still_used", watches } }
    : { kind: "may", old: previous.secret };
}

/** Why there is no old token to end, as far as the renewal itself says. Null when there may be one. */
export function nothingToEnd(renewal: Pick<Renewal, "before" | "after" | "previousKept">, now: Date): Detail | null {
  const { before } = renewal;
  if (before === null) return { kind: "no_old_token" };
  if (isSameString(renewal)) return { kind: "same_string" };
  if (before.dead === true || isPast(before.expiry, now)) return { kind: "old_already_dead" };
  return renewal.previousKept ? null : { kind: "old_not_readable", message: "No copy of the old token was kept." };
}

/** The result of the step `end_old`. Only an inspection of both tokens decides it, never Meta's answer. */
export function endedOld(
  { old, current }: { readonly old: Verdict; readonly current: Verdict },
  refusal: string | null,
): { readonly state: StepState; readonly detail: Detail } {
  const oldDead = isDead(old.state);
  if (oldDead && isDead(current.state)) return { state: "failed", detail: { kind: "both_dead" } };
  if (oldDead && current.alive === true) return { state: "done", detail: { kind: "ended" } };
  if (isDead(current.state)) return { state: "failed", detail: { kind: "new_dead" } };
  if (oldDead) {
    const message = current.failure?.message ?? "Meta does not say that it is alive.";
    return { state: "not_proven", detail: { kind: "new_not_checked", message } };
  }
  const message = refusal ?? old.failure?.message ?? "A check did not find that the old token is dead.";
  return old.alive === true
    ? { state: "failed", detail: { kind: "not_ended", message } }
    : { state: "not_proven", detail: { kind: "revoke_unanswered", message } };
}

/** True when the bot asked Meta to revoke the old token, and no check has found out yet how that ended. */
export function mayBeRevoked(renewal: Pick<Renewal, "steps">): boolean {
  const kind = resultOf(renewal, "end_old")?.detail.kind;
  return kind === "revoke_unanswered" || kind === "new_not_checked";
}

/** True while the old token can be put back: after `write`, until `end_old`. */
export function canPutBack(renewal: Renewal): boolean {
  const result = resultOf(renewal, "end_old");
  return (
    renewal.endedAt === null &&
    !renewal.working &&
    renewal.previousKept &&
    renewal.before !== null &&
    renewal.before.dead !== true &&
    !isSameString(renewal) &&
    resultOf(renewal, "write")?.state === "done" &&
    !isSettled(renewal, "end_old") &&
    result?.detail.kind !== "both_dead"
  );
}

/**
 * Whether the old token may be put back. Never a dead one, and without an answer of Meta never one that the bot may have
 * revoked. Pure.
 */
export function mayPutBack(renewal: Renewal, old: Verdict): boolean {
  return canPutBack(renewal) && !isDead(old.state) && (old.alive === true || !mayBeRevoked(renewal));
}

function notReadable(message: string): MayEndOld {
  return { kind: "skip", detail: { kind: "old_not_readable", message } };
}
