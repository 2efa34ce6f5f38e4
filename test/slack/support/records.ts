import type { Undelivered } from "../../../src/outbox/outbox.ts";
import type { SlackDeps } from "../../../src/slack/requests/deps.ts";
import { readsOf, waitingOf } from "../../support/watch-reads.ts";
import type { ListedWatch } from "../../../src/slack/requests/deps.ts";
import type { Alert } from "../../../src/alert/alert.ts";
import { NEW_WATCH, type WatchState } from "../../../src/alert/alert.ts";
import type { WatchRecord } from "../../../src/watch/ports.ts";
import { aCard, after, anAlert, NOW } from "../../support/builders.ts";

/** A watch as the store remembers it, checked just now. */
export const aRecord = (
  name: string,
  state: Partial<WatchState> = {},
  fields: Partial<WatchRecord> = {},
): WatchRecord => ({
  name,
  state: { ...NEW_WATCH, ...state },
  checkedAt: NOW,
  nextDueAt: after(900_000),
  owed: false,
  undelivered: null,
  ...fields,
});

/** One with an open alert about what it was last answered. */
export const anAlerted = (name: string, alert: Partial<Alert> = {}, fields: Partial<WatchRecord> = {}): WatchRecord => {
  const open = anAlert({ id: `alert-${name}`, card: aCard({ name }), ...alert });
  return aRecord(name, { verdict: open.verdict, alert: open, failing: open.failing }, fields);
};

/** The watch in the configuration. */
export const listedAs = (name: string, sourceNote: string | null = null): ListedWatch => ({
  ...aCard({ name }),
  sourceNote,
});

/** The parts of the store that show watches, over these records. */
export const storeOf = (
  records: readonly WatchRecord[],
  undelivered: readonly Undelivered[] = [],
): Pick<SlackDeps, "watches" | "outbox"> => ({
  watches: readsOf(records),
  outbox: { ...waitingOf(records), undelivered: () => Promise.resolve(undelivered) },
});

/** The same parts of a store that does not answer. */
export const brokenStore = (message: string): Pick<SlackDeps, "watches" | "outbox"> => {
  const fail = (): Promise<never> => Promise.reject(new Error(message));
  const { watches, outbox } = storeOf([]);
  return {
    watches: { ...watches, find: fail, worst: fail, tally: fail, names: fail, holders: fail },
    outbox: { ...outbox, undelivered: fail, refusedAlerts: fail, heldAlerts: fail },
  };
};
