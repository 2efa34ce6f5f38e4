import type { Finding, State } from "../token/findings/finding.ts";
import type { Evidence, InspectionFailure } from "../token/inspection.ts";
import type { Reason } from "./alert.ts";

/** The reason of a history line; words/ has its text. */
export type HistoryCause =
  | { readonly kind: "finding"; readonly finding: Finding }
  | { readonly kind: "failure"; readonly failure: InspectionFailure }
  /** The text that older versions stored. */
  | { readonly kind: "text"; readonly text: string };

/** One line of a watch's history: a change of its state or alert, or a person's action. */
export interface HistoryEntry {
  readonly watch: string;
  readonly at: Date;
  /** The alert of the line; null when no alert was open. */
  readonly alert: string | null;
  /** `edited`: the state changed without a reply. */
  readonly reason: Reason | "edited";
  /** The state before and after; `unknown` before the first answer. Equal for a person's action. */
  readonly from: State;
  readonly to: State;
  /** The leading finding or failure; null when there is nothing to say. */
  readonly cause: HistoryCause | null;
  readonly evidence: Evidence | null;
  /** Slack user ID of the person; null when the bot acted by itself. */
  readonly by: string | null;
  /** For a snooze: the person's reason. */
  readonly remark: string | null;
  /** For a snooze: its end. */
  readonly until: Date | null;
}
