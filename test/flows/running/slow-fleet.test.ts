import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startProcess } from "./bot-process.ts";
import { askOps, aWorld } from "../flow.ts";

it("a fleet command that hangs delays neither the health checks nor the other watches, and its watches follow at once", async () => {
  let dataDir = "";
  const world = await aWorld({
    start: new Date(),
    watchlist: (source) => {
      dataDir = join(source("fixed").replace(/^file:/, ""), "..");
      const command = JSON.stringify([process.execPath, join(dataDir, "list.cjs"), join(dataDir, "go")]);
      return `watches:
  - { name: fixed, source: "${source("fixed")}" }
  - { name: customers, fleet: 'exec:${command}' }
`;
    },
  });
  const { never } = world.tokens;
  world.tokenFile("fixed").write(never);
  world.tokenFile("late").write(never);
  const late = `{"name":"late","source":"file:${join(dataDir, "late")}"}`;
  const give = `if (!require("node:fs").existsSync(process.argv[2])) return; console.log(${JSON.stringify(late)}); clearInterval(wait);`;
  writeFileSync(join(dataDir, "list.cjs"), `const wait = setInterval(() => { ${give} }, 20);`);
  const bot = startProcess(world);
  await bot.says("listening for health and metrics");
  expect(await askOps(world, "/healthz")).toMatchObject({ status: 200 });
  await bot.says('"outcomes":{"healthy":1}');
  const ready = await askOps(world, "/readyz");
  expect(ready.body).toContain("Fleet customers: The bot reads this list for the first time.");
  expect(JSON.parse(ready.body)).toMatchObject({ checks: { slack: { ok: true } } });
  const checked = bot.output().split('"outcomes":{"healthy":1}').length;
  writeFileSync(join(dataDir, "go"), "");
  await expect.poll(() => bot.output().split('"outcomes":{"healthy":1}').length, { timeout: 20_000 }).toBe(checked + 1);
  expect((await askOps(world, "/readyz")).body).not.toContain("for the first time");
  bot.signal("SIGTERM");
  expect(await bot.ended).toMatchObject({ code: 0 });
});

it.skipIf(!existsSync("/proc/self/environ"))("a stop ends a fleet command that hangs", async () => {
  const command = JSON.stringify([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
  const watchlist = `watches:\n  - { name: customers, fleet: 'exec:${command}' }\n`;
  const world = await aWorld({ start: new Date(), watchlist: () => watchlist });
  const bot = startProcess(world);
  await bot.says("wa-token runs");
  bot.signal("SIGTERM");
  const { code, tookMs } = await bot.ended;
  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(10_000);
  expect(bot.output()).not.toContain("The store did not save");
});
