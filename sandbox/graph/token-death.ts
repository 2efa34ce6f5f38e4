import { pacificTime } from "./pacific-time.ts";
import type { GraphToken } from "./state.ts";

/** Why a token no longer works, as Graph words it. */
export interface TokenDeath {
  readonly subcode: number | undefined;
  readonly message: string;
}

// Sentences seen with each subcode of code 190 (Graph error guide, read 2026-11). 459, 464 and 492 are documented by
// name only, so their sentences are ours.
const sentences: Readonly<Record<number, string>> = {
  459: "The user is enrolled in a blocking, logged-in checkpoint",
  460:
    "The session has been invalidated because the user changed their password or Facebook has changed the session " +
    "for security reasons.",
  464: "The session does not match the current stored session. This may be because the user is not a confirmed user.",
  466: "The session was invalidated explicitly using an API call.",
  467: "The session is invalid because the user logged out.",
  490: "The user is enrolled in a blocking, logged-in checkpoint",
  492: "The session is invalid because the user no longer has a role on the Page.",
  493: "The access token is invalid since the user hasn't engaged the app in longer than 90 days.",
};

const prefix = "Error validating access token: ";

/** What is wrong with a token at a time; undefined while it is alive. A revocation outranks the date. */
export function tokenDeath(token: GraphToken, now: Date): TokenDeath | undefined {
  const { standing, expiresAt } = token;
  if (standing.kind === "app_removed") {
    const message = `${prefix}The user has not authorized application ${token.appId}.`;
    return { subcode: 458, message };
  }
  if (standing.kind === "revoked") {
    const sentence = standing.subcode === undefined ? undefined : sentences[standing.subcode];
    return { subcode: standing.subcode, message: prefix + (sentence ?? "The session has been invalidated.") };
  }
  if (expiresAt === "never" || now < expiresAt) return undefined;
  const when = `Session has expired on ${pacificTime(expiresAt)}. The current time is ${pacificTime(now)}.`;
  return { subcode: 463, message: prefix + when };
}

/** The text for something that is no token at all. One that begins like a Graph token is echoed, as Meta does. */
export function malformedTokenText(raw: string): string {
  return /^(EAA|CAA)/.test(raw)
    ? `Malformed access token ${raw}`
    : "Invalid OAuth access token - Cannot parse access token";
}
