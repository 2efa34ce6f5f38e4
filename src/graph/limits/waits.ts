import { HOUR_MS, MINUTE_MS } from "../../token/duration.ts";
import type { GraphHeaders } from "../raw-reply.ts";
import { headerOf } from "../headers.ts";

/** The wait after a limit that states no time. */
export const LIMIT_WITHOUT_TIME_MS = 15 * MINUTE_MS;

/** Reads `Retry-After`, in seconds or as a date. Returns null when it is absent, past or unreadable. */
export function retryAfterMs(headers: GraphHeaders, now: Date): number | null {
  const text = headerOf(headers, "retry-after")?.trim();
  if (text === undefined || text === "") return null;
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return Number.isNaN(ms) ? null : within(ms);
}

/** The wait after a limit: the longest wait that the response states, else 15 minutes. */
export function throttledMs(headers: GraphHeaders, now: Date): number {
  return Math.max(retryAfterMs(headers, now) ?? 0, regainAccessMs(headers) ?? 0) || LIMIT_WITHOUT_TIME_MS;
}

/** Limits count by the hour, so a longer wait is a mistake. */
const LONGEST_MS = 24 * HOUR_MS;

function within(ms: number): number | null {
  return ms > 0 ? Math.min(ms, LONGEST_MS) : null;
}

function minutesIn(entry: unknown): number {
  if (typeof entry !== "object" || entry === null || !("estimated_time_to_regain_access" in entry)) return 0;
  const minutes = Number(entry.estimated_time_to_regain_access);
  return Number.isNaN(minutes) ? 0 : minutes;
}

/**
 * The largest `estimated_time_to_regain_access` of `X-Business-Use-Case-Usage`, which Meta gives in minutes (rate
 * limiting overview, read 2026-11).
 */
function regainAccessMs(headers: GraphHeaders): number | null {
  const text = headerOf(headers, "x-business-use-case-usage");
  if (text === undefined) return null;
  try {
    const usage: unknown = JSON.parse(text);
    const entries = typeof usage === "object" && usage !== null ? Object.values(usage).flat() : [];
    return within(Math.max(0, ...entries.map(minutesIn)) * MINUTE_MS);
  } catch {
    return null;
  }
}
