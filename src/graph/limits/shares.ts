import { headerOf } from "../headers.ts";
import type { GraphHeaders } from "../raw-reply.ts";

/**
 * The largest share in `X-App-Usage`: `{"call_count":28,"total_time":25,"total_cputime":25}`, each in percent of what
 * the app may use in an hour (rate limiting overview, read 2026-11). At most 100. Null when the header is absent or
 * malformed.
 */
export function appShare(headers: GraphHeaders): number | null {
  return largestOf(sharesIn(objectIn(headers, "x-app-usage", LONGEST_APP_HEADER)));
}

/**
 * The largest share in `X-Business-Use-Case-Usage`: `{"<ID>":[{"call_count":28,"total_time":25,"total_cputime":25}]}`,
 * each in percent of what the app may use in an hour for a business account (rate limiting overview, read 2026-11). No
 * page says which ID stands for a WhatsApp account, so all of them count. At most 100. Null when the header is absent or
 * malformed.
 */
export function accountShare(headers: GraphHeaders): number | null {
  const usage = objectIn(headers, "x-business-use-case-usage", LONGEST_ACCOUNT_HEADER);
  return largestOf(Object.values(usage).flat().flatMap(sharesIn));
}

function objectIn(headers: GraphHeaders, name: string, longest: number): object {
  const text = headerOf(headers, name);
  if (text === undefined || text.length > longest) return {};
  try {
    const usage: unknown = JSON.parse(text);
    return typeof usage === "object" && usage !== null ? usage : {};
  } catch {
    return {};
  }
}

function largestOf(shares: readonly number[]): number | null {
  return shares.length === 0 ? null : Math.min(100, Math.max(...shares));
}

function sharesIn(usage: unknown): readonly number[] {
  if (typeof usage !== "object" || usage === null) return [];
  const entries: readonly [string, unknown][] = Object.entries(usage);
  return entries.flatMap(([name, value]) => (MEASURES.includes(name) ? shareIn(value) : []));
}

const MEASURES: readonly string[] = ["call_count", "total_time", "total_cputime"];

/** `X-App-Usage` has fewer than 100 characters. */
const LONGEST_APP_HEADER = 1_000;

/** `X-Business-Use-Case-Usage` has up to 32 objects of about 150 characters. */
const LONGEST_ACCOUNT_HEADER = 10_000;

/** An app that is over its limit can have more than 100 %. A share far above that is a mistake. */
const LARGEST_SHARE = 1_000;

function shareIn(value: unknown): readonly number[] {
  const share = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof share === "number" && share >= 0 && share <= LARGEST_SHARE ? [share] : [];
}
