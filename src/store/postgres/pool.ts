import pg from "pg";
import type { PostgresServer, PostgresTls } from "./server.ts";

export interface PoolOptions {
  /** The most connections. */
  readonly size: number;
  /** Called when a connection was lost. The next use opens a new one. */
  readonly onBroken: (error: Error) => void;
}

/**
 * A pool of connections to a PostgreSQL server, opened when needed. It sets every setting that pg would look up, so pg
 * ignores PGHOST, PGPASSWORD, ~/.pgpass and similar.
 */
export function createPool(server: PostgresServer, options: PoolOptions): pg.Pool {
  const { host, port, database, user, password } = server;
  const pool = new pg.Pool({
    host,
    port,
    database,
    user,
    // Without any password, pg would give up and leave the connection half open. A wrong password makes the server
    // report the error.
    password: () => password?.() ?? "none",
    ssl: sslOf(server.tls),
    max: options.size,
    application_name: "wa-token",
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: HELD_MS,
    keepAlive: true,
    // Longer than the scheduler's usual tick, so an idle bot does not reconnect every minute.
    idleTimeoutMillis: 90_000,
    maxLifetimeSeconds: LIFETIME_S,
  });
  pool.on("connect", (client) => {
    let reported = false;
    // Without a listener, the error of an idle connection would end the process.
    client.on("error", (error) => {
      if (!reported) options.onBroken(error);
      reported = true;
    });
  });
  // The pool reports the same error a second time.
  pool.on("error", () => {});
  return pool;
}

export type UsedPool = Pick<pg.Pool, "connect" | "end" | "options">;

export interface RenewablePool extends UsedPool {
  /** Closes every connection that is open now, as soon as it is free. */
  readonly renew: () => void;
}

/**
 * A pool that can replace all its connections. After a failover, the address leads to the new server. Open connections
 * still lead to the old server, which is read-only.
 */
export function renewable(pool: pg.Pool): RenewablePool {
  let generation = 0;
  const born = new WeakMap<pg.PoolClient, number>();
  pool.on("connect", (client) => {
    born.set(client, generation);
  });
  return {
    options: pool.options,
    connect: async () => {
      for (;;) {
        const client = await pool.connect();
        if (born.get(client) === generation) return client;
        client.release(true);
      }
    },
    end: async () => pool.end(),
    renew: () => {
      generation++;
    },
  };
}

/**
 * Closes each connection that stays in use for longer than any transaction of the store. On a network that drops every
 * packet, a connection reports no error for 15 minutes. The server's own timeouts do not arrive there.
 */
export function cutHeld(pool: pg.Pool, onBroken: PoolOptions["onBroken"], heldMs = HELD_MS): void {
  const timers = new Map<pg.PoolClient, NodeJS.Timeout>();
  pool.on("acquire", (client) => {
    const timer = setTimeout(() => {
      onBroken(new Error(`in use for more than ${heldMs} ms, so wa-token closed it`));
      void client.end();
    }, heldMs);
    timers.set(client, timer);
  });
  pool.on("release", (_error, client) => {
    clearTimeout(timers.get(client));
    timers.delete(client);
  });
}

/**
 * Timeouts for a server that does not answer. They are shorter than the two-minute lease of a round, so the bot notices
 * the problem before the lease ends.
 */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;
const LOCK_MS = 10_000;

/** After this time a connection to a retired but running server is replaced. */
const LIFETIME_S = 10 * 60;

/** Longer than any transaction of the store: each has only a few statements. */
const HELD_MS = 30_000;

function sslOf(tls: PostgresTls): pg.ClientConfig["ssl"] {
  switch (tls.kind) {
    case "disable":
      return false;
    case "require":
      return { rejectUnauthorized: false };
    case "verify-full":
      return { rejectUnauthorized: true, ...(tls.ca !== undefined && { ca: tls.ca }) };
  }
}
