import type { Alert, Reply } from "./alert.ts";
import type { EscalationMessage } from "./escalate.ts";
import type { HistoryEntry } from "./history.ts";

/** A change of one alert with its consequences, saved in one transaction. */
export interface AlertChange<NewMessage = EscalationMessage> {
  /** The new state, with its revision raised by one. With the old revision, nothing changed. */
  readonly alert: Alert;
  readonly at: Date;
  /** The replies for its thread, in this order. */
  readonly replies: readonly Reply[];
  readonly history: readonly HistoryEntry[];
  /** Further messages to send. They mention this alert. */
  readonly messages: readonly NewMessage[];
}
