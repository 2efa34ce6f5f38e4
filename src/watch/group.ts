import type { Alert } from "./alert.ts";

/** Alerts of one cause in one channel that one message shows. */
export interface Group {
  readonly id: string;
  /** Stands for the cause (`causeOf` of its alerts). */
  readonly cause: string;
  readonly channel: string;
  readonly openedAt: Date;
  /** When people were last told in a way they must notice; null before the first post. */
  readonly spokeAt: Date | null;
  /** When the last alert left it for another message; absent while it shows any. */
  readonly leftAt?: Date;
}

/** One alert in a group, with how much of it the group's message and thread show. */
export interface GroupMember {
  readonly alert: Alert;
  readonly deliveredRevision: number;
  readonly repliedRevision: number;
  /** The highest revision that was told elsewhere because the channel refuses it. */
  readonly fallbackRevision: number;
}

/** An alert that may join a group: open, of a known cause. */
export interface GroupCandidate {
  readonly id: string;
  readonly cause: string;
  readonly channel: string;
  /** It has a message of its own, or is in a group: it only counts. */
  readonly settled: boolean;
  /** The open group it is in; null when none. */
  readonly group: string | null;
}

/** Alerts to be shown by one group; `group` is the id of an open one or of a new one. */
export interface Grouping {
  readonly group: string;
  readonly cause: string;
  readonly channel: string;
  readonly alerts: readonly string[];
}
