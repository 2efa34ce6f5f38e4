import { OwnTroubleError } from "../../token/own-trouble.ts";
import { holdDuring, secretsIn } from "../../token/secret/held.ts";
import type { Secret } from "../../token/secret/secret.ts";
import { clean } from "../clean.ts";
import type { GraphClient } from "../client.ts";
import { failure } from "../failures.ts";
import { readReply, type Reply } from "../reply.ts";

export interface OAuthOptions {
  /** Milliseconds for the whole call. Default: 10 s. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Sends one GET to an `/oauth` endpoint and reads the reply. One try: a second one could make a second token. The
 * secrets are in the query, because Meta documents no other way (system users, "Install apps and generate tokens", read
 * 2026-11). No text of the reply contains them. Never throws, not even when this process has no free file.
 */
export function askOAuth(
  client: GraphClient,
  { path, query, timeoutMs = OAUTH_TIMEOUT_MS }: OAuthCall,
): Promise<Reply> {
  return holdDuring(secretsIn(query), async () => {
    try {
      const raw = await client.get({ path, query, bearer: undefined, timeoutMs });
      return readReply(raw, { call: `GET ${path}`, at: client.now(), clean });
    } catch (error) {
      // The core must learn that the call failed. Otherwise a renewal would stay open as if it were still at work.
      if (error instanceof OwnTroubleError) return { ok: false, failure: failure("unreachable", error.message, null) };
      throw error;
    }
  });
}

interface OAuthCall extends OAuthOptions {
  readonly path: "/oauth/access_token" | "/oauth/revoke";
  readonly query: Readonly<Record<string, string | Secret>>;
}

/** Meta makes or ends a token during these calls, so they may take longer than a read. */
const OAUTH_TIMEOUT_MS = 10_000;
