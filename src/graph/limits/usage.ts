import type { Usage } from "../../watch/budget/budget.ts";
import { limitsApp } from "../errors.ts";
import { headerOf } from "../headers.ts";
import type { GraphHeaders, RawReply } from "../raw-reply.ts";
import type { Reply } from "../reply.ts";
import { REDUCED_FROM } from "../../watch/budget/pace.ts";
import { LIMIT_WITHOUT_TIME_MS, throttledMs } from "./waits.ts";

/** What an answer says about the limit of its app. Undefined without an answer, because silence says nothing. */
export function usageOf(raw: RawReply, reply: Reply, at: Date): Usage | undefined {
  if (raw.kind !== "answer") return undefined;
  const percent = percentIn(raw.headers);
  const isLimited = !reply.ok && reply.failure.kind === "throttled" && limitsApp(reply.failure.evidence?.code ?? null);
  const isReached = isLimited || (percent !== null && percent >= 100);
  return { percent, waitMs: isReached ? throttledMs(raw.headers, at) : null };
}

/**
 * How long the WhatsApp account that was read must not be read again, in milliseconds. It follows the largest share in
 * `X-Business-Use-Case-Usage`, in percent of what the app may use in an hour for the account:
 * `{"<ID>":[{"call_count":28,"total_time":25,"total_cputime":25}]}` (rate limiting overview, read 2026-11). From
 * `REDUCED_FROM` on, the wait grows from nothing to the one after a limit, so that reads become rarer before Meta
 * refuses them.
 */
export function accountRestMs(raw: RawReply, at: Date): number {
  if (raw.kind !== "answer") return 0;
  const usage = objectIn(raw.headers, "x-business-use-case-usage", LONGEST_ACCOUNT_HEADER);
  const percent = largestOf(Object.values(usage).flat().flatMap(sharesIn)) ?? 0;
  if (percent >= 100) return throttledMs(raw.headers, at);
  return (LIMIT_WITHOUT_TIME_MS * Math.max(0, percent - REDUCED_FROM)) / (100 - REDUCED_FROM);
}

/**
 * The largest share in `X-App-Usage`: `{"call_count":28,"total_time":25,"total_cputime":25}`, each in percent of what
 * the app may use in an hour (rate limiting overview, read 2026-11). A malformed header counts as absent.
 */
function percentIn(headers: GraphHeaders): number | null {
  return largestOf(sharesIn(objectIn(headers, "x-app-usage", LONGEST_HEADER)));
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

/** The header has fewer than 100 characters. */
const LONGEST_HEADER = 1_000;

/** The header has up to 32 objects of about 150 characters. */
const LONGEST_ACCOUNT_HEADER = 10_000;

/** An app that is over its limit can have more than 100 %. A share far above that is a mistake. */
const LARGEST_SHARE = 1_000;

function shareIn(value: unknown): readonly number[] {
  const share = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof share === "number" && share >= 0 && share <= LARGEST_SHARE ? [share] : [];
}
