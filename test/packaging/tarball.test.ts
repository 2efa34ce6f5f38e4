import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { MAIN } from "../cli/child.ts";
import { aWorld } from "../flows/flow.ts";

/** Runs a command. Returns its exit code and its output. */
const run = async (
  [command, ...args]: readonly [string, ...string[]],
  { cwd, env, stdin = "" }: { readonly cwd: string; readonly env: Record<string, string>; readonly stdin?: string },
) => {
  const child = spawn(command, args, { cwd, env });
  child.stdin.end(stdin);
  const [out, err, closed] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const [code] = closed as [number | null];
  return { code, out, err };
};

it("a tarball of the bundle, installed in an empty folder without network, checks a token", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wa-token-package-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const app = join(folder, "app");
  mkdirSync(app);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    npm_config_cache: join(folder, "cache"),
    npm_config_offline: "true",
    npm_config_update_notifier: "false",
  };
  expect(await run(["npm", "pack", "--pack-destination", folder], { cwd: dirname(MAIN), env })).toMatchObject({
    code: 0,
  });
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  expect(tarballs).toEqual([expect.stringMatching(/^wa-token-\d+\.\d+\.\d+\.tgz$/)]);
  const installed = await run(["npm", "install", "--prefix", app, join(folder, ...tarballs)], { cwd: app, env });
  expect(installed).toMatchObject({ code: 0 });
  expect(readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["wa-token"]);

  const world = await aWorld({ start: new Date() });
  const setting = { cwd: app, env: { ...env, ...world.env }, stdin: world.tokens.sixtyDay };
  const checked = await run(["npx", "wa-token", "check", "--stdin"], setting);
  expect(checked).toMatchObject({ code: 1, out: expect.stringContaining("EXPIRING") });
});
