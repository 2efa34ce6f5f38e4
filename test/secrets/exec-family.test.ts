import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lifelines } from "./lifelines.ts";
import { messageOf, read, TOKEN, valueOf } from "./sources.ts";

const OTHER_SYSTEM = !existsSync("/proc/self/environ");

const node = (script: string): [string, ...string[]] => [process.execPath, "-e", script];

/** A script that starts another one; detached, it leaves the process group and the session. */
const starting = (script: string, options: string): string =>
  `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(script)}], { stdio: "ignore", ${options} }).unref()`;

/** Starts a daemon: the process in the middle ends at once, so that the last one gets another parent. */
const daemon = (script: string): string =>
  starting(`${starting(script, "detached: true")}; process.exit()`, "detached: true");

const run = (script: string, options: Parameters<typeof read>[1] = {}) =>
  read({ kind: "exec", argv: node(script) }, { env: process.env, ...options });

describe.skipIf(OTHER_SYSTEM)("a process that a command starts (needs /proc)", () => {
  it("ends with it when it does not finish in time", async () => {
    const { hang, connected, ended } = await lifelines(5);
    const script = [
      hang,
      starting(hang, ""),
      starting(hang, "detached: true"),
      starting(hang, "detached: true, env: {}"),
      daemon(hang),
    ].join(";");
    const reading = run(script, { execTimeoutMs: 3_000 });
    await connected;
    expect(messageOf(await reading)).toMatch(/it did not finish within 3 s and was stopped/);
    await ended();
  });

  it("ends with it when it floods its output", async () => {
    const { hang, connected, ended } = await lifelines(1);
    const folder = await mkdtemp(join(tmpdir(), "wa-token-flood-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const go = join(folder, "go");
    const flood = `setInterval(() => require("node:fs").existsSync("${go}") && process.stdout.write("x".repeat(100_000)), 50)`;
    const reading = run(`${daemon(hang)}; ${flood}`);
    await connected;
    await writeFile(go, "");
    expect(messageOf(await reading)).toMatch(/it gives more than 64 KiB/);
    await ended();
  });

  it.each(["ignore", "inherit"])(
    "ends after the command when it stays in the process group, with its output set to %s",
    async (output) => {
      const { hang, connected, ended } = await lifelines(1);
      const left = starting(hang, "").replace('"ignore"', `["ignore", "${output}", "ignore"]`);
      const reading = run(`${left}; console.log("${TOKEN}"); setTimeout(() => {}, 500)`);
      await connected;
      expect(valueOf(await reading).value).toBe(TOKEN);
      await ended();
    },
  );

  it("ends with the bot: a running command, and the processes that earlier commands left", async () => {
    const { hang, connected, ended } = await lifelines(3);
    const stop = new AbortController();
    const left = await run(`${daemon(hang)}; console.log("${TOKEN}")`, { signal: stop.signal });
    expect(valueOf(left).value).toBe(TOKEN);
    const reading = run(`${daemon(hang)}; ${hang}`, { signal: stop.signal });
    // The two readers of this test stand for two bots. Each bot ends only its own processes.
    const others = new AbortController();
    const other = await lifelines(1);
    await run(`${daemon(other.hang)}; console.log("${TOKEN}")`, { signal: others.signal });
    await Promise.all([connected, other.connected]);
    stop.abort();
    expect(messageOf(await reading)).toMatch(/it was stopped because the bot is stopping\.$/);
    expect(other.alive()).toBe(1);
    others.abort();
    await other.ended();
    await ended();
  });

  it("is not started when the bot has stopped", async () => {
    expect(messageOf(await run("console.log(1)", { signal: AbortSignal.abort() }))).toMatch(
      /because the bot is stopping/,
    );
  });
});
