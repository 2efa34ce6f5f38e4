import type { Policy } from "../token/policy.ts";
import type { Escalation } from "./escalate.ts";
import type { WatchSnapshot } from "./watch-snapshot.ts";

/** The rules for notifications. All watches share them, except `policy` and `card`. */
export interface AlertRules {
  readonly card: WatchSnapshot;
  readonly policy: Pick<Policy, "warnAt">;
  /** Milliseconds of failing checks before an alert says so. */
  readonly unknownAfterMs: number;
  /** Milliseconds between reminders of a critical alert. */
  readonly repeatCriticalMs: number;
  readonly escalation: Escalation;
  /** Creates the ID of a new alert. */
  readonly newId: () => string;
}

/**
 * Failed tries before an alert says "could not check". `ours`: a mistake that an operator must correct; waiting does
 * not help. `theirs`: trouble at Meta or in the network, which often passes by itself.
 */
export const TRIES = { ours: 2, theirs: 3 } as const;
