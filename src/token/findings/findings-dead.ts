import type { Finding } from "./finding.ts";
import { DEAD_TOKEN } from "../graph-codes.ts";
import type { Evidence, GraphError, Inspection } from "../inspection.ts";
import { isPast } from "../expiry.ts";
import { observe } from "./observe.ts";

/** Why a token is dead. */
export type DeadState = "expired" | "revoked" | "invalid";

/** The cause of death. The first matching rule counts: the date and 463, then the revoking subcodes, then the codes. */
export function deadState(
  error: GraphError | null,
  facts: Pick<Inspection, "expiry" | "appId" | "debugged">,
  now: Date,
  seenAlive: boolean,
): DeadState {
  const subcode = error?.subcode ?? null;
  if (isEndedByDate(subcode, facts.expiry, now)) return "expired";
  if (subcode === EXPIRED) return facts.expiry.kind === "not_known" ? "expired" : "revoked";
  if (subcode !== null && REVOKED.has(subcode)) return "revoked";
  if (error !== null && DEAD_TOKEN.has(error.code) && facts.appId !== null) return "revoked";
  // `/me` returns no app ID, so the rule above cannot apply to it.
  if (!facts.debugged && (isSession(subcode) || isSession(error?.code ?? null))) return "revoked";
  return seenAlive ? "revoked" : "invalid";
}

/** True for a dead token whose date has passed, unless Meta gives another cause. */
export function isEndedByDate(subcode: number | null, expiry: Inspection["expiry"], now: Date): boolean {
  return isPast(expiry, now) && (subcode === null || subcode === EXPIRED);
}

/** The only finding of a dead token. Its evidence contains the subcode, which shows the cause. */
export function deadFinding(state: DeadState, facts: Pick<Inspection, "expiry">, evidence: Evidence | null): Finding {
  const { expiry } = facts;
  const end =
    state === "expired" && expiry.kind === "at" ? ({ kind: "end", at: expiry.at, past: true } as const) : undefined;
  return observe({ code: state, ...(end === undefined ? {} : { facts: end }) }, evidence);
}

/** Subcode of code 190: the session has expired (Graph error handling guide, read 2026-11). */
const EXPIRED = 463;

/**
 * Subcodes of code 190 that end a token before its expiry date (Graph error handling guide, read 2026-11; 490 and 493
 * as seen in public logs, 2026). words/english/revoked.ts has the cause and the remedy of each.
 */
const REVOKED: ReadonlySet<number | null> = new Set([458, 459, 460, 464, 466, 467, 490, 492, 493]);

/** Codes and subcodes about a session, including undocumented ones. Only a real token has a session. */
function isSession(code: number | null): boolean {
  return code !== null && code >= 450 && code <= 499;
}
