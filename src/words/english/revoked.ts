import { rich, type Spans } from "../../guide/rich-text.ts";
import type { Remedy } from "../remedy.ts";

/** Part of each step that saves a token: an app that reads its token at start keeps the old one until then. */
export const RESTART = "Restart the app if it reads the token only at start.";

export const newToken = rich`Generate a new token for the system user.`;

const findRevoker = rich`Find out who revoked the old token.`;

const NEVER = "Choose the expiration “Never” if Meta offers it.";

export const renewBefore = rich`Generate a new token for the system user before that date. ${NEVER}`;

export const renewNow = rich`Generate a new token for the system user now. ${NEVER}`;

/** A step for many tokens at once; any other step fits them as it is. */
export function stepForEach(step: Spans): Spans {
  return FOR_EACH.get(step) ?? step;
}

/** True for a step that only creates a new token. A step that also says how the token must be is not one of them. */
export function createsToken(step: Spans): boolean {
  return CREATING.includes(step);
}

/** Follows each step that creates a token. An alert names the exact place instead. */
export const saveToken = rich`Save the new token where your app reads it. ${RESTART}`;

/** Undefined for a subcode without a known cause. */
export function revocationOf(subcode: number | null): Revocation | undefined {
  return BY_SUBCODE.get(subcode ?? -1);
}

export function revokedRemedy(subcode: number | null): Remedy {
  return revocationOf(subcode)?.remedy ?? REVOKED_BY_PERSON;
}

/** Why a token was revoked, and what to do about that cause. */
interface Revocation {
  /** The end of a sentence. */
  readonly why: Spans;
  readonly remedy: Remedy;
}

/**
 * Used only for causes that a person may have triggered. For other causes, people would look for a person who does not
 * exist.
 */
const REVOKED_BY_PERSON: Remedy = {
  steps: [newToken, saveToken],
  afterwards: [findRevoker],
};

/** Instead of a token that depends on a person. */
const systemUserToken = rich`Generate a token for a system user, which does not depend on a person's account.`;

const CREATING: readonly Spans[] = [newToken, renewBefore, renewNow, systemUserToken];

/** A change of a person's account ended the token. The token of a system user does not depend on such an account. */
function ofAccount(...afterwards: readonly Spans[]): Remedy {
  return { steps: [systemUserToken, saveToken], afterwards };
}

/**
 * By subcode of code 190 (Graph error handling guide, read 2026-11; 490 and 493 as seen in public logs, 2026). A person
 * may have removed the app (458), ended the session (466, 467) or taken a role away (492). The others come from Meta or from the
 * rules of the person's own account.
 */
const BY_SUBCODE: ReadonlyMap<number, Revocation> = new Map([
  [458, { why: rich`the account no longer authorizes the app`, remedy: REVOKED_BY_PERSON }],
  [
    459,
    {
      why: rich`the account is locked until its owner logs in to Facebook`,
      remedy: ofAccount(rich`Ask the account's owner to log in to Facebook and follow the instructions there.`),
    },
  ],
  [460, { why: rich`the password changed, or Meta ended the session for security`, remedy: ofAccount() }],
  [
    464,
    {
      why: rich`the account is not confirmed`,
      remedy: ofAccount(rich`Ask the account's owner to confirm the Facebook account.`),
    },
  ],
  [466, { why: rich`an API call ended its session`, remedy: REVOKED_BY_PERSON }],
  [467, { why: rich`its session was ended`, remedy: REVOKED_BY_PERSON }],
  [
    490,
    {
      why: rich`Meta holds the account at a security check until its owner passes it`,
      remedy: ofAccount(rich`Ask the account's owner to log in to Facebook and pass the check.`),
    },
  ],
  [492, { why: rich`the account lost its role`, remedy: ofAccount(rich`Ask who took the role away.`) }],
  [493, { why: rich`its owner did not use the app for 90 days`, remedy: ofAccount() }],
]);

const FOR_EACH: ReadonlyMap<Spans, Spans> = new Map([
  [newToken, rich`Generate a new system user token for each watch below.`],
  [systemUserToken, rich`Generate a system user token for each watch below. It does not depend on a person's account.`],
  [renewBefore, rich`Generate a new system user token for each watch below before that date. ${NEVER}`],
  [renewNow, rich`Generate a new system user token for each watch below now. ${NEVER}`],
  [findRevoker, rich`Find out who revoked the old tokens.`],
]);
