import { HOUR_MS } from "../../token/duration.ts";
import { ageMs } from "../../token/set-back.ts";
import type { Usage } from "../../watch/budget/budget.ts";
import { REDUCED_FROM } from "../../watch/budget/pace.ts";
import { keyOf, type ReadAccount } from "./account-rests.ts";
import { LIMIT_WITHOUT_TIME_MS } from "./waits.ts";

/**
 * Turns of the tokens that read one WhatsApp account. Meta limits the reads of an account by each app, and reports the
 * used share (rate limiting overview, read 2026-11). Near the limit, there is a pause between two turns.
 */
export interface AccountTurns {
  /** True when the account may be read now. Then the next turn is after a pause. */
  readonly take: (account: ReadAccount) => boolean;
  /** Takes over what the answer to a read says about the limit. */
  readonly answered: (account: ReadAccount, usage: Usage) => void;
}

export function createAccountTurns(now: () => Date): AccountTurns {
  /** Accounts near their limit. Those whose share was reported longest ago come first. */
  const accounts = new Map<string, NearLimit>();
  return {
    take: (account) => {
      const near = accounts.get(keyOf(account));
      if (near === undefined || !isRecent(near, now())) return true;
      if (ageMs(near.turnAt, now()) < near.pauseMs) return false;
      near.turnAt = now();
      return true;
    },
    answered: (account, { percent, waitMs }) => {
      // Meta leaves the header out at times. Until the old share has aged, it still counts.
      if (percent === null) return;
      const key = keyOf(account);
      const at = now();
      accounts.delete(key);
      const pauseMs = waitMs ?? pauseAt(percent);
      if (pauseMs > 0) accounts.set(key, { at, pauseMs, turnAt: at });
      for (const [first, near] of accounts) {
        if (isRecent(near, at)) break;
        accounts.delete(first);
      }
    },
  };
}

interface NearLimit {
  /** The time of the answer that reported the share. */
  readonly at: Date;
  readonly pauseMs: number;
  /** The start of the last turn, or the end of its read. */
  turnAt: Date;
}

/** Meta counts the calls of one hour. */
function isRecent({ at }: NearLimit, now: Date): boolean {
  return ageMs(at, now) < HOUR_MS;
}

/** The pause grows from nothing at `REDUCED_FROM` to the wait after a limit. */
function pauseAt(percent: number): number {
  return (LIMIT_WITHOUT_TIME_MS * Math.max(0, percent - REDUCED_FROM)) / (100 - REDUCED_FROM);
}
