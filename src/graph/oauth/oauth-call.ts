import { OwnTroubleError } from "../../token/own-trouble.ts";
import { holdDuring, secretsIn } from "../../token/secret/held.ts";
import type { Secret } from "../../token/secret/secret.ts";
import { clean } from "../clean.ts";
import type { GraphClient } from "../client.ts";
import { failure } from "../failures.ts";
import type { InspectionFailure } from "../../token/inspection.ts";
import type { RawReply } from "../raw-reply.ts";
import { type Answer, readReply } from "../reply.ts";

export interface OAuthOptions {
  /** Milliseconds for the whole call. Default: 10 s. */
  readonly timeoutMs?: number | undefined;
}

export type OAuthReply =
  | { readonly ok: true; readonly answer: Answer }
  /** `sent: false`: Meta never got the call, so it did nothing. */
  | { readonly ok: false; readonly failure: InspectionFailure; readonly sent: boolean };

/**
 * Sends one GET to an `/oauth` endpoint and reads the reply. One try: a second one could make a second token. The
 * secrets are in the query, because Meta documents no other way (system users, "Install apps and generate tokens", read
 * 2026-11). No text of the reply contains them. Never throws, not even when this process has no free file.
 */
export function askOAuth(
  client: GraphClient,
  { path, query, timeoutMs = OAUTH_TIMEOUT_MS }: OAuthCall,
): Promise<OAuthReply> {
  return holdDuring(secretsIn(query), async () => {
    try {
      const raw = await client.get({ path, query, bearer: undefined, timeoutMs });
      const reply = readReply(raw, { call: `GET ${path}`, at: client.now(), clean });
      return reply.ok ? reply : { ...reply, sent: wasSent(raw) };
    } catch (error) {
      // The core must learn that the call failed. Otherwise a renewal would stay open as if it were still at work.
      if (error instanceof OwnTroubleError)
        return { ok: false, failure: failure("unreachable", error.message, null), sent: false };
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

/** Causes that end a request before its query leaves this machine. A reset does not count: Meta may have read the query. */
const BEFORE_SENDING =
  /^(?:E(?:CONNREFUSED|NOTFOUND|AI_\w+|HOSTUNREACH|NETUNREACH)|UND_ERR_CONNECT_TIMEOUT|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_|ERR_SSL_|the proxy answered HTTP)/;

function wasSent(raw: RawReply): boolean {
  return raw.kind !== "broken" || !BEFORE_SENDING.test(raw.cause);
}
