import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/token/duration.ts";
import type { Played } from "./play-week.ts";

/** The Markdown table of docs/scale.md. */
export function tableOf(played: readonly Played[]): string {
  const rows = played.map(({ tokens, users, limit, checksPerDay, worstDelayMs, neverChecked, peakPercent, over }) => [
    grouped(tokens),
    grouped(users),
    grouped(limit),
    checksPerDay >= 10 ? checksPerDay.toFixed(0) : checksPerDay.toFixed(2),
    neverChecked === 0
      ? spanOf(worstDelayMs)
      : `more than ${spanOf(worstDelayMs)}: ${grouped(neverChecked)} never checked`,
    `${String(peakPercent)} %`,
    String(over),
  ]);
  return [HEAD, HEAD.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const HEAD = [
  "tokens",
  "daily users of the app",
  "calls an hour that Meta allows",
  "checks of a token in a day",
  "longest time until a revocation is found",
  "highest use of the limit",
  "calls over the limit",
];

function grouped(number: number): string {
  return number.toLocaleString("en");
}

/** "19 minutes", "5.2 hours" or "6.9 days". */
function spanOf(ms: number): string {
  if (ms < 2 * HOUR_MS) return `${String(Math.round(ms / MINUTE_MS))} minutes`;
  return ms < 2 * DAY_MS ? `${(ms / HOUR_MS).toFixed(1)} hours` : `${(ms / DAY_MS).toFixed(1)} days`;
}
