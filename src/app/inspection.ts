import type { Logger } from "pino";
import type { Dispatcher } from "undici";
import type { Config } from "../config/config.ts";
import { createGraphClient, type GraphClient, type GraphClientOptions } from "../graph/client.ts";
import { createInspector, type InspectorDeps } from "../graph/inspector.ts";
import type { FleetPlaces } from "../secrets/fleet/fleet-token.ts";
import { createSourceReader } from "../secrets/reader.ts";
import type { ReadSource } from "../token/secret/source.ts";
import type { ExamineWatchDeps } from "../watch/examine-watch.ts";

export interface InspectionOptions {
  readonly now: () => Date;
  readonly dispatcher: Dispatcher | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dotenvPath: string | undefined;
  /** Variables that hold the bot's own secrets. */
  readonly ownSecretNames: Iterable<string>;
  readonly fleetLines: FleetPlaces;
  readonly wait: (ms: number) => Promise<void>;
  readonly onRequest: GraphClientOptions["onRequest"];
  readonly onUsage: InspectorDeps["onUsage"];
  readonly log: Logger;
}

/** Reads deployed tokens and calls Graph. The rounds and the modal share it. */
export interface Inspection extends ExamineWatchDeps {
  readonly client: GraphClient;
  readonly readSource: ReadSource;
  /** Ends the commands of sources and the connections to Graph. */
  readonly close: () => Promise<void>;
}

export function createInspection(config: Config, options: InspectionOptions): Inspection {
  const { now, wait, dispatcher, env, dotenvPath, ownSecretNames, fleetLines, onRequest, onUsage, log } = options;
  const client = createGraphClient({
    baseUrl: config.graph.apiUrl,
    version: config.graph.version,
    dispatcher,
    proxies: config.proxies,
    connections: CALLS_AT_ONCE * config.inspectionsAtOnce + FOR_PEOPLE,
    now,
    onRequest,
  });
  const openSources = () => {
    const stop = new AbortController();
    const { signal } = stop;
    return { stop, read: createSourceReader({ env, dotenvPath, ownSecretNames, fleetLines, signal }) };
  };
  let sources = openSources();
  return {
    client,
    close: async () => {
      sources.stop.abort();
      sources = openSources();
      await client.close();
    },
    inspect: createInspector(client, { now, wait, log, onUsage }),
    readSource: (source) => sources.read(source),
    metaApp: config.app,
    now,
    wait,
  };
}

/** An inspection reads a number and an account at the same time. */
const CALLS_AT_ONCE = 2;

/** The checks of people need not wait for a round. */
const FOR_PEOPLE = 20;
