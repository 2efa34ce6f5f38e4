import { describe, expect, it, onTestFinished } from "vitest";
import { openWorld } from "../../sandbox/world.ts";
import { openPostgresStore } from "../../src/store/open-postgres.ts";
import { NOON } from "../store/states.ts";
import { postgres, useDatabase } from "../support/postgres-database.ts";
import { cli } from "./memory-io.ts";

const PASSWORD = "hidden-word";

describe.skipIf(postgres === null)("doctor on a PostgreSQL", () => {
  const database = useDatabase("migrated");

  const storeLine = async (
    change: { readonly port?: number; readonly database?: string },
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const world = await openWorld({ mode: "socket" });
    onTestFinished(() => world.close());
    const { port, database: name } = { ...database().server, ...change };
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`;
    const { out, err } = await cli(["doctor"], {
      env: { ...world.env, DATABASE_URL: url, ...env },
      cwd: world.dataDir,
      now: world.clock.now,
    });
    expect(out + err).not.toContain(PASSWORD);
    return out.split("\n").find((line) => line.includes("Store")) ?? "no such line";
  };

  it("says that it answers, by name and host", async () => {
    const { database: name, port } = database().server;
    expect(await storeLine({})).toMatch(
      new RegExp(`^OK +Store: ${name} on 127\\.0\\.0\\.1:${port} answers; it remembers 0 watches\\.$`),
    );
  });

  it("tells a store that remembers watches, when none is configured, as something to change", async () => {
    const store = await openPostgresStore({ server: database().server, pool: 1 });
    await store.sync([{ name: "orders", definition: "d" }], NOON);
    const nothing = { WHATSAPP_ACCESS_TOKEN: "", WHATSAPP_TOKEN_SOURCE: "", WATCHLIST: "" };
    expect(await storeLine({}, nothing)).toMatch(
      /^PROBLEM +Store: \w+ on .+ remembers one watch, but nothing is watched, so the bot would not start\./,
    );
    await store.sync([], NOON, { retire: (state) => state });
    await store.close();
  });

  it("tells a database that does not exist as something to change", async () => {
    expect(await storeLine({ database: "nowhere" })).toMatch(
      /^PROBLEM +Store: The database nowhere on .+ does not exist/,
    );
  });

  it("tells a server that is away as such", async () => {
    expect(await storeLine({ port: 1 })).toMatch(/^\S.+Store: The database \w+ on 127\.0\.0\.1:1 cannot be reached\./);
  });
});
