import type { WatchState } from "./alert.ts";
import type { WatchSnapshot } from "./watch-snapshot.ts";

/**
 * Updates the alert to the current configuration of its watch, such as its channel and owner. Undefined when nothing
 * changed.
 */
export function followSnapshot(state: WatchState, card: WatchSnapshot): WatchState | undefined {
  const { alert } = state;
  if (alert === null) return undefined;
  const isSame = FOLLOWED.every((field) => JSON.stringify(alert.card[field]) === JSON.stringify(card[field]));
  return isSame ? undefined : { ...state, alert: { ...alert, card } };
}

/** The fields that update an open alert. `source` is left out, because its remark can change with each reading. */
const FOLLOWED = [
  "channel",
  "owner",
  "oncall",
  "consumers",
  "phoneNumberId",
  "whatsappBusinessAccountId",
  "appId",
] as const satisfies readonly (keyof WatchSnapshot)[];
