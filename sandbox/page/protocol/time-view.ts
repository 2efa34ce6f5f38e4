export const MOVES = ["hour", "day", "threshold", "sixty_days"] as const;
export type Move = (typeof MOVES)[number];

/** Sandbox hours per second of ours. */
export const SPEEDS = [1, 6, 24] as const;
export type Speed = (typeof SPEEDS)[number];

/** The sandbox's clock, and what moves it. Times are ISO 8601. */
export interface TimeView {
  readonly now: string;
  /** Null while the clock stands. `to` is null while time plays on without an end. */
  readonly running: { readonly from: string; readonly to: string | null } | null;
  /** What comes next for any deployed token; null: nothing that is known. */
  readonly nextThreshold: { readonly at: string; readonly watch: string; readonly what: string } | null;
}
