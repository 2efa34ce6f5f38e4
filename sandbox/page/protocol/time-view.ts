export const MOVES = ["hour", "day", "threshold", "sixty_days"] as const;
export type Move = (typeof MOVES)[number];

/** Hours on the sandbox's clock per real second. */
export const SPEEDS = [1, 6, 24] as const;
export type Speed = (typeof SPEEDS)[number];

/** The sandbox's clock and its movement. Times are ISO 8601. */
export interface TimeView {
  readonly now: string;
  /** Null while the clock stands still. `to` is null while time plays without an end. */
  readonly running: { readonly from: string; readonly to: string | null } | null;
  /** The next threshold of any deployed token; null when none is known. */
  readonly nextThreshold: { readonly at: string; readonly watch: string; readonly what: string } | null;
  /** The latest news of the running journey, oldest first. Empty while the clock stands still. */
  readonly news: readonly NewsView[];
}

/** One message of the bot, or several reminders in a row. */
export interface NewsView {
  readonly at: string;
  /** Plain words: "support-prod: Got worse". */
  readonly text: string;
}
