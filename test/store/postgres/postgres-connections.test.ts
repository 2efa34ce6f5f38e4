import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import type { PostgresServer } from "../../../src/store/postgres/server.ts";
import { keepLog } from "../../support/keep-log.ts";
import { postgres, useDatabase } from "../../support/postgres-database.ts";
import { anOutcome, asItIs, minutes, NOON } from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

/** A proxy to the server that can drop everything silently, like a broken network. */
const openTunnel = async (target: PostgresServer) => {
  const sockets = new Set<Socket>();
  let silent = false;
  const server: Server = createServer((near) => {
    const far = connect(target.port, target.host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => {
        if (!silent) to.write(bytes);
      });
      from.on("error", () => {});
      from.on("close", () => to.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    server: { ...target, port },
    setSilent: (value: boolean) => {
      silent = value;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};

describe.skipIf(postgres === null)("connections to PostgreSQL", () => {
  const database = useDatabase("migrated");
  const OURS = "from pg_stat_activity where application_name = 'wa-token' and datname = current_database()";
  const ours = async () => database().sql<{ pid: number }>(`select pid ${OURS}`);
  const terminateAll = async () =>
    database().sql<{ ended: boolean }>(`select pg_terminate_backend(pid) as ended ${OURS}`);

  it("an idle connection that breaks is logged once, ends nothing, and the next call has a new one", async () => {
    const { log, lines } = keepLog();
    const store = await openPostgresStore({ server: database().server, pool: 1, log });
    expect(await terminateAll()).toEqual([{ ended: true }]);
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    await expect(store.ping()).resolves.toBeUndefined();
    expect(lines).toEqual([
      expect.objectContaining({
        msg: "a database connection was lost",
        database: expect.stringMatching(/^wa_token_\w+ on 127\.0\.0\.1:\d+$/),
        error: "terminating connection due to administrator command",
      }),
    ]);
    await store.close();
  });

  it("a transaction that loses its connection is done again, as a whole", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 2 });
    await store.sync([{ name: "orders", definition: "d" }], NOON, { resolveRemoved: asItIs });
    await database().sql("begin");
    await database().sql("lock table alerts in access exclusive mode");
    // Stops in the middle: the watch is already claimed, but its alert cannot be read.
    const claiming = store.claimDue({
      names: ["orders"],
      now: NOON,
      leaseMs: 60_000,
      limit: 1,
      which: "due",
      roundStartedAt: NOON,
    });
    const waiting = async () =>
      database().sql<{ pid: number }>(`select pid from pg_locks where not granted and locktype = 'relation'`);
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1));
    await terminateAll();
    await database().sql("rollback");
    const [claim] = await claiming;
    expect(claim?.watch).toBe("orders");
    if (claim === undefined) return;
    expect(
      await saveRound(store, claim, anOutcome({ state: claim.state, checkedAt: NOON, nextDueAt: minutes(15) })),
    ).toBe(true);
    await store.close();
  });

  it("after a failover, connections to the old server are closed, and the new server does the work", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 3 });
    const readOnly = async (value: "on" | "off") => {
      const [row] = await database().sql<{ name: string }>("select current_database() as name");
      await database().sql(`alter database ${row?.name} set default_transaction_read_only = ${value}`);
    };
    await terminateAll();
    // Applies to connections opened from now on. They stand for connections to the old server.
    await readOnly("on");
    await Promise.all([store.list(), store.list(), store.list()]);
    const old = await ours();
    await expect(store.advanceDeadline("m", null, { at: NOON, spec: "" }, [])).rejects.toMatchObject({
      code: "read_only",
    });
    await Promise.all([store.list(), store.list(), store.list()]);
    await readOnly("off");
    expect(await store.advanceDeadline("m", null, { at: NOON, spec: "" }, [])).toBe(true);
    expect(old.length).toBeGreaterThan(1);
    await vi.waitFor(async () => {
      const pids = (await ours()).map(({ pid }) => pid);
      expect(old.filter(({ pid }) => pids.includes(pid))).toEqual([]);
    });
    await store.close();
  });

  it("a network that drops every packet is noticed, and the store recovers with the network", async () => {
    const tunnel = await openTunnel(database().server);
    const { log, lines } = keepLog();
    const store = await openPostgresStore({ server: tunnel.server, pool: 1, heldMs: 200, log });
    tunnel.setSilent(true);
    const asking = store.ping();
    await vi.waitFor(() => expect(lines).toHaveLength(1));
    tunnel.setSilent(false);
    await expect(asking).resolves.toBeUndefined();
    expect(lines[0]).toMatchObject({ error: "in use for more than 200 ms, so wa-token closed it" });
    await store.close();
    await tunnel.close();
  });

  it("a database that stays unreachable is reported by name", async () => {
    const tunnel = await openTunnel(database().server);
    const store = await openPostgresStore({ server: tunnel.server, pool: 1 });
    await tunnel.close();
    await expect(store.ping()).rejects.toMatchObject({
      name: "StoreError",
      code: "unreachable",
      message: expect.stringMatching(/^The database wa_token_\w+ on 127\.0\.0\.1:\d+ cannot be reached\. /),
    });
    await store.close();
  });

  it("stays within its number of connections, and releases them", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 2 });
    await Promise.all(Array.from({ length: 20 }, async () => store.list()));
    expect(await ours()).toHaveLength(2);
    await store.close();
    await vi.waitFor(async () => expect(await ours()).toEqual([]));
  });

  it.each([
    ["an hour behind", -3_600_000],
    ["right", 0],
    ["an hour ahead", 3_600_000],
  ])("measures the clock difference of a machine that is %s", async (_, wrongMs) => {
    const store = await openPostgresStore({ server: database().server, pool: 1 });
    const offsetMs = await store.clockOffsetMs(() => new Date(Date.now() + wrongMs));
    expect(Math.abs(offsetMs + wrongMs)).toBeLessThan(1_000);
    await store.close();
  });
});
