import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import { type Child, startChild } from "./child.ts";

const ROOT = join(import.meta.dirname, "..");

export const SIGNING_SECRET = "bench-signing-secret";

/** A temporary folder for the compile cache and the databases of both sides. */
export const openScratch = (): { readonly path: string; readonly close: () => void } => {
  const path = mkdtempSync(join(tmpdir(), "wa-token-bench-"));
  return { path, close: () => rmSync(path, { recursive: true, force: true }) };
};

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

export interface Server extends Child {
  readonly eventsUrl: string;
}

export interface OurServer extends Server {
  readonly opsUrl: string;
}

export interface ServerOptions {
  readonly apiUrl: string;
  readonly scratch: string;
  /** False: waits only until the bot reports that it runs, not until it is ready. */
  readonly untilReady?: boolean;
  /** Additional environment variables of our bot. */
  readonly env?: Readonly<Record<string, string>>;
  /** The file that Node.js runs for our bot. Default: the sources. */
  readonly main?: string;
}

const common = ({ apiUrl, scratch }: ServerOptions, port: number): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: "xoxb-bench",
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: apiUrl,
  PORT: String(port),
  NODE_COMPILE_CACHE: join(scratch, "compile-cache"),
  NODE_ENV: "production",
});

export const startOurs = async (options: ServerOptions): Promise<OurServer> => {
  const [port, opsPort] = [await freePort(), await freePort()];
  const env = {
    ...common(options, port),
    OPS_PORT: String(opsPort),
    DATABASE_URL: `sqlite:${join(options.scratch, `${port}.db`)}`,
    ...options.env,
  };
  const opsUrl = `http://127.0.0.1:${opsPort}`;
  const startedMs = performance.now();
  const { main = join(ROOT, "src/main.ts") } = options;
  const child = await startChild([main, "run"], env, "wa-token runs");
  while (options.untilReady !== false && !(await fetch(`${opsUrl}/readyz`)).ok);
  const startMs = performance.now() - startedMs;
  return { ...child, startMs, opsUrl, eventsUrl: `http://127.0.0.1:${port}/slack/events` };
};

export const startBare = async (options: ServerOptions): Promise<Server> => {
  const port = await freePort();
  const child = await startChild([join(ROOT, "bench/bare-bolt.ts")], common(options, port), "bare bolt serves");
  return { ...child, eventsUrl: `http://127.0.0.1:${port}/slack/events` };
};

/** The stand-in for Graph, in its own process. */
export const startGraph = async (latencyMs: number): Promise<Child & { readonly graphUrl: string }> => {
  const port = String(await freePort());
  const double = join(ROOT, "bench/graph-double.ts");
  const child = await startChild([double], { PORT: port, LATENCY_MS: String(latencyMs) }, "graph double serves");
  return { ...child, graphUrl: `http://127.0.0.1:${port}` };
};
