import { pacificTime } from "../pacific-time.ts";
import type { GraphToken } from "../state.ts";

/** The reason that a token no longer works, in Graph's words. */
export interface TokenDeath {
  readonly subcode: number | undefined;
  readonly message: string;
}

/**
 * The problem of a token at a given time; undefined while it works. A revocation takes precedence over the expiry date.
 */
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

/** The text for a value that is not a token. Meta repeats a value that begins like a Graph token. */
export function malformedTokenText(raw: string): string {
  return /^(EAA|CAA)/.test(raw)
    ? `Malformed access token ${raw}`
    : "Invalid OAuth access token - Cannot parse access token";
}

// Sentences seen with each subcode of code 190 (Graph error guide, read 2026-11). The documentation only names 459, 464
// and 492, so their sentences are invented.
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
