import { DAY_MS } from "../token/duration.ts";

/** The time left as ten cells, "▓▓▓▓░░░░░░" for 23 days. The bar is empty only when no time is left. */
export function daysBar(leftMs: number): string {
  const filled = Math.min(CELLS, Math.max(0, Math.ceil((leftMs / FULL_MS) * CELLS)));
  return "▓".repeat(filled) + "░".repeat(CELLS - filled);
}

const CELLS = 10;

/** A full bar is the lifetime of a token that Meta calls long-lived. */
const FULL_MS = 60 * DAY_MS;
