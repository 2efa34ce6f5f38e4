import type { Alert, Reason, Word } from "../../../../src/watch/alert.ts";
import type { WatchStore } from "../../../../src/watch/ports.ts";
import { createSignal, type Signal } from "../signal.ts";

/** A word that a round said about a watch's alert. */
export interface SaidWord {
  readonly watch: string;
  readonly at: Date;
  readonly reason: Reason;
  readonly severity: Alert["severity"];
}

/** The bot's store, and what goes through it. */
export interface Journal extends Pick<Signal, "onChange"> {
  readonly store: WatchStore;
  /** Every word so far, oldest first. The store's history leaves reminders out: they move nothing. */
  readonly said: () => readonly SaidWord[];
}

/** What a round says of an alert: that it is new, and each word. */
export const reasonsOf = (alert: Alert, words: readonly Word[], at: Date): readonly Reason[] => {
  const opened = alert.openedAt.getTime() === at.getTime() && alert.resolvedAt === null;
  const first: Reason = alert.kind === "problem" ? "first" : "not_checked";
  return [...(opened ? [first] : []), ...words.map(({ reason }) => reason)];
};

/** Looks over the store's shoulder; nothing about the store is changed. */
export function createJournal(store: WatchStore): Journal {
  const { onChange, emit } = createSignal();
  const said: SaidWord[] = [];
  return {
    onChange,
    said: () => said,
    store: {
      ...store,
      saveRound: async (claim, outcome) => {
        const saved = await store.saveRound(claim, outcome);
        if (!saved) return false;
        const { checkedAt: at, state, words } = outcome;
        const { alert } = state;
        if (alert !== null)
          for (const reason of reasonsOf(alert, words, at))
            said.push({ watch: claim.watch, at, reason, severity: alert.severity });
        emit();
        return true;
      },
      changeAlerts: async (target, change) => {
        const changed = await store.changeAlerts(target, change);
        emit();
        return changed;
      },
    },
  };
}
