// graph/ asks Meta's Graph API about one token and turns the answers into the facts of token/inspection.ts. It imports
// token/, undici and zod, and pino's types. A call is made in client.ts, asked with patience in inquiry.ts, read once
// in reply.ts; inspector.ts says what is asked. To add a call: its schema in schema.ts, a file that asks and maps it,
// a line in inspector.ts, a row in the tests' tables.
import type { Agent, Dispatcher } from "undici";
import { reveal, type Secret } from "../token/secret.ts";
import { readLimited } from "./read-limited.ts";

/** Graph answers in well under a second; an answer that takes longer than this is no answer. */
export const REQUEST_TIMEOUT_MS = 5_000;

/** The largest answer we read; a token's facts take one kilobyte. */
const LARGEST_BODY_BYTES = 1_000_000;

/** Bounds what a round with hundreds of watches opens at once. */
const CONNECTIONS = 64;

export interface GraphRequest {
  /** Without the version, for example `/debug_token`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | Secret>>;
  /** Sent as `Authorization: Bearer`; undefined sends none. */
  readonly bearer: Secret | undefined;
  /** For headers and body together. */
  readonly timeoutMs: number;
}

export type GraphHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came over the wire, not looked at yet. `cause` is a code such as `ECONNRESET`, never a message. */
export type RawReply =
  | { readonly kind: "answer"; readonly status: number; readonly headers: GraphHeaders; readonly text: string }
  | { readonly kind: "too_large"; readonly status: number }
  | { readonly kind: "timeout" }
  | { readonly kind: "broken"; readonly cause: string };

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
  /** Default: an Agent of our own, made at the first request and closed by `close`. */
  readonly dispatcher?: Dispatcher | undefined;
  readonly now: () => Date;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
}

export interface GraphClient {
  readonly version: string;
  readonly now: () => Date;
  /** One GET. Never throws for anything the network or the server does; follows no redirect. */
  readonly get: (request: GraphRequest) => Promise<RawReply>;
  /** Closes the Agent that the client made itself; a dispatcher that was passed in stays open. */
  readonly close: () => Promise<void>;
}

const queryText = (query: GraphRequest["query"]): string => {
  const pairs = Object.entries(query).map(
    ([name, value]) =>
      `${name}=${encodeURIComponent((typeof value === "string" ? value : reveal(value)).toWellFormed())}`,
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
};

const causeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^[A-Z0-9_]{1,60}$/.test(error.code)
    ? error.code
    : "NO_CODE";

const outcomeOf = (reply: RawReply): RequestRecord["outcome"] => {
  if (reply.kind !== "answer") return "no_answer";
  return reply.status >= 200 && reply.status < 300 ? "ok" : "error";
};

/** A client for one Graph API version. Construction opens nothing. */
export const createGraphClient = (options: GraphClientOptions): GraphClient => {
  const { version, now, onRequest } = options;
  const base = new URL(options.baseUrl);
  const prefix = `${base.pathname.replace(/\/+$/, "")}/${version}`;
  let own: Promise<Agent> | undefined;
  // undici is loaded when it is first needed: starting the bot, the guide and the help need no network of this kind.
  const openAgent = async (): Promise<Agent> => {
    const undici = await import("undici");
    return new undici.Agent({ allowH2: false, connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 });
  };
  const dispatcherFor = (): Dispatcher | Promise<Dispatcher> => options.dispatcher ?? (own ??= openAgent());

  const send = async (request: GraphRequest): Promise<RawReply> => {
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), request.timeoutMs);
    try {
      const dispatcher = await dispatcherFor();
      const response = await dispatcher.request({
        origin: base.origin,
        path: `${prefix}${request.path}${queryText(request.query)}`,
        method: "GET",
        headers: {
          accept: "application/json",
          ...(request.bearer === undefined ? {} : { authorization: `Bearer ${reveal(request.bearer)}` }),
        },
        signal: aborter.signal,
      });
      const text = await readLimited(response, LARGEST_BODY_BYTES);
      const status = response.statusCode;
      return text === undefined
        ? { kind: "too_large", status }
        : { kind: "answer", status, headers: response.headers, text };
    } catch (error) {
      return aborter.signal.aborted ? { kind: "timeout" } : { kind: "broken", cause: causeOf(error) };
    } finally {
      clearTimeout(timer);
    }
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
      const agent = await own;
      own = undefined;
      await agent?.close();
    },
  };
};
