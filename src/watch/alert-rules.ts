import type { Policy } from "../token/policy.ts";
import type { Escalation } from "./escalate.ts";
import type { WatchCard } from "./watch.ts";

/** When people are told; the same for every watch but for its own policy and card. */
export interface AlertRules {
  readonly card: WatchCard;
  readonly policy: Pick<Policy, "warnAt">;
  /** How long "could not find out" stays quiet. */
  readonly unknownAfterMs: number;
  /** A critical alert speaks again after this long. */
  readonly repeatCriticalMs: number;
  readonly escalation: Escalation;
  /** Names a new alert. */
  readonly newId: () => string;
}

/**
 * Failed tries before "could not check" becomes an alert. `ours`: a mistake that an operator must correct; waiting does not
 * help. `theirs`: trouble at Meta or in the network, which often passes by itself.
 */
export const TRIES = { ours: 2, theirs: 3 } as const;
