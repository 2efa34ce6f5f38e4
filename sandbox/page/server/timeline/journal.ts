import type { Alert, Reason } from "../../../../src/alert/alert.ts";
import type { State } from "../../../../src/token/findings/finding.ts";
import { reasonsOf } from "../../../../src/watch/forecast/reasons.ts";
import type { RoundResult, WatchStore } from "../../../../src/watch/ports.ts";
import { createSignal, type Signal } from "../signal.ts";

/** A message about a watch's alert that a check produced. */
export interface SaidWord {
  readonly watch: string;
  readonly at: Date;
  readonly reason: Reason;
  readonly severity: Alert["severity"];
  /** State of the watch after the check. */
  readonly state: State;
}

/** The bot's store, with a record of the messages that are saved to it. */
export interface Journal extends Pick<Signal, "onChange"> {
  readonly store: WatchStore;
  /** Every message so far, oldest first. The store's history has no reminders, because they do not change an alert. */
  readonly said: () => readonly SaidWord[];
}

/** Wraps the store and records its messages. The store itself works as before. */
export function createJournal(store: WatchStore): Journal {
  const { onChange, emit } = createSignal();
  const said: SaidWord[] = [];
  const record = (watch: string, { checkedAt: at, state, replies }: RoundResult["outcome"]): void => {
    const { alert } = state;
    if (alert === null) return;
    for (const reason of reasonsOf(alert, replies, at))
      said.push({ watch, at, reason, severity: alert.severity, state: alert.verdict?.state ?? "unknown" });
  };
  return {
    onChange,
    said: () => said,
    store: {
      ...store,
      saveRounds: async (batch) => {
        const saved = await store.saveRounds(batch);
        for (const [index, { claim, outcome }] of batch.entries())
          if (saved[index] === true) record(claim.watch, outcome);
        emit();
        return saved;
      },
      changeAlerts: async (target, change) => {
        const changed = await store.changeAlerts(target, change);
        emit();
        return changed;
      },
    },
  };
}
