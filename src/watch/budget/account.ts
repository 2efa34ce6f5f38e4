import { HOUR_MS } from "../../token/duration.ts";
import { notAfter } from "../../token/set-back.ts";
import { afterAnswer, atTime, type Budget, newBudget, sharedBudget, type Usage } from "./budget.ts";
import { addChecks, checksOf } from "./check-counts.ts";
import { paceOf, roomFor, SAVED_UP_MS } from "./pace.ts";

/** The budget of one Meta app with this program's own checks. */
export interface Account {
  readonly budget: Budget;
  /** Checks of this program that began and have not ended. */
  readonly running: number;
  /** At a reduced pace, the checks that may begin at `savedAt`. It grows with time. */
  readonly saved: number;
  readonly savedAt: Date;
  /** Checks of the last hour that the shared budget does not count yet. */
  readonly unshared: number;
}

export function newAccount(now: Date): Account {
  return { budget: newBudget(now), running: 0, saved: 0, savedAt: now, unshared: 0 };
}

/** The account without times in the future. Call it before every look at a kept account. */
export function accountAt(account: Account, now: Date): Account {
  const budget = atTime(account.budget, now);
  // The other programs count them as checks of now, so older checks must not be among them.
  const unshared = Math.min(account.unshared, checksOf(budget.counts, now));
  return { ...account, budget, savedAt: notAfter(account.savedAt, now), unshared };
}

/** The number of checks that may begin now. */
export function allowedChecks(account: Account, now: Date): number {
  const { budget, running } = account;
  const pace = paceOf(budget, now);
  switch (pace.kind) {
    case "paused":
      return 0;
    case "trying":
      return running === 0 ? 1 : 0;
    case "normal":
      return roomFor(budget, running, now) || (running === 0 ? 1 : 0);
    case "reduced":
      // One check at a time is always possible, because only an answer shows a lower share.
      return Math.min(
        Math.floor(savedAt(account, pace.perHour, now)),
        roomFor(budget, running, now) || (running === 0 ? 1 : 0),
      );
  }
}

/** Begins checks. */
export function beginChecks(account: Account, checks: number, now: Date): Account {
  const pace = paceOf(account.budget, now);
  const saved = pace.kind === "reduced" ? savedAt(account, pace.perHour, now) - checks : 0;
  return {
    budget: { ...account.budget, counts: addChecks(account.budget.counts, checks, now) },
    running: account.running + checks,
    saved: Math.max(saved, 0),
    savedAt: now,
    unshared: account.unshared + checks,
  };
}

/** Ends checks, with or without an answer. */
export function endChecks(account: Account, checks: number): Account {
  return { ...account, running: Math.max(0, account.running - checks) };
}

/** Takes over what an answer says. */
export function withAnswer(account: Account, usage: Usage, now: Date): Account {
  return withPace(account, afterAnswer(account.budget, usage, now), now);
}

/**
 * Takes over what all programs know together.
 * @param shared the budget after `counted` checks of this program were added to it
 */
export function withShared(account: Account, shared: Budget, counted: number, now: Date): Account {
  const unshared = Math.max(0, account.unshared - counted);
  return { ...withPace(account, sharedBudget(account.budget, shared, unshared, now), now), unshared };
}

/** The saved checks now. A clock that jumps ahead adds at most those of `SAVED_UP_MS`, and one that is set back none. */
function savedAt({ saved, savedAt: at }: Account, perHour: number, now: Date): number {
  const most = Math.max(1, (perHour * SAVED_UP_MS) / HOUR_MS);
  const passedMs = Math.max(0, now.getTime() - at.getTime());
  return Math.min(most, saved + (perHour * passedMs) / HOUR_MS);
}

/** A reduced pace begins without saved checks. While it lasts, each rate counts from the report that gave it. */
function withPace(account: Account, budget: Budget, now: Date): Account {
  const before = paceOf(account.budget, now);
  const saved = before.kind === "reduced" ? savedAt(account, before.perHour, now) : 0;
  return { ...account, budget, saved, savedAt: now };
}
