import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres/open-postgres.ts";
import type { PostgresServer } from "../../../src/store/postgres/server.ts";
import { say } from "../../crash/say.ts";
import { findPgBouncer, type PgBouncerSetting, startPgBouncer } from "../../support/pgbouncer.ts";
import { createDatabase, postgres, useDatabase } from "../../support/postgres-database.ts";
import { anOutcome, asItIs, minutes, NOON } from "../contract/states.ts";
import { saveRound } from "../../support/save-round.ts";

const program = findPgBouncer();
if (program === undefined)
  say("The tests over a real PgBouncer are skipped: it is not installed. Its recorded answers are tested everywhere.");

const IGNORE =
  "ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout, extra_float_digits";
const BOB = { users: { bob: "right", postgres: "right" }, lines: [IGNORE, "auth_type = scram-sha-256"] };

describe.skipIf(postgres === null || program === undefined)("a real PgBouncer in transaction mode", () => {
  const database = useDatabase("migrated");
  const behind = async (setting: Partial<PgBouncerSetting> = {}, fields: Partial<PostgresServer> = {}) => {
    const { port: serverPort } = database().server;
    const bouncer = await startPgBouncer(program ?? "", { serverPort, lines: [IGNORE], ...setting });
    return { bouncer, server: { ...database().server, port: bouncer.port, ...fields } };
  };
  /** The error of opening. */
  const refusal = async (server: PostgresServer): Promise<string> => {
    try {
      await (await openPostgresStore({ server, pool: 1 })).close();
      return "opened";
    } catch (error) {
      return error instanceof Error && "code" in error ? `${String(error.code)}: ${error.message}` : String(error);
    }
  };

  it("creates the tables, and serves two bots with fewer connections than they want", async () => {
    const empty = await createDatabase("empty");
    const { server } = await behind({ lines: [IGNORE, "default_pool_size = 2"] }, { database: empty.server.database });
    const bots = await Promise.all([1, 2].map(async () => openPostgresStore({ server, pool: 5 })));
    const names = Array.from({ length: 30 }, (_, index) => `shop-${index}`);
    const watches = names.map((name) => ({ name, definition: "d" }));
    await Promise.all(bots.map(async (bot) => bot.sync(watches, NOON, { resolveRemoved: asItIs })));
    const due = { names, now: NOON, leaseMs: 60_000, limit: 3, which: "due", roundStartedAt: NOON } as const;
    const claims = await Promise.all(
      bots.flatMap((bot) =>
        Array.from({ length: 5 }, async () => (await bot.claimDue(due)).map((claim) => ({ bot, claim }))),
      ),
    );
    expect(new Set(claims.flat().map(({ claim }) => claim.watch)).size).toBe(claims.flat().length);
    const saved = await Promise.all(
      claims
        .flat()
        .map(async ({ bot, claim }) =>
          saveRound(bot, claim, anOutcome({ state: claim.state, checkedAt: NOON, nextDueAt: minutes(15) })),
        ),
    );
    expect(saved.every(Boolean)).toBe(true);
    expect(await Promise.all(bots.map(async (bot) => bot.keepLeases(() => new Date())))).toMatchObject([
      { freed: 0 },
      { freed: 0 },
    ]);
    for (const bot of bots) await bot.close();
    await empty.drop();
  });

  it("that refuses our settings is reported, with the lines for its configuration", async () => {
    const { server } = await behind({ lines: [] });
    expect(await refusal(server)).toMatch(/^refused: .+ Set ignore_startup_parameters = statement_timeout,/);
  });

  it("with a wrong password", async () => {
    const { server } = await behind(BOB, { user: "bob", password: () => "wrong" });
    expect(await refusal(server)).toMatch(/^refused: .+ rejects the password of bob\./);
  });

  it("with a user that it does not know", async () => {
    const { server } = await behind(BOB, { user: "eve", password: () => "wrong" });
    expect(await refusal(server)).toMatch(/^refused: .+ (?:rejects the user eve|rejects the password of eve)\./);
  });

  it("with a database that does not exist", async () => {
    const { server } = await behind({}, { database: "nowhere" });
    expect(await refusal(server)).toMatch(/^refused: The database nowhere on .+ does not exist\./);
  });

  it("with no connection left", async () => {
    const { server } = await behind({ lines: [IGNORE, "max_client_conn = 1"] });
    const store = await openPostgresStore({ server, pool: 1 });
    await store.ping();
    expect(await refusal(server)).toMatch(/^busy: .+ has no free connection in PgBouncer\. .+max_client_conn/);
    await store.close();
  });

  it("whose server is down is unreachable", async () => {
    const lines = [IGNORE, "query_wait_timeout = 1", "client_login_timeout = 2", "server_login_retry = 1"];
    const { server } = await behind({ serverPort: 1, lines });
    expect(await refusal(server)).toMatch(/^unreachable: .+ is behind a PgBouncer that cannot reach its server\./);
  });

  it("that loses the connection to its server: the work is done again", async () => {
    const { server } = await behind();
    const store = await openPostgresStore({ server, pool: 2 });
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    for (let time = 0; time < 3; time++) {
      const working = Promise.all(Array.from({ length: 20 }, async () => store.list()));
      await sleep(1);
      await database().sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      expect((await working).every((list) => list.length === 1)).toBe(true);
    }
    await store.close();
  });
});
