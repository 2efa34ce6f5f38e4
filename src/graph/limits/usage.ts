import type { Usage } from "../../watch/budget/budget.ts";
import { limitsApp } from "../errors.ts";
import { headerOf } from "../headers.ts";
import type { GraphHeaders, RawReply } from "../raw-reply.ts";
import type { Reply } from "../reply.ts";
import { throttledMs } from "./waits.ts";

/** What an answer says about the limit of its app. Undefined without an answer, because silence says nothing. */
export function usageOf(raw: RawReply, reply: Reply, at: Date): Usage | undefined {
  if (raw.kind !== "answer") return undefined;
  const percent = percentIn(raw.headers);
  const isLimited = !reply.ok && reply.failure.kind === "throttled" && limitsApp(reply.failure.evidence?.code ?? null);
  const isReached = isLimited || (percent !== null && percent >= 100);
  return { percent, waitMs: isReached ? throttledMs(raw.headers, at) : null };
}

/**
 * The largest share in `X-App-Usage`: `{"call_count":28,"total_time":25,"total_cputime":25}`, each in percent of what
 * the app may use in an hour (rate limiting overview, read 2026-11). A malformed header counts as absent.
 */
function percentIn(headers: GraphHeaders): number | null {
  const text = headerOf(headers, "x-app-usage");
  if (text === undefined || text.length > LONGEST_HEADER) return null;
  try {
    const usage: unknown = JSON.parse(text);
    if (typeof usage !== "object" || usage === null) return null;
    const entries: readonly [string, unknown][] = Object.entries(usage);
    const shares = entries.flatMap(([name, value]) => (MEASURES.includes(name) ? shareIn(value) : []));
    return shares.length === 0 ? null : Math.min(100, Math.max(...shares));
  } catch {
    return null;
  }
}

const MEASURES: readonly string[] = ["call_count", "total_time", "total_cputime"];

/** The header has fewer than 100 characters. */
const LONGEST_HEADER = 1_000;

/** An app that is over its limit can have more than 100 %. A share far above that is a mistake. */
const LARGEST_SHARE = 1_000;

function shareIn(value: unknown): readonly number[] {
  const share = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof share === "number" && share >= 0 && share <= LARGEST_SHARE ? [share] : [];
}
