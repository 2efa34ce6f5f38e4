import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGraphClient, type GraphClient, type GraphClientOptions } from "../../src/graph/client.ts";
import { createInspector } from "../../src/graph/inspector.ts";
import type { Inspect } from "../../src/token/inspection.ts";

/** A request that the local server received. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface CannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, strings as they are. */
  readonly body: unknown;
}

export type Answerer = (
  seen: Seen,
  response: ServerResponse,
  request: IncomingMessage,
) => CannedAnswer | "handled" | undefined;

export interface LocalGraph extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** How many connections were opened and how many are closed again. */
  readonly connections: { opened: number; closed: number };
  /** Waits of the inspector in milliseconds. The tests do not really wait. */
  readonly waits: readonly number[];
  readonly client: GraphClient;
  readonly inspect: Inspect;
}

export const CLOCK = new Date("2026-11-22T00:00:00Z");

/** The port is only known once the server listens. */
const portOf = (address: string | AddressInfo | null): number =>
  typeof address === "object" && address !== null ? address.port : 0;

/** A real HTTP server on the loopback, with the real client and inspector pointed at it. */
export const startGraph = async (
  answer: Answerer,
  options: Partial<Pick<GraphClientOptions, "onRequest" | "version">> = {},
): Promise<LocalGraph> => {
  const seen: Seen[] = [];
  const waits: number[] = [];
  const connections = { opened: 0, closed: 0 };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const { authorization } = request.headers;
    const one: Seen = { method: request.method ?? "", path: url.pathname, query: url.searchParams, authorization };
    seen.push(one);
    const canned = answer(one, response, request);
    if (canned === "handled") return;
    const { status, headers, body } = canned ?? { status: 404, headers: {}, body: { error: { code: 803 } } };
    response.writeHead(status ?? 200, { "content-type": "application/json; charset=UTF-8", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  server.on("connection", (socket) => {
    connections.opened++;
    socket.on("close", () => connections.closed++);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  const now = (): Date => CLOCK;
  const client = createGraphClient({ baseUrl: url, version: "v26.0", now, ...options });
  const wait = (ms: number): Promise<void> => {
    waits.push(ms);
    return Promise.resolve();
  };
  return {
    url,
    seen,
    connections,
    waits,
    client,
    inspect: createInspector(client, { now, wait }),
    [Symbol.asyncDispose]: async () => {
      await client.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
