import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.ts";
import { createMemoryIo } from "../../cli/memory-io.ts";
import { alertsSeen, ask, askOps, aWorld, MINUTE, wordsOf, withPeople } from "../flow.ts";

const REFRESH = 15 * MINUTE;

const jsonLines = (lines: readonly Readonly<Record<string, unknown>>[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

it("a fleet in a file is watched, follows the file, and keeps its watches when the file breaks", async () => {
  let path = "";
  const world = await aWorld({
    watchlist: (source) => {
      path = join(source("list").replace(/^file:/, ""), "../customers.jsonl");
      return `watches:\n  - { name: customers, fleet: "file:${path}" }\n`;
    },
  });
  const { tokens } = world;
  const readFile = (file: string): string => readFileSync(file, "utf8");
  const ids = { phoneNumberId: "100000000002001", whatsappBusinessAccountId: "100000000001001" };
  const customer = (name: string, token = tokens.never) => ({ name, token, ...ids });
  writeFileSync(path, jsonLines([customer("acme"), customer("bolt"), customer("crest", tokens.noMessaging)]));
  const bot = await world.startBot();
  const flow = withPeople(world, bot);
  const alerts = () => alertsSeen(flow).map(({ text }) => text ?? "");
  // The first reading is beside the start, and brings a round of its own when it ends late.
  await world.slack.waitFor(() => alerts()[0]);
  expect(alerts()).toEqual([expect.stringContaining("crest")]);

  // The lines move, and a token changes. No reading of the fleet is due yet.
  writeFileSync(path, jsonLines([customer("crest", tokens.noMessaging), customer("bolt"), customer("acme")]));
  world.clock.advance(MINUTE);
  expect(await bot.app.round("all")).toMatchObject({ round: { checked: 3, outcomes: { healthy: 2, degraded: 1 } } });

  // A line is removed.
  writeFileSync(path, jsonLines([customer("bolt"), customer("acme")]));
  const changed = bot.nextLine("the fleet changed");
  world.clock.advance(REFRESH);
  await changed;
  await bot.app.round("due");
  expect(alerts()).toEqual([expect.stringContaining("no longer watched")]);

  // The export breaks: nothing is removed, and status says it.
  writeFileSync(path, "");
  const kept = bot.nextLine("The list has no watch, and had 2 before");
  world.clock.advance(REFRESH);
  await kept;
  const status = await ask(world, flow.robin, "status");
  expect(wordsOf(status.blocks)).toMatch(/customers.*The list has no watch, and had 2 before\. To accept it, run/s);
  expect(wordsOf(status.blocks)).toMatch(/acme.*bolt/s);
  for (const text of bot.logLines()) expect(text).not.toContain(tokens.never.slice(0, 30));
  await bot.stop();

  // A person accepts the smaller list.
  writeFileSync(path, jsonLines([customer("acme")]));
  const io = () => createMemoryIo({ cwd: world.dataDir, now: world.clock.now, env: world.env, readFile });
  const other = io();
  expect(await runCli(["round", "--accept-fleet", "custmers"], other.io)).toBe(2);
  expect(other.err()).toMatch(/no fleet named "custmers"\. Did you mean customers\?/);
  const accepting = io();
  expect(await runCli(["round", "--all", "--accept-fleet", "customers"], accepting.io)).toBe(0);
  expect(accepting.out()).toMatch(/^1 watch checked: 1 healthy/);
  const again = await world.startBot({ untilCaughtUp: false });
  await expect.poll(async () => (await askOps(world, "/readyz")).body).toContain("Every list of a fleet could be read");
  expect(wordsOf((await ask(world, flow.robin, "status")).blocks)).not.toContain("bolt");
  await again.stop();
});
