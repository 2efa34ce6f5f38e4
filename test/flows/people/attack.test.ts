import { existsSync, readdirSync, readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { connect, type Socket } from "node:net";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { signRequest } from "../../../sandbox/slack/signing.ts";
import type { World } from "../../../sandbox/world.ts";
import { type BotProcess, startProcess } from "../running/bot-process.ts";
import { alertsSeen, ask, askOps, aWorld, SECOND } from "../flow.ts";

// What strangers can do to the one address that is open to them, against the real process.

const MEGABYTE = Buffer.alloc(1_000_000, "x");

const residentMb = (pid: number): number => {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1]
    : execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Number(kilobytes) / 1_024;
};

/** The most memory that the process takes until it is told to stop. */
const watchMemory = (pid: number): (() => number) => {
  let most = residentMb(pid);
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), 20);
  onTestFinished(() => clearInterval(timer));
  return () => {
    clearInterval(timer);
    return Math.max(most, residentMb(pid));
  };
};

const aSocket = (port: number): Socket => {
  const socket = connect(port, "127.0.0.1");
  // The bot may cut it off at any time.
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
};

const closed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once("close", () => resolve());
  });

/** Posts a megabyte, with the headers that a stranger can make up, and waits until the bot has had enough of it. */
const postMegabyte = async (port: number, headers: Readonly<Record<string, string>>): Promise<void> => {
  const socket = aSocket(port);
  const lines = Object.entries({ ...headers, "content-length": String(MEGABYTE.length), connection: "close" });
  socket.write(
    `POST /slack/events HTTP/1.1\r\nhost: x\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`,
  );
  socket.end(MEGABYTE);
  socket.resume();
  await closed(socket);
};

const many = async (count: number, atOnce: number, work: () => Promise<void>): Promise<void> => {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

const aBot = async (
  env: Readonly<Record<string, string>> = {},
): Promise<{ world: World; bot: BotProcess; port: number }> => {
  const world = await aWorld({
    mode: "http",
    start: new Date(),
    env: { SCHEDULE: "* * * * * *", CHECK_INTERVAL: "1s", ...env },
  });
  const bot = startProcess(world, ["run"], { LOG_LEVEL: "info" }, { killedAfterMs: 55_000 });
  await bot.says("round ended");
  return { world, bot, port: world.config.slack.port };
};

describe("strangers at Slack's address", () => {
  it("cannot use up memory with unsigned or wrongly signed bodies, and Slack gets through at once", async () => {
    const { world, bot, port } = await aBot();
    const idle = residentMb(bot.pid);
    const most = watchMemory(bot.pid);
    await many(1_000, 100, () => postMegabyte(port, {}));
    const forged = signRequest("another-secret", Math.floor(Date.now() / 1_000), "");
    await many(300, 100, () => postMegabyte(port, forged));
    // A hundred megabytes are on their way at any time, and a wrong signature is only known at the end of the body.
    expect(most() - idle).toBeLessThan(200);
    expect((await ask(world, world.slack.person("robin"), "help")).text).toContain("/wa-token guide");
    const refused = bot
      .output()
      .split("\n")
      .filter((line) => line.includes("requests to Slack's address were refused"));
    expect(refused.length).toBeLessThanOrEqual(2);
    expect(bot.output()).not.toMatch(/inspection failed|"level":"(?:error|fatal)"/);
  });

  it("cannot use up open files with half a request, and are cut off after ten seconds", async () => {
    const { world, bot, port } = await aBot();
    const idle = residentMb(bot.pid);
    const startedAt = performance.now();
    const sockets = Array.from({ length: 400 }, (_, index) => {
      const socket = aSocket(port);
      if (index % 2 === 0) socket.write("POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slow: ");
      socket.resume();
      return socket;
    });
    await expect.poll(() => sockets.filter((socket) => socket.closed).length, { timeout: 5 * SECOND }).toBe(300);
    await bot.says("round ended");
    expect(await askOps(world, "/readyz")).toMatchObject({
      status: 200,
      body: expect.stringContaining("Too many connections to Slack's address: the bot closed 300"),
    });
    // Slack gets through meanwhile.
    expect((await ask(world, world.slack.person("robin"), "help")).text).toContain("/wa-token guide");
    await Promise.all(sockets.map(closed));
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(8 * SECOND);
    // Node.js itself would take a minute; a busy machine takes some seconds more.
    expect(tookMs).toBeLessThan(40 * SECOND);
    expect(residentMb(bot.pid)).toBeLessThan(2 * idle);
    expect((await ask(world, world.slack.person("robin"), "help")).text).toContain("/wa-token guide");
    expect(alertsSeen({ robin: world.slack.person("robin") })).toEqual([]);
    expect(bot.output()).not.toMatch(/inspection failed|"level":"(?:error|fatal)"/);
  });

  it("that use up all open files do not make the bot blame a token", async () => {
    const { world, bot, port } = await aBot();
    const robin = world.slack.person("robin");
    const open = readdirSync(`/proc/${bot.pid}/fd`).length;
    execFileSync("prlimit", ["--pid", String(bot.pid), `--nofile=${open + 10}:${open + 10}`]);
    const sockets = Array.from({ length: 60 }, () => aSocket(port));
    await bot.says("short of resources (EMFILE)");
    // Two failed inspections would open an alert; here are the ticks for more.
    await new Promise((resolve) => setTimeout(resolve, 4 * SECOND));
    for (const socket of sockets) socket.destroy();
    const ready = await vi.waitUntil(() => askOps(world, "/readyz").catch(() => undefined), { timeout: 5 * SECOND });
    expect(JSON.parse(ready.body)).toMatchObject({
      checks: {
        rounds: { message: expect.stringContaining("short of resources (EMFILE)") },
        graph: { ok: true },
      },
    });
    expect(alertsSeen({ robin })).toEqual([]);
    expect(bot.output()).not.toContain("inspection failed");
  });
});
