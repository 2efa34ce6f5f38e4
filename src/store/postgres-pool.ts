import pg from "pg";
import type { PostgresServer, PostgresTls } from "./postgres-server.ts";

/** All of them below the two minutes of a round's lease: a server that hangs is noticed before the lease ends. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 15_000;
const LOCK_MS = 10_000;
/** A server that was taken out of use while it lives on is left after this long. */
const LIFETIME_S = 10 * 60;
/** Longer than any transaction of ours: each is a few statements. */
const HELD_MS = 30_000;

export interface PoolOptions {
  /** Connections at most. */
  readonly size: number;
  /** Told why a connection broke; the next use opens a new one. */
  readonly onBroken: (error: Error) => void;
}

const sslOf = (tls: PostgresTls): pg.ClientConfig["ssl"] => {
  switch (tls.kind) {
    case "disable":
      return false;
    case "require":
      return { rejectUnauthorized: false };
    case "verify-full":
      return { rejectUnauthorized: true, ...(tls.ca !== undefined && { ca: tls.ca }) };
  }
};

/**
 * Connections to a PostgreSQL server, opened when needed. What the environment says to other programs (PGHOST,
 * PGPASSWORD, ~/.pgpass…) is not used: every setting that pg would look up there is given here.
 */
export const createPool = (server: PostgresServer, options: PoolOptions): pg.Pool => {
  const { host, port, database, user, password } = server;
  const pool = new pg.Pool({
    host,
    port,
    database,
    user,
    // With none pg would give up by itself and leave the connection half open; so the server says no.
    password: () => password?.() ?? "none",
    ssl: sslOf(server.tls),
    max: options.size,
    application_name: "wa-token",
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: HELD_MS,
    keepAlive: true,
    // Slower than the scheduler's usual tick, so that a quiet bot does not connect anew each minute.
    idleTimeoutMillis: 90_000,
    maxLifetimeSeconds: LIFETIME_S,
  });
  pool.on("connect", (client) => {
    let told = false;
    // A connection that breaks while nobody waits for an answer would otherwise end the process.
    client.on("error", (error) => {
      if (!told) options.onBroken(error);
      told = true;
    });
  });
  // The pool tells of idle connections that broke once more.
  pool.on("error", () => {});
  return pool;
};

/** The part of a pool that Kysely uses. */
export type UsedPool = Pick<pg.Pool, "connect" | "end" | "options">;

export interface RenewablePool extends UsedPool {
  /** Every connection that is open now is closed instead of being used again. */
  readonly renew: () => void;
}

/**
 * A pool whose connections can be left behind: after a switch-over the address leads to another server, while those that
 * are open stay with the old one, which answers every save that it can only be read.
 */
export const renewable = (pool: pg.Pool): RenewablePool => {
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
};

/**
 * Cuts each connection that stays in use for longer than any transaction of ours. A network that swallows everything
 * gives no error for a quarter of an hour, and no timeout of the server reaches us through it.
 */
export const cutHeld = (pool: pg.Pool, onBroken: PoolOptions["onBroken"], heldMs = HELD_MS): void => {
  const timers = new Map<pg.PoolClient, NodeJS.Timeout>();
  pool.on("acquire", (client) => {
    const timer = setTimeout(() => {
      onBroken(new Error(`in use for ${heldMs} ms without an end, so it was cut`));
      void client.end();
    }, heldMs);
    timers.set(client, timer);
  });
  pool.on("release", (_error, client) => {
    clearTimeout(timers.get(client));
    timers.delete(client);
  });
};
