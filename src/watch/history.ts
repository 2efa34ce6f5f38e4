import type { State } from "../token/finding.ts";
import type { Evidence } from "../token/inspection.ts";
import type { Reason } from "./alert.ts";

/** One line of a watch's history: how its state or its alert moved, or what a person did about it. */
export interface HistoryEntry {
  readonly watch: string;
  readonly at: Date;
  /** The alert that it belongs to; null when no alert was open. */
  readonly alert: string | null;
  /** `edited`: the state moved without a word to anybody. */
  readonly reason: Reason | "edited";
  /** The state before and after; `unknown` before the first answer. The same in what a person did. */
  readonly from: State;
  readonly to: State;
  /** Why, in one sentence: the leading finding or failure; null when there is nothing to say. */
  readonly cause: string | null;
  readonly evidence: Evidence | null;
  /** Slack user id of the person; null when nobody asked for it. */
  readonly by: string | null;
  /** Of a snooze: the reason in that person's words. */
  readonly remark: string | null;
  /** Of a snooze: its end. */
  readonly until: Date | null;
}
