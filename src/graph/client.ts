// graph/ asks Meta's Graph API about one token and turns the answers into the facts of token/inspection.ts. It imports
// token/, network/ and zod, and the types of undici and pino. A call is made in client.ts, asked with patience in inquiry.ts, read once
// in reply.ts; inspector.ts says what is asked. To add a call: its schema in schema.ts, a file that asks and maps it,
// a line in inspector.ts, a row in the tests' tables.
import type { Dispatcher } from "undici";
import type { OpenAgent } from "../network/agent.ts";
import type { Proxies } from "../network/proxies.ts";
import { reveal, type Secret } from "../token/secret.ts";
import { exchange } from "./exchange.ts";
import { withoutOwnTrouble } from "./own-trouble.ts";
import { queryText } from "./query.ts";
import type { RawReply } from "./raw-reply.ts";

/** Graph answers in well under a second; an answer that takes longer than this is no answer. */
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
  /** Default: an agent of our own, made at the first request and closed by `close`. */
  readonly dispatcher?: Dispatcher | undefined;
  /** For the agent of our own; default: none. */
  readonly proxies?: Proxies | undefined;
  readonly now: () => Date;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

export interface GraphClient {
  readonly version: string;
  readonly now: () => Date;
  /**
   * One GET. Never throws for anything the network or the server does; throws `OwnTroubleError` when this process has
   * run out of a resource. Follows no redirect.
   */
  readonly get: (request: GraphRequest) => Promise<RawReply>;
  /** Ends the agent that the client made itself, requests under way included; a dispatcher passed in stays open. */
  readonly close: () => Promise<void>;
}

const outcomeOf = (reply: RawReply): RequestRecord["outcome"] => {
  if (reply.kind !== "answer") return "no_answer";
  return reply.status >= 200 && reply.status < 300 ? "ok" : "error";
};

/** A client for one Graph API version. Construction opens nothing. */
export const createGraphClient = (options: GraphClientOptions): GraphClient => {
  const { version, now, onRequest } = options;
  const base = new URL(options.baseUrl);
  const { origin } = base;
  const prefix = `${base.pathname.replace(/\/+$/, "")}/${version}`;
  let own: Promise<OpenAgent> | undefined;
  // undici is loaded when it is first needed: the guide and the help need no network.
  const open = async (): Promise<OpenAgent> => (await import("../network/agent.ts")).openAgent(options.proxies);
  // A failure is not kept: it may come from a process that had no free file at that moment.
  const ownAgent = (): Promise<OpenAgent> =>
    (own ??= open().catch((error: unknown) => {
      own = undefined;
      throw error;
    }));

  const send = async (request: GraphRequest): Promise<RawReply> => {
    const accept = "application/json";
    const { bearer } = request;
    const headers = bearer === undefined ? { accept } : { accept, authorization: `Bearer ${reveal(bearer)}` };
    const path = `${prefix}${request.path}${queryText(request.query)}`;
    const dispatcher = options.dispatcher ?? (await ownAgent()).dispatcher;
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
      await (await closing)?.close();
    },
  };
};
