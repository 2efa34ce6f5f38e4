// network/ is the way out of this machine: through a proxy or directly, for Graph, Slack and the heartbeat. It imports
// token/ and undici; graph/, slack/ and ops/ get what they need from it. To read one more form of NO_PROXY: direct.ts;
// to explain one more cause: cause.ts.
import { isIP } from "node:net";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { reveal } from "../token/secret.ts";
import { ProxyError } from "./cause.ts";
import { directHosts } from "./direct.ts";
import type { Proxies } from "./proxies.ts";

/** Connections to one host at once. */
const CONNECTIONS = 64;

/** A proxy that says nothing for so long holds up a connection of ours no longer. */
const PROXY_ANSWER_MS = 10_000;

/** Every caller has a deadline of its own. HTTP/1.1, because a WebSocket needs a connection to itself. */
const OPTIONS = { allowH2: false, connections: CONNECTIONS, headersTimeout: 0, bodyTimeout: 0 } as const;

export interface OpenAgent {
  readonly dispatcher: Dispatcher;
  /** Ends every connection, requests under way included. */
  readonly close: () => Promise<void>;
}

/** Opens the way out; nothing is connected before the first request. */
export function openAgent({ https, http, none = "" }: Proxies = {}): OpenAgent {
  const direct = new Agent(OPTIONS);
  if (https === undefined && http === undefined) return { dispatcher: direct, close: () => direct.destroy() };
  // The empty text keeps undici from reading the process's environment.
  const addresses = {
    httpsProxy: https === undefined ? "" : reveal(https),
    httpProxy: http === undefined ? "" : reveal(http),
    noProxy: none,
  };
  const proxied = new EnvHttpProxyAgent({ ...OPTIONS, ...addresses, clientFactory: openProxy });
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

/** Connections to the proxy, whose failures say that it was the proxy. */
function openProxy(origin: URL): Dispatcher {
  const connect = buildConnector({ allowH2: false });
  return new Pool(origin, {
    headersTimeout: PROXY_ANSWER_MS,
    connect: ({ servername = "", ...options }, callback) =>
      // undici hands on an address as the name for TLS, which takes names only; its certificate is checked all the same.
      connect(isIP(servername) === 0 ? { ...options, servername } : options, (error, socket) => {
        if (error === null) callback(null, socket);
        else callback(new ProxyError(origin.host, error), null);
      }),
  });
}
