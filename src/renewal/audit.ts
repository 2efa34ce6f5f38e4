import type { HistoryEntry } from "../alert/history.ts";
import type { State } from "../token/findings/finding.ts";
import type { Actor, Outcome, Step, StepResult } from "./renewal.ts";

/** One line of the audit. The store keeps it in the history, as long as history. */
export type AuditEntry =
  | { readonly kind: "alert"; readonly entry: HistoryEntry }
  | RenewalEntry
  | {
      readonly kind: "private_check";
      readonly at: Date;
      readonly by: Actor;
      /** Null: a pasted token without a watch. */
      readonly watch: string | null;
      readonly fingerprint: string;
      readonly state: State;
    }
  | {
      readonly kind: "refused";
      readonly at: Date;
      readonly by: Actor;
      readonly watch: string | null;
      /** The refused action. */
      readonly attempt: RenewalAction;
    };

/** A line of a renewal: a step, its start, or its end. The thread of its message shows it too. */
export interface RenewalEntry {
  readonly kind: "renewal";
  readonly at: Date;
  readonly by: Actor;
  readonly watch: string;
  readonly renewal: string;
  readonly event:
    | { readonly kind: "started" | "waits_a_day" }
    | { readonly kind: "step"; readonly result: StepResult }
    | { readonly kind: "ended"; readonly outcome: Outcome; readonly step: Step | null };
}

/** What a person can do in a renewal. */
export const RENEWAL_ACTIONS = ["renew", "paste", "confirm_in_use", "end_old", "put_back", "cancel"] as const;
export type RenewalAction = (typeof RENEWAL_ACTIONS)[number];
