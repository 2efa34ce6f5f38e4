import type { Alert, Reason } from "../../../../src/watch/alert.ts";
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

/** The words that a round adds to an alert: its first post, and each reply. */
export const wordsAt = (alert: Alert, at: Date): readonly Reason[] => {
  const replies = alert.replies.filter((reply) => reply.by === null && reply.at.getTime() === at.getTime());
  const opened = alert.openedAt.getTime() === at.getTime() && alert.resolvedAt === null;
  const first: Reason = alert.kind === "problem" ? "first" : "not_checked";
  return [...(opened ? [first] : []), ...replies.map(({ reason }) => reason)];
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
        const { checkedAt: at, state } = outcome;
        const { alert } = state;
        if (alert !== null)
          for (const reason of wordsAt(alert, at))
            said.push({ watch: claim.watch, at, reason, severity: alert.severity });
        emit();
        return true;
      },
      changeAlert: async (id, change) => {
        const alert = await store.changeAlert(id, change);
        emit();
        return alert;
      },
      changeGroup: async (id, change) => {
        const changed = await store.changeGroup(id, change);
        emit();
        return changed;
      },
    },
  };
}
