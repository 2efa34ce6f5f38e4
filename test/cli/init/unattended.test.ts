import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { writePrivateFile } from "../../../src/cli/private-file.ts";
import { readSmallFile } from "../../../src/cli/small-file.ts";
import { runChild } from "../child.ts";
import { cli } from "../memory-io.ts";

let world: World;

beforeAll(async () => {
  // The command runs in its own process with the real clock.
  world = await openWorld({ mode: "socket", start: new Date() });
});

afterAll(() => world.close());

const folder = (): string => mkdtempSync(join(world.dataDir, "init-"));

const envIn = (cwd: string) => parseEnv(readFileSync(join(cwd, ".env"), "utf8"));

const init = (cwd: string, change: Readonly<Record<string, string>>) =>
  cli(["init"], {
    cwd,
    env: { ...world.env, ...change },
    readFile: readSmallFile,
    writeFile: writePrivateFile,
    now: world.clock.now,
  });

describe("init without a terminal", () => {
  it("checks the values of the environment, saves them, and posts nothing", { timeout: 20_000 }, async () => {
    const cwd = folder();
    const { code, out, err } = await runChild(["init"], { cwd, env: world.env });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^SLACK_BOT_TOKEN: Workspace Sandbox/);
    expect(out).toMatch(/WHATSAPP_PHONE_NUMBER_ID: Number Example Shop\.\n/);
    expect(out).toMatch(/Start the bot: npm start\n$/);
    // An empty value counts as not set.
    const set = Object.entries(world.env).filter(([, value]) => value !== "");
    expect(envIn(cwd)).toEqual(Object.fromEntries(set));
    expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
    expect(world.slack.calls("chat.postMessage")).toEqual([]);
  });

  it("reports each problem by name and saves nothing", async () => {
    const cwd = folder();
    const { code, out, err } = await init(cwd, {
      SLACK_BOT_TOKEN: world.slack.appToken,
      SLACK_APP_TOKEN: "xapp-other",
      META_APP_SECRET: "another-secret",
      WHATSAPP_PHONE_NUMBER_ID: "+1 555-010-0001",
      WHATSAPP_BUSINESS_ACCOUNT_ID: "100000000002001",
      LOG_LEVEL: "loud",
    });
    expect([code, out]).toEqual([2, ""]);
    const named = err.split("\n").map((line) => /^ {2}.*?([A-Z]+_[A-Z_]+)/.exec(line)?.[1]);
    expect(named.filter((name) => name !== undefined)).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "META_APP_ID",
      "WHATSAPP_PHONE_NUMBER_ID",
      "WHATSAPP_BUSINESS_ACCOUNT_ID",
      "LOG_LEVEL",
    ]);
    expect(existsSync(join(cwd, ".env"))).toBe(false);
  });

  it("reports a signing secret of another form", async () => {
    const cwd = folder();
    const { code, err } = await init(cwd, { SLACK_APP_TOKEN: "", SLACK_SIGNING_SECRET: "A0123456789" });
    expect([code, err]).toEqual([2, expect.stringMatching(/SLACK_SIGNING_SECRET does not look like a signing secret/)]);
    expect(existsSync(join(cwd, ".env"))).toBe(false);
  });

  it("saves the source of the token, never the token", async () => {
    const cwd = folder();
    const token = world.tokens.never;
    expect((await init(cwd, { WHATSAPP_TOKEN_SOURCE: "", WHATSAPP_ACCESS_TOKEN: token })).code).toBe(0);
    expect(envIn(cwd)["WHATSAPP_TOKEN_SOURCE"]).toBe("env:WHATSAPP_ACCESS_TOKEN");
    expect(readFileSync(join(cwd, ".env"), "utf8")).not.toContain(token);
  });

  it("saves the path of a secret's file, and makes a source of the token's file", async () => {
    const cwd = folder();
    writeFileSync(join(cwd, "bot"), `${world.slack.botToken}\n`);
    writeFileSync(join(cwd, "token"), `${world.tokens.never}\n`);
    const change = {
      SLACK_BOT_TOKEN: "",
      SLACK_BOT_TOKEN_FILE: "bot",
      WHATSAPP_TOKEN_SOURCE: "",
      WHATSAPP_ACCESS_TOKEN_FILE: join(cwd, "token"),
    };
    expect((await init(cwd, change)).code).toBe(0);
    const saved = envIn(cwd);
    expect([saved["SLACK_BOT_TOKEN"], saved["SLACK_BOT_TOKEN_FILE"], saved["WHATSAPP_TOKEN_SOURCE"]]).toEqual([
      undefined,
      "bot",
      `file:${join(cwd, "token")}`,
    ]);
  });

  it("checks a complete .env without a change", async () => {
    const cwd = folder();
    expect((await init(cwd, {})).code).toBe(0);
    const before = readFileSync(join(cwd, ".env"), "utf8");
    const { code, out } = await cli(["init"], { cwd, readFile: readSmallFile, now: world.clock.now });
    expect([code, out]).toEqual([0, expect.stringMatching(/\nThe environment has no value to save\.\nStart the bot/)]);
    expect(readFileSync(join(cwd, ".env"), "utf8")).toBe(before);
  });

  it("points to init when nothing is configured, in every subcommand that needs values", async () => {
    for (const argv of [[], ["run"], ["round"], ["doctor"], ["init"]]) {
      const { out, err } = await cli(argv, { cwd: folder(), env: { GRAPH_API_URL: world.graph.url } });
      expect(out + err).toMatch(/Nothing is configured yet\. Run wa-token init/);
    }
  });
});
