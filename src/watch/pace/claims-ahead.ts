import { ageMs } from "../../token/set-back.ts";
import type { Claim } from "../ports.ts";

export interface ClaimsAheadDeps {
  /** Claims up to this many watches. Undefined when the store fails. */
  readonly claim: (most: number) => Promise<readonly Claim[] | undefined>;
  /** Releases claims without a result. */
  readonly release: (claims: readonly Claim[]) => Promise<void>;
  /** The most claims that may wait. */
  readonly most: () => number;
  readonly now: () => Date;
  /** Called when claims arrived, or when the store has no more. */
  readonly changed: () => void;
}

/** Claims watches in batches, ahead of the inspections, so that no inspection waits for the store. */
export interface ClaimsAhead {
  /** The next claimed watch. Undefined: none waits now. */
  readonly next: () => Claim | undefined;
  /** Claims more when few wait. Only one claim runs at a time. */
  readonly refill: () => void;
  /** Looks into the store again, because a watch became free. */
  readonly lookAgain: () => void;
  readonly waiting: () => number;
  /** True: no claim waits, and the store has no more. */
  readonly isEmpty: () => boolean;
  /** Releases the waiting claims. */
  readonly giveBack: () => Promise<void>;
}

export function createClaimsAhead({ claim, release, most, now, changed }: ClaimsAheadDeps): ClaimsAhead {
  let waiting: Waiting[] = [];
  let mayBeMore = true;
  let working: Promise<void> | undefined;

  const claimMore = async (limit: number): Promise<void> => {
    // Reset before the claim, because a watch that becomes free during the claim needs another claim.
    mayBeMore = false;
    const at = now();
    const claims = await claim(limit);
    if (claims === undefined) return;
    // After fewer claims than asked for, the store may still have more: it may have failed after these.
    mayBeMore ||= claims.length > 0;
    waiting = [...waiting, ...claims.map((one) => ({ claim: one, at }))];
  };

  const work = (step: Promise<void>): void => {
    working = step.finally(() => {
      working = undefined;
      changed();
    });
  };

  const giveBack = async (): Promise<void> => {
    const claims = waiting.map((one) => one.claim);
    waiting = [];
    await release(claims);
  };

  return {
    next: () => {
      const [first] = waiting;
      if (first === undefined) return undefined;
      if (ageMs(first.at, now()) < STALE_AFTER_MS) return waiting.shift()?.claim;
      // The later ones may be stale too, and all of them can be claimed again at once.
      if (working === undefined) {
        mayBeMore = true;
        work(giveBack());
      }
      return undefined;
    },
    refill: () => {
      const limit = most();
      if (working === undefined && mayBeMore && waiting.length <= limit * REFILL_BELOW)
        work(claimMore(limit - waiting.length));
    },
    lookAgain: () => {
      mayBeMore = true;
    },
    waiting: () => waiting.length,
    isEmpty: () => waiting.length === 0 && !mayBeMore && working === undefined,
    giveBack: async () => {
      await working;
      await giveBack();
    },
  };
}

/** A claim that waited longer is not begun: its lease could end before its inspection. */
const STALE_AFTER_MS = 30_000;

/** The share of the limit at which more watches are claimed, so that claims are few and large. */
const REFILL_BELOW = 0.25;

interface Waiting {
  readonly claim: Claim;
  readonly at: Date;
}
