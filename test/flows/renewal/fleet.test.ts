import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { runCli } from "../../../src/cli/program.ts";
import { createMemoryIo } from "../../cli/memory-io.ts";
import { aWorld, DAY, MINUTE } from "../flow.ts";

const REFRESH = 15 * MINUTE;

it("the renewal of a watch stays open while its fleet cannot be read, and ends when the watch leaves the fleet", async () => {
  let source = (name: string): string => name;
  const world = await aWorld({
    watchlist: (sourceOf) => {
      source = sourceOf;
      return `watches:\n  - { name: customers, fleet: "${sourceOf("customers")}" }\n`;
    },
  });
  const { graph, clock, tokens } = world;
  const fleet = world.tokenFile("customers").path;
  const orders = { name: "orders", source: source("orders"), phoneNumberId: demoIds.phone, renew: { write: "source" } };
  const line = (watch: Readonly<Record<string, unknown>>): string => `${JSON.stringify(watch)}\n`;
  const others = line({ name: "acme", token: tokens.never }) + line({ name: "bolt", token: tokens.never });
  writeFileSync(fleet, line(orders) + others);
  world.tokenFile("orders").write(
    graph.issueToken({
      label: "orders",
      issuedAt: new Date(clock.now().getTime() - 50 * DAY),
      expiresAt: new Date(clock.now().getTime() + 10 * DAY),
    }),
  );
  const run = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> => {
    const { io } = createMemoryIo({
      cwd: world.dataDir,
      now: clock.now,
      wait: async (ms) => clock.advance(ms),
      env: { ...world.env, ...env },
      readFile: (path) => readFileSync(path, "utf8"),
    });
    return runCli(argv, io);
  };
  const outcomes = (): readonly unknown[] => {
    using database = new DatabaseSync(join(world.dataDir, "wa-token.db"), { readOnly: true });
    return database
      .prepare("select body from renewals")
      .all()
      .map(({ body }) => (JSON.parse(String(body)) as { readonly outcome: unknown }).outcome);
  };
  expect(await run(["renew", "--watch", "orders"])).toBe(0);
  expect(outcomes()).toEqual([null]);

  // A command with another watchlist, and one that cannot read the fleet.
  const other = join(world.dataDir, "other.yml");
  writeFileSync(other, `watches:\n  - { name: crm, source: "env:CRM" }\n`);
  await run(["round", "--all"], { WATCHLIST: other, CRM: tokens.never });
  renameSync(fleet, `${fleet}.away`);
  await run(["round", "--all"]);
  expect(outcomes()).toEqual([null]);

  const bot = await world.startBot({ untilCaughtUp: false });
  await bot.app.round("all");
  expect(outcomes()).toEqual([null]);

  renameSync(`${fleet}.away`, fleet);
  const read = bot.nextLine("the fleet is read again");
  clock.advance(REFRESH);
  await read;
  await bot.app.round("all");
  expect(outcomes()).toEqual([null]);

  writeFileSync(fleet, others);
  const changed = bot.nextLine("the fleet changed");
  clock.advance(REFRESH);
  await changed;
  await bot.app.round("all");
  expect(outcomes()).toEqual(["unwatched"]);
  await bot.stop();
});
