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
