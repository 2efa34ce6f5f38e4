import type { Config } from "../../config/config.ts";
import { createGraphClient, type GraphClient } from "../../graph/client.ts";
import { createInspector } from "../../graph/inspector.ts";
import { createLogger } from "../../log.ts";
import { createFetch } from "../../network/fetch.ts";
import { createSourceReader } from "../../secrets/reader.ts";
import type { SocketOptions } from "../../slack/transport/socket.ts";
import type { Inspect } from "../../token/inspection.ts";
import type { Policy } from "../../token/policy.ts";
import type { ReadSource } from "../../token/secret/source.ts";
import { dotenvPathOf } from "../configuration.ts";
import type { Io } from "../io.ts";

/** The services that init asks about values, and the settings for these calls. */
export interface Services {
  readonly slack: SocketOptions;
  readonly graph: GraphClient;
  readonly inspect: Inspect;
  readonly readSource: ReadSource;
  /** The requirements for a token, apart from its app. */
  readonly policy: Omit<Policy, "appId">;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** Opens no connection before the first call. */
export function openServices({ slack, graph, proxies, defaults, ownSecretNames }: Config, io: Io): Services {
  const { now, wait } = io;
  const outbound = createFetch(proxies);
  const client = createGraphClient({ baseUrl: graph.apiUrl, version: graph.version, proxies, now });
  return {
    slack: { apiUrl: slack.apiUrl, log: createLogger({ level: "silent" }), fetch: outbound.fetch, proxies },
    graph: client,
    inspect: createInspector(client, { now, wait }),
    readSource: createSourceReader({ env: io.env, dotenvPath: dotenvPathOf(io), ownSecretNames }),
    policy: defaults.policy,
    now,
    wait,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([outbound.close(), client.close()]);
    },
  };
}
