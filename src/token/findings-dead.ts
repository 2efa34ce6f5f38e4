import type { Finding } from "./finding.ts";
import type { Evidence, GraphError, Inspection } from "./inspection.ts";
import { isPast } from "./expiry.ts";
import { utcText } from "./moment.ts";

/** Why a dead token is dead. */
export type DeadState = "expired" | "revoked" | "invalid";

/** Code 190 subcode of a session that ran out (Graph error handling guide, read 2026-11). */
const EXPIRED = 463;

/** Why a token was ended, and what to do about that cause. */
interface Ending {
  readonly why: string;
  readonly remedy: string;
}

const NEW_TOKEN = "Generate a new token for the system user and put it in the app's environment.";

/** Only where a person may have done it: else people look for somebody who does not exist. */
const FIND_OUT = "Then find out who revoked the old one, and why.";

const NO_ACCOUNT =
  "Generate a token for a system user, which depends on no person's account, and put it in the app's environment.";

/**
 * Subcodes of code 190 that end a token before its date (Graph error handling guide, read 2026-11; 490 and 493 as seen in
 * public logs, 2026). A person removed the app (458), revoked the session (466, 467) or took a role away (492). The
 * others come from Meta or from the rules of the person's own account.
 */
const REVOKED: ReadonlyMap<number, Ending> = new Map([
  [458, { why: "the app was removed from the account", remedy: `${NEW_TOKEN} ${FIND_OUT}` }],
  [
    459,
    {
      why: "the account is locked until its owner logs in to Facebook",
      remedy: `The owner logs in to Facebook and does what it asks. ${NO_ACCOUNT}`,
    },
  ],
  [460, { why: "the password changed or Meta ended the session for security", remedy: NO_ACCOUNT }],
  [464, { why: "the account is not confirmed", remedy: `The owner confirms the Facebook account. ${NO_ACCOUNT}` }],
  [466, { why: "somebody revoked it", remedy: `${NEW_TOKEN} ${FIND_OUT}` }],
  [467, { why: "the session was ended", remedy: `${NEW_TOKEN} ${FIND_OUT}` }],
  [
    490,
    {
      why: "Meta holds the account at a security check until its owner has passed it",
      remedy: `The owner logs in to Facebook and passes the check. ${NO_ACCOUNT}`,
    },
  ],
  [
    492,
    {
      why: "the account lost its role",
      remedy: `Give the account its role back, or ask who took it away. ${NO_ACCOUNT}`,
    },
  ],
  [493, { why: "its owner did not use the app for 90 days", remedy: NO_ACCOUNT }],
]);

/** Codes and subcodes of a session, known ones and others: what had a session was a token. */
const isSession = (code: number | null): boolean => code !== null && code >= 450 && code <= 499;

/** Invalid token, invalid session (Graph error handling guide, read 2026-11). */
const TOKEN_CODES: ReadonlySet<number | null> = new Set([190, 102]);

/** The cause of death, first match wins (the order of the plan: date and 463, then the revoking subcodes, then codes). */
export const deadState = (
  error: GraphError | null,
  facts: Pick<Inspection, "expiry" | "appId" | "debugged">,
  now: Date,
  seenAlive: boolean,
): DeadState => {
  const subcode = error?.subcode ?? null;
  if (isPast(facts.expiry, now) && (subcode === null || subcode === EXPIRED)) return "expired";
  if (subcode === EXPIRED) return facts.expiry.kind === "not_known" ? "expired" : "revoked";
  if (subcode !== null && REVOKED.has(subcode)) return "revoked";
  if (error !== null && TOKEN_CODES.has(error.code) && facts.appId !== null) return "revoked";
  // `/me` names no app, so that rule never holds there.
  if (!facts.debugged && (isSession(subcode) || isSession(error?.code ?? null))) return "revoked";
  return seenAlive ? "revoked" : "invalid";
};

const endingOf = (error: GraphError | null): Ending | undefined => REVOKED.get(error?.subcode ?? -1);

const messageOf = (state: DeadState, error: GraphError | null, facts: Pick<Inspection, "expiry">): string => {
  switch (state) {
    case "expired":
      return facts.expiry.kind === "at"
        ? `The token expired on ${utcText(facts.expiry.at)}.`
        : "The token has expired.";
    case "revoked": {
      const ending = endingOf(error);
      return ending === undefined
        ? "The token was revoked or withdrawn before its date."
        : `The token was ended before its date: ${ending.why}.`;
    }
    case "invalid":
      return "Meta does not accept this value as an access token.";
  }
};

const REMEDIES: Record<DeadState, string> = {
  expired: NEW_TOKEN,
  revoked: `${NEW_TOKEN} ${FIND_OUT}`,
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
  remedy: (state === "revoked" ? endingOf(error)?.remedy : undefined) ?? REMEDIES[state],
  objects: [],
  evidence,
  notRecheckedSince: null,
});
