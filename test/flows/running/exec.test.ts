import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lifelines } from "../../secrets/lifelines.ts";
import { startProcess } from "./bot-process.ts";
import { aWorld } from "../flow.ts";

/** Leaves the process group and the session, and has another parent soon. */
const daemon = (script: string): string => {
  const start = (inner: string): string =>
    `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(inner)}], { stdio: "ignore", detached: true }).unref()`;
  return start(`${start(script)}; process.exit()`);
};

it.skipIf(!existsSync("/proc/self/environ")).each(["run", "round"])(
  "the end of the bot's process (%s) ends what its exec: commands left running (needs /proc)",
  async (command) => {
    const world = await aWorld({ start: new Date() });
    const { hang, connected, ended } = await lifelines(1);
    const file = join(world.dataDir, "source.cjs");
    const ready = join(world.dataDir, "daemon-is-there");
    // The bot ends what is left as soon as it has the token. So the command gives it only when the daemon is connected.
    const connect = `${hang}.once("connect", () => require("node:fs").writeFileSync(${JSON.stringify(ready)}, ""))`;
    const give = `if (!require("node:fs").existsSync(${JSON.stringify(ready)})) return; clearInterval(wait); console.log("${world.tokens.never}")`;
    writeFileSync(file, `${daemon(connect)}; const wait = setInterval(() => { ${give} }, 20)`);
    const source = `exec:${JSON.stringify([process.execPath, file])}`;
    const bot = startProcess(world, [command], { WHATSAPP_TOKEN_SOURCE: source });
    await connected;
    await bot.says('"outcomes":{"healthy":1}');
    // A round ends by itself.
    if (command === "run") bot.signal("SIGTERM");
    expect(await bot.ended).toMatchObject({ code: 0 });
    await ended();
  },
);

it.skipIf(!existsSync("/proc/self/environ"))(
  "a stop ends a command that hangs, and the helper that left it (needs /proc)",
  async () => {
    const world = await aWorld({ start: new Date() });
    const { hang, connected, ended } = await lifelines(2);
    const file = join(world.dataDir, "source.cjs");
    writeFileSync(file, `${daemon(hang)}; ${hang}`);
    const source = `exec:${JSON.stringify([process.execPath, file])}`;
    const bot = startProcess(world, [], { WHATSAPP_TOKEN_SOURCE: source });
    await connected;
    await bot.says("wa-token runs");
    bot.signal("SIGTERM");
    const { code, tookMs } = await bot.ended;
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    await ended();
  },
);
