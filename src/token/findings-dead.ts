import type { Finding } from "./finding.ts";
import type { Evidence, GraphError, Inspection } from "./inspection.ts";
import { isPast } from "./expiry.ts";
import { utcText } from "./moment.ts";

/** Why a dead token is dead. */
export type DeadState = "expired" | "revoked" | "invalid";

/** Code 190 subcode of a session that ran out (Graph error handling guide, read 2026-11). */
const EXPIRED = 463;

/** Subcodes of code 190 that end a token before its date: app removed, checkpoint, password, logout, API call, role. */
const REVOKED: ReadonlyMap<number, string> = new Map([
  [458, "the app was removed from the account"],
  [459, "the account is locked until its owner logs in to Facebook"],
  [460, "the password changed or Meta ended the session for security"],
  [464, "the account is not confirmed"],
  [466, "somebody revoked it"],
  [467, "the session was ended"],
  [492, "the account lost its role"],
]);

/** Invalid token, invalid session (Graph error handling guide, read 2026-11). */
const TOKEN_CODES: ReadonlySet<number | null> = new Set([190, 102]);

/** The cause of death, first match wins (the order of the plan: date and 463, then the revoking subcodes, then codes). */
export const deadState = (
  error: GraphError | null,
  facts: Pick<Inspection, "expiry" | "appId">,
  now: Date,
  seenAlive: boolean,
): DeadState => {
  const subcode = error?.subcode ?? null;
  if (isPast(facts.expiry, now) && (subcode === null || subcode === EXPIRED)) return "expired";
  if (subcode === EXPIRED) return facts.expiry.kind === "not_known" ? "expired" : "revoked";
  if (subcode !== null && REVOKED.has(subcode)) return "revoked";
  if (error !== null && TOKEN_CODES.has(error.code) && facts.appId !== null) return "revoked";
  return seenAlive ? "revoked" : "invalid";
};

const messageOf = (state: DeadState, error: GraphError | null, facts: Pick<Inspection, "expiry">): string => {
  switch (state) {
    case "expired":
      return facts.expiry.kind === "at"
        ? `The token expired on ${utcText(facts.expiry.at)}.`
        : "The token has expired.";
    case "revoked": {
      const why = REVOKED.get(error?.subcode ?? -1);
      return why === undefined
        ? "The token was revoked or withdrawn before its date."
        : `The token was ended before its date: ${why}.`;
    }
    case "invalid":
      return "Meta does not accept this value as an access token.";
  }
};

const REMEDIES: Record<DeadState, string> = {
  expired: "Generate a new token for the system user and put it in the app's environment.",
  revoked: "Find out who revoked it and why, then generate a new token for the system user.",
  invalid: "Check that the whole token was copied and belongs to the WhatsApp API, or generate a new one.",
};

/** The one finding of a dead token. */
export const deadFinding = (
  state: DeadState,
  error: GraphError | null,
  facts: Pick<Inspection, "expiry">,
  evidence: Evidence,
): Finding => ({
  code: state,
  severity: "critical",
  message: messageOf(state, error, facts),
  remedy: REMEDIES[state],
  objects: [],
  evidence,
  notRecheckedSince: null,
});
