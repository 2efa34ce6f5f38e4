// network/ makes all outgoing connections, through a proxy or directly, for Graph, Slack and the heartbeat. It imports
// token/ and undici; graph/, slack/ and ops/ use it. To support another form of NO_PROXY: direct.ts. To explain another
// cause of a failed request: cause.ts. The two HTTP servers close through close-server.ts.
import { isIP } from "node:net";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { reveal } from "../token/secret/secret.ts";
import { ProxyError } from "./cause.ts";
import { directHosts } from "./direct.ts";
import type { Proxies } from "./proxies.ts";

export interface OpenAgent {
  readonly dispatcher: Dispatcher;
  /** Ends every connection, and with it every running request. */
  readonly close: () => Promise<void>;
}

/**
 * Connects to nothing before the first request.
 * @param connections the most to one host; further requests wait
 */
export function openAgent({ https, http, none = "" }: Proxies = {}, connections = CONNECTIONS): OpenAgent {
  const bounded = { ...OPTIONS, connections };
  const direct = new Agent(bounded);
  if (https === undefined && http === undefined) return { dispatcher: direct, close: () => direct.destroy() };
  // An empty text stops undici from reading the process environment.
  const addresses = {
    httpsProxy: https === undefined ? "" : reveal(https),
    httpProxy: http === undefined ? "" : reveal(http),
    noProxy: none,
  };
  const proxied = new EnvHttpProxyAgent({ ...bounded, ...addresses, clientFactory: openProxy });
  const isDirect = directHosts(none);
  const dispatcher = proxied.compose((throughProxy) => (options, handler) => {
    const host = new URL(String(options.origin)).hostname;
    return isDirect(host) ? direct.dispatch(options, handler) : throughProxy(options, handler);
  });
  const close = async (): Promise<void> => {
    await Promise.all([direct.destroy(), proxied.destroy()]);
  };
  return { dispatcher, close };
}

/** Enough for what people do, and for messages to Slack. */
const CONNECTIONS = 64;

/** The connection fails when the proxy sends no response within this time. */
const PROXY_ANSWER_MS = 10_000;

/** No timeouts, because every caller sets its own. HTTP/1.1 only, because a WebSocket needs a connection of its own. */
const OPTIONS = { allowH2: false, headersTimeout: 0, bodyTimeout: 0 } as const;

/** Opens connections to the proxy. A failure becomes a `ProxyError`, so that messages can name the proxy. */
function openProxy(origin: URL): Dispatcher {
  const connect = buildConnector({ allowH2: false });
  return new Pool(origin, {
    headersTimeout: PROXY_ANSWER_MS,
    connect: ({ servername = "", ...options }, callback) =>
      // undici passes an IP address as the TLS server name, but TLS allows only host names there. The certificate is
      // still checked without it.
      connect(isIP(servername) === 0 ? { ...options, servername } : options, (error, socket) => {
        if (error === null) callback(null, socket);
        else callback(new ProxyError(origin.host, error), null);
      }),
  });
}
