import type { WatchState } from "./alert.ts";
import type { WatchCard } from "./watch.ts";

/** Not the source: its remark comes and goes with what a reading said. */
const FOLLOWED = [
  "channel",
  "owner",
  "oncall",
  "consumers",
  "phoneNumberId",
  "whatsappBusinessAccountId",
  "appId",
] as const satisfies readonly (keyof WatchCard)[];

/**
 * The state with what the configuration says by now of an alert's watch: where it is told, and whom it concerns.
 * Undefined when it says what it said.
 */
export const followCard = (state: WatchState, card: WatchCard): WatchState | undefined => {
  const { alert } = state;
  if (alert === null) return undefined;
  const isSame = FOLLOWED.every((field) => JSON.stringify(alert.card[field]) === JSON.stringify(card[field]));
  return isSame ? undefined : { ...state, alert: { ...alert, card } };
};
