// ops/ serves health, readiness and metrics to other programs, and sends a heartbeat to an outside monitor
// (heartbeat.ts). It imports network/, node:http, prom-client and pino's types; everything else comes in as plain
// values. To add a metric: add its gauge or counter in prometheus.ts and a line in docs/operate.md. To add a check:
// health.ts.
import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { closeServer } from "../network/close-server.ts";
import type { Readiness } from "./health.ts";
import { isLoopbackAddress, namesLoopback } from "./host.ts";

export interface OpsServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly log: Pick<Logger, "error">;
}

export interface OpsServer {
  /** Resolves with the port. Rejects with a message that names the next step when the address is not available. */
  listen(): Promise<number>;
  /** Accepts no new requests and waits for running ones. After `deadlineMs` it closes their connections. */
  close(deadlineMs: number): Promise<void>;
}

/** The HTTP server of `/healthz` (the process is alive), `/readyz` (200 or 503 with the reasons) and `/metrics`. */
export function createOpsServer(options: OpsServerOptions): OpsServer {
  const { host, log } = options;
  const routes: Readonly<Record<string, () => Promise<Answer>>> = {
    "/healthz": () => Promise.resolve(plain(200, "The process lives.")),
    "/readyz": async () => {
      const readiness = await options.readiness();
      return { status: readiness.ready ? 200 : 503, contentType: JSON_TYPE, body: `${JSON.stringify(readiness)}\n` };
    },
    "/metrics": async () => ({ status: 200, ...(await options.metrics()) }),
  };

  /** On a loopback address, only programs on this machine may send requests, not web pages in its browser. */
  const isForeign = ({ headers }: IncomingMessage): boolean => {
    const address = server.address();
    const bound = typeof address === "object" && address !== null ? address.address : "";
    return isLoopbackAddress(bound) && !namesLoopback(headers.host, host);
  };

  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const { method, url = "/" } = request;
    if (isForeign(request)) return plain(403, "Use a loopback address or localhost as the host name.");
    const path = url.split("?")[0] ?? "/";
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) return plain(404, "The paths are /healthz, /readyz and /metrics.");
    if (method !== "GET" && method !== "HEAD") return plain(405, "Use GET or HEAD.", { allow: "GET, HEAD" });
    try {
      return await route();
    } catch (error) {
      log.error({ path, err: error }, "the health and metrics server could not answer");
      return plain(500, "The request failed. See the bot's log.");
    }
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, contentType, body, headers } = await answerTo(request);
    const length = Buffer.byteLength(body);
    // While the server closes, an idle connection would delay the end by the five seconds that Node.js waits.
    response.shouldKeepAlive = server.listening;
    response.writeHead(status, {
      "content-type": contentType,
      "content-length": length,
      "cache-control": "no-store",
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };

  const server = createServer(SERVER, (request, response) => void respond(request, response));
  server.maxConnections = MOST_CONNECTIONS;

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once("error", (error) => {
          reject(new Error(listenProblem(codeOf(error), host, options.port), { cause: error }));
        });
        // Without a host, Node.js listens on IPv6 and IPv4, or on IPv4 alone on a machine without IPv6.
        server.listen(options.port, host === "::" ? undefined : host, () => {
          const address = server.address();
          resolve(typeof address === "object" && address !== null ? address.port : options.port);
        });
      }),
    close: (deadlineMs) => closeServer(server, deadlineMs),
  };
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Monitors need only a few connections. Each connection uses an open file. */
const MOST_CONNECTIONS = 100;

const SERVER: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  // By default, Node.js looks for late requests only every 30 seconds.
  connectionsCheckingInterval: 1_000,
};

const JSON_TYPE = "application/json; charset=utf-8";

function plain(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    contentType: "text/plain; charset=utf-8",
    body: `${sentence}\n`,
    headers,
  };
}

function listenProblem(code: string | undefined, host: string, port: number): string {
  const where = `${host}:${port}`;
  switch (code) {
    case "EADDRINUSE":
      return `The address ${where} for health and metrics is in use. Stop the program that uses it, or set OPS_PORT to another port.`;
    case "EACCES":
      return `The port ${port} for health and metrics needs more permissions. Set OPS_PORT to a number above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `This machine has no address ${host} for health and metrics. Set OPS_HOST, for example to 127.0.0.1.`;
    default:
      return `Cannot listen on ${where} for health and metrics (${code ?? "unknown error"}). Check OPS_HOST and OPS_PORT.`;
  }
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
