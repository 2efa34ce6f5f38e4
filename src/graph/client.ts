// graph/ asks Meta's Graph API about one token and turns the answers into the facts of token/inspection.ts. oauth/ has
// the two calls that make and end tokens. It imports token/, network/ and zod, and the types of renewal/,
// watch/budget/, undici and pino. client.ts sends a call, and reply.ts reads the response.
// inquiry.ts adds the time limits and the retry. inspector.ts decides which calls to make. To add a call: add its
// schema in schema.ts, a file that makes the call and maps the response, and a line in inspector.ts. Then add a row in
// the tests' tables.
import type { Dispatcher } from "undici";
import { openAgent, type OpenAgent } from "../network/agent.ts";
import type { Proxies } from "../network/proxies.ts";
import { reveal, type Secret } from "../token/secret/secret.ts";
import { exchange } from "./exchange.ts";
import { withoutOwnTrouble } from "./own-trouble.ts";
import { queryText } from "./query.ts";
import type { RawReply } from "./raw-reply.ts";

/** Graph answers in well under a second. After this time, the call counts as unanswered. */
export const REQUEST_TIMEOUT_MS = 5_000;

export interface GraphRequest {
  /** Without the version, for example `/debug_token`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | Secret>>;
  /** Sent as `Authorization: Bearer`; undefined sends none. */
  readonly bearer: Secret | undefined;
  /** For headers and body together. */
  readonly timeoutMs: number;
}

export interface RequestRecord {
  /** Method and path without version and query. */
  readonly call: string;
  readonly seconds: number;
  /** `ok`: a 2xx answer; `error`: any other; `no_answer`: timeout, reset, too large. */
  readonly outcome: "ok" | "error" | "no_answer";
}

export interface GraphClientOptions {
  /** For example `https://graph.facebook.com`. */
  readonly baseUrl: string;
  /** For example `v26.0`. */
  readonly version: string;
  /** Default: the client's own agent, which it creates at the first request and closes in `close`. */
  readonly dispatcher?: Dispatcher | undefined;
  /** For the client's own agent. Default: no proxy. */
  readonly proxies?: Proxies | undefined;
  /** The most calls at once; further ones wait. Default: enough for a person. */
  readonly connections?: number | undefined;
  readonly now: () => Date;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

export interface GraphClient {
  readonly version: string;
  readonly now: () => Date;
  /**
   * Sends one GET. Does not throw when the network or the server fails. Throws `OwnTroubleError` when this process has
   * run out of a resource. Does not follow redirects.
   */
  readonly get: (request: GraphRequest) => Promise<RawReply>;
  /** Closes the client's own agent and ends its running requests. A dispatcher that was passed in stays open. */
  readonly close: () => Promise<void>;
}

/** Creates a client for one Graph API version. Opens nothing before the first request. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { version, now, onRequest } = options;
  const base = new URL(options.baseUrl);
  const { origin } = base;
  const prefix = `${base.pathname.replace(/\/+$/, "")}/${version}`;
  let own: OpenAgent | undefined;

  const send = async (request: GraphRequest): Promise<RawReply> => {
    const accept = "application/json";
    const { bearer } = request;
    const headers = bearer === undefined ? { accept } : { accept, authorization: `Bearer ${reveal(bearer)}` };
    const path = `${prefix}${request.path}${queryText(request.query)}`;
    const dispatcher = options.dispatcher ?? (own ??= openAgent(options.proxies, options.connections)).dispatcher;
    return withoutOwnTrouble(await exchange(dispatcher, { origin, path, headers }, request.timeoutMs));
  };

  return {
    version,
    now,
    get: async (request) => {
      if (onRequest === undefined) return send(request);
      const startedMs = performance.now();
      const reply = await send(request);
      const seconds = (performance.now() - startedMs) / 1_000;
      onRequest({ call: `GET ${request.path}`, seconds, outcome: outcomeOf(reply) });
      return reply;
    },
    close: async () => {
      const closing = own;
      own = undefined;
      await closing?.close();
    },
  };
}

function outcomeOf(reply: RawReply): RequestRecord["outcome"] {
  if (reply.kind !== "answer") return "no_answer";
  return reply.status >= 200 && reply.status < 300 ? "ok" : "error";
}
