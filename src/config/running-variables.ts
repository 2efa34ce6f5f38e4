import type { Variable } from "./variable.ts";

/** The variables of the group Running. */
export const RUNNING_VARIABLES = [
  {
    name: "DATABASE_URL",
    group: "Running",
    default: "sqlite:./data/wa-token.db",
    meaning:
      "Where the bot stores watches and alerts: `sqlite:` and a path, or `postgres://user:password@host/database` for several bots.",
    secret: true,
  },
  {
    name: "DATABASE_POOL",
    group: "Running",
    default: "5",
    meaning: "Maximum number of connections to PostgreSQL, 1 to 100. SQLite always has one.",
    secret: false,
  },
  {
    name: "INSPECTIONS_AT_ONCE",
    group: "Running",
    default: "100",
    meaning:
      "Maximum number of inspections at the same time, 10 to 1000. A round begins with 10, and follows Graph's latency and errors.",
    secret: false,
  },
  {
    name: "OPS_HOST",
    group: "Running",
    default: "127.0.0.1",
    meaning: "Address that serves `/healthz`, `/readyz` and `/metrics`.",
    secret: false,
  },
  {
    name: "OPS_PORT",
    group: "Running",
    default: "9464",
    meaning: "Port for `/healthz`, `/readyz` and `/metrics`.",
    secret: false,
  },
  {
    name: "METRICS_WATCHES",
    group: "Running",
    default: "1000",
    meaning:
      "Maximum number of watches with metrics of their own, 1 to 1000000: the first by name. The counts by state cover all watches.",
    secret: false,
  },
  {
    name: "HEARTBEAT_URL",
    group: "Running",
    meaning: "URL that the bot requests after every full round, so that an outside monitor notices when the bot stops.",
    secret: true,
  },
  {
    name: "HTTPS_PROXY",
    group: "Running",
    otherwise: "HTTP_PROXY",
    meaning:
      "Proxy for all outgoing requests, `http://` or `https://`, with user name and password if the proxy needs them. The bot always reaches its own machine directly.",
    secret: false,
  },
  {
    name: "HTTP_PROXY",
    group: "Running",
    meaning: "Proxy for all outgoing requests when `HTTPS_PROXY` is not set.",
    secret: false,
  },
  {
    name: "NO_PROXY",
    group: "Running",
    meaning:
      "Hosts that the bot reaches without the proxy, separated by commas: `host`, `.suffix`, `host:port`, `10.0.0.0/8`, `*`.",
    secret: false,
  },
  {
    name: "LOG_LEVEL",
    group: "Running",
    default: "info",
    meaning: "`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.",
    secret: false,
  },
] as const satisfies readonly Variable[];
