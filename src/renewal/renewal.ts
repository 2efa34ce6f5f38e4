// renewal/ is the core that replaces the token of one watch, step by step. It decides what may follow what, who may do
// it, and what a new token loses. It imports token/, guide/ and alert/, and reaches Meta, disk and store through
// ports.ts. A renewal never holds a token, only fingerprints.
import type { WatchSnapshot } from "../alert/watch-snapshot.ts";
import type { Expiry } from "../token/expiry.ts";
import type { Detail } from "./detail.ts";

/** The steps, in their order. */
export const STEPS = ["obtain", "test", "write", "read_back", "in_use", "end_old"] as const;
export type Step = (typeof STEPS)[number];

/** `refresh`: Meta's exchange call makes the new token. `given`: a person makes it and pastes it. */
export const WAYS = ["refresh", "given"] as const;
export type Way = (typeof WAYS)[number];

export const STEP_STATES = ["done", "failed", "skipped", "not_proven"] as const;
export type StepState = (typeof STEP_STATES)[number];

/** The last result of one step. A step that was not begun has none. */
export interface StepResult {
  readonly step: Step;
  readonly state: StepState;
  readonly detail: Detail;
  readonly at: Date;
  readonly by: Actor;
}

/** The one that acts: a person in Slack, a person in a terminal, or the bot by itself. */
export type Actor = { readonly kind: "slack"; readonly user: string } | { readonly kind: "terminal" | "bot" };

/** What may be kept about a token. */
export interface TokenTrace {
  readonly fingerprint: string;
  readonly expiry: Expiry;
  /** Set: Meta had said that it was dead when the renewal began. Rows of earlier versions never have it. */
  readonly dead?: true | undefined;
}

/** How a renewal ended. */
export const OUTCOMES = ["done", "failed", "cancelled", "interrupted", "timed_out", "put_back", "unwatched"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One line of the checklist of a pasted token. Only what Graph proved is ticked. */
export interface ChecklistItem {
  readonly item: "app" | "system_user" | "permission" | "phone" | "account" | "expiry";
  /** The permission, or the ID of the number or account; null for the other items. */
  readonly name: string | null;
  readonly proven: boolean;
}

/** The place where a renewal saves the token. */
export interface Place {
  /** The same for every watch that saves there. One renewal per key at a time. */
  readonly key: string;
  /** For people: `file /run/secrets/wa_token`. Never a command's arguments. */
  readonly label: string;
}

/** The replacement of one watch's token. At most one is open per watch, over all replicas. */
export interface Renewal {
  readonly id: string;
  readonly watch: string;
  /** The watch when the renewal started. The message shows it, and goes to its channel. */
  readonly card: WatchSnapshot;
  readonly way: Way;
  readonly startedBy: Actor;
  readonly startedAt: Date;
  /** Null: nothing is configured, so a person saves the token. */
  readonly place: Place | null;
  /** The last result of each step, in the order of the steps. */
  readonly steps: readonly StepResult[];
  /** Of the last pasted token; empty before the first one. */
  readonly checklist: readonly ChecklistItem[];
  /** Null: the watch never had a token that Graph answered for. */
  readonly before: TokenTrace | null;
  /** Null until the new token was tested. Stored before anything is written. */
  readonly after: TokenTrace | null;
  /** Readings in a row in which every proof gave only the new fingerprint. */
  readonly seenInUse: number;
  /** Set while one program obtains, tests and writes in memory. A crash leaves it set. */
  readonly working: boolean;
  /** True once the thread said that a step has waited for a day. */
  readonly dayTold: boolean;
  /** True while `.previous` may hold the old value. */
  readonly previousKept: boolean;
  readonly endedAt: Date | null;
  /** Null while open. */
  readonly outcome: Outcome | null;
  /** Every change raises it by one. The store refuses to save an older revision. */
  readonly revision: number;
}
