import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../../sandbox/world.ts";
import { lifelines } from "../secrets/lifelines.ts";
import { fakeToken } from "../support/fake-token.ts";
import { MAIN, runChild, startChild } from "./child.ts";

let world: World;

beforeAll(async () => {
  // The command runs in its own process with the real clock.
  world = await openWorld({ mode: "socket", start: new Date() });
}, 20_000);

afterAll(() => world.close());

const child = (argv: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = "") =>
  runChild(argv, { env: { ...world.env, ...env }, stdin, cwd: world.dataDir });

/** Runs a command on a terminal, and acts as soon as it shows a text. Each action gives the text that is typed. */
const onTerminal = async (
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  actions: readonly (readonly [shows: string, act: (pid: number) => string])[],
) => {
  const cwd = mkdtempSync(join(world.dataDir, "terminal-"));
  // The shell prints its process ID, which becomes that of the command.
  const command = `echo "pid=$$"; exec "${process.execPath}" "${MAIN}" ${argv.join(" ")}`;
  const script =
    process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", command] : ["-qec", command, "/dev/null"];
  const terminal = spawn("script", script, {
    cwd,
    env: { ...env, PATH: process.env["PATH"], SHELL: "/bin/sh", TERM: "xterm" },
    timeout: 15_000,
  });
  let out = "";
  let [next, ...others] = actions;
  terminal.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    out += chunk;
    while (next !== undefined && out.includes(next[0])) {
      terminal.stdin.write(next[1](Number(/pid=(\d+)/.exec(out)?.[1])));
      [next, ...others] = others;
    }
  });
  const [code] = (await once(terminal, "close")) as [number | null];
  return { code, out, isCursorShown: out.lastIndexOf("\u001B[?25h") > out.lastIndexOf("\u001B[?25l") };
};

const CTRL_C = "\u0003";

describe("the command in its own process", { timeout: 20_000 }, () => {
  it("check --json of a healthy token: one object on stdout, nothing else, exit 0", async () => {
    const { code, out, err } = await child(["check", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      state: "healthy",
      token: { expiresAt: "never" },
      assets: [
        { kind: "phone", reach: "reached" },
        { kind: "waba", reach: "reached" },
      ],
    });
    expect([code, err]).toEqual([0, ""]);
  });

  it("check --stdin of a token that ends soon: exit 1", async () => {
    const { code, out, err } = await child(["check", "--stdin"], {}, world.tokens.sixtyDay);
    expect(out).toMatch(/^EXPIRING {2}/);
    expect([code, err]).toEqual([1, ""]);
  });

  it("a wrong configuration: stdout stays empty, exit 2", async () => {
    const { code, out, err } = await child(["check", "--json"], { PORT: "x" });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/PORT must be a port/);
  });

  it("a check without a result: exit 3", async () => {
    const { code, out } = await child(["check", "--source", "file:/no/such/file", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ state: "unknown", token: null });
    expect(code).toBe(3);
  });

  it("reads the .env of its folder", async () => {
    const folder = mkdtempSync(join(world.dataDir, "folder-"));
    const lines = Object.entries(world.env).map(([name, value]) => `${name}='${value}'`);
    writeFileSync(join(folder, ".env"), [...lines, `WHATSAPP_ACCESS_TOKEN=${world.tokens.sixtyDay}`].join("\n"));
    const { code, out } = await runChild(["check", "--source", "env:WHATSAPP_ACCESS_TOKEN"], { cwd: folder });
    expect(out).toMatch(/^EXPIRING {2}/);
    expect(code).toBe(1);
  });

  it("a token as an argument: refused without being repeated, exit 2", async () => {
    const token = fakeToken("argv");
    const { code, out, err } = await child(["check", token]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain(token.slice(0, 12));
  });

  it("far too much on standard input: exit 2", async () => {
    const { code, err } = await child(["check", "--stdin"], {}, "x".repeat(100_000));
    expect(code).toBe(2);
    expect(err).toBe("Standard input is too long for a token. Pipe in only the token.\n");
  });

  it.each([
    ["NODE_DEBUG", "undici", /NODE_DEBUG includes undici/],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "0", /NODE_TLS_REJECT_UNAUTHORIZED is 0/],
  ])("%s=%s would show tokens to others: nothing is asked, exit 2", async (name, value, message) => {
    const before = world.graph.calls().length;
    const { code, err } = await child(["check"], { [name]: value });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(world.graph.calls()).toHaveLength(before);
  });

  it("round: inspects, delivers, prints one line on stdout, exit 0", async () => {
    const env = {
      DATABASE_URL: `sqlite:${world.dataDir}/round.db`,
      WHATSAPP_TOKEN_SOURCE: "env:SOON",
      SOON: world.tokens.sixtyDay,
    };
    const first = await child(["round"], env);
    expect(first.out).toBe("1 watch checked: 1 expiring; alerts: 1 first; sent to Slack: 1 post\n");
    expect(first.code).toBe(0);
    expect(world.slack.calls("chat.postMessage")).toHaveLength(1);
  });

  it("anything unexpected: one plain sentence on stderr, exit 3", async () => {
    const port = new URL(world.graph.url).port;
    const { code, err } = await child(["run"], { OPS_PORT: port });
    expect(code).toBe(3);
    expect(err).toMatch(/^wa-token stopped: The address \S+ for health and metrics is in use.*\n$/);
  });

  it("output that cannot be written is an error: exit 3", async () => {
    const command = [process.execPath, MAIN, "check", "--json"];
    const check = spawn("sh", ["-c", 'exec "$@" > /dev/full', "sh", ...command], {
      cwd: world.dataDir,
      env: world.env,
    });
    const [err, closed] = await Promise.all([text(check.stderr), once(check, "close")]);
    expect([closed[0], err]).toEqual([3, expect.stringMatching(/^wa-token stopped: ENOSPC.*\n$/)]);
  });

  it("a terminal never shows a typed token; it shows a spinner, the state as a badge, and the next command", async () => {
    const command = [process.execPath, MAIN, "check", "--stdin"];
    const terminal = spawn(
      "script",
      process.platform === "darwin"
        ? ["-q", "/dev/null", ...command]
        : ["-qec", command.map((word) => `"${word}"`).join(" "), "/dev/null"],
      { cwd: world.dataDir, env: { ...world.env, PATH: process.env["PATH"], TERM: "xterm" }, timeout: 15_000 },
    );
    let out = "";
    terminal.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (!out.includes("not shown: ") && (out + chunk).includes("not shown: "))
        terminal.stdin.write(`${world.tokens.sixtyDay}\r`);
      out += chunk;
    });
    const [code] = (await once(terminal, "close")) as [number | null];
    expect([code, out]).toEqual([1, expect.stringContaining("\u001B[1;7;33m EXPIRING \u001B[0m")]);
    expect(out).toMatch(/Asking Meta….*EXPIRING.*Next: run `wa-token guide never` to see the steps\./s);
    expect(out).not.toContain(world.tokens.sixtyDay.slice(0, 12));
  });

  const bySignal = (pid: number): string => {
    process.kill(pid, "SIGTERM");
    return "";
  };
  const forInit = () => ({ SLACK_API_URL: world.slack.apiUrl, GRAPH_API_URL: world.graph.url });

  it.each<[when: string, act: (pid: number) => string]>([
    ["Ctrl-C during a check", () => CTRL_C],
    ["a signal during a check", bySignal],
  ])("init at %s: says what is saved, exit 2", async (_when, act) => {
    world.slack.faults.add({ kind: "hang", method: "auth.test" });
    const { code, out, isCursorShown } = await onTerminal(["init"], forInit(), [
      ["Bot token:", () => `${world.slack.botToken}\r`],
      ["Checking SLACK_BOT_TOKEN", act],
    ]);
    expect([code, out]).toEqual([2, expect.stringContaining("Stopped. Nothing was saved.")]);
    expect(isCursorShown).toBe(true);
  });

  it("init at a signal during a question: says what is saved, exit 2", async () => {
    const { code, out } = await onTerminal(["init"], forInit(), [["Bot token:", bySignal]]);
    expect([code, out]).toEqual([2, expect.stringContaining("Stopped. Nothing was saved.")]);
  });

  /** A watchlist of one fleet whose command never ends. */
  const hangingFleet = (): Readonly<Record<string, string>> => {
    const WATCHLIST = join(mkdtempSync(join(world.dataDir, "fleet-")), "watchlist.yml");
    writeFileSync(WATCHLIST, `watches:\n  - { name: shops, fleet: 'exec:["sleep","1000"]' }\n`);
    return { WATCHLIST, WHATSAPP_TOKEN_SOURCE: "" };
  };

  it.each<[argv: string, shows: string, start: () => Readonly<Record<string, string>> | undefined]>([
    ["check", "Asking Meta…", () => void world.graph.faults.add({ kind: "hang", times: Infinity })],
    ["doctor", "Asking Slack…", () => void world.slack.faults.add({ kind: "hang", method: "auth.test" })],
    ["doctor", "Reading fleets…", hangingFleet],
  ])("%s at Ctrl-C on a terminal that shows %s: the cursor comes back, exit 2", async (argv, shows, start) => {
    const env = { ...world.env, ...start() };
    const { code, out, isCursorShown } = await onTerminal([argv], env, [[shows, () => CTRL_C]]);
    world.graph.faults.clear();
    world.slack.faults.clear();
    expect([code, out]).toEqual([2, expect.stringMatching(/Stopped\.\s*$/)]);
    expect(isCursorShown).toBe(true);
    // It says nothing about what it did not wait for.
    expect(out).not.toMatch(/ Fleet shops: /);
  });

  it.each<[string, readonly string[], (hang: readonly string[]) => string]>([
    ["check", ["check", "--watch", "hangs"], (hang) => `{ name: hangs, source: 'exec:${JSON.stringify(hang)}' }`],
    [
      "check of a fleet",
      ["check", "--watch", "shop"],
      (hang) => `{ name: shops, fleet: 'exec:${JSON.stringify(hang)}' }`,
    ],
    ["doctor", ["doctor"], (hang) => `{ name: shops, fleet: 'exec:${JSON.stringify(hang)}' }`],
    ["forecast", ["round", "--forecast", "9d"], (hang) => `{ name: shops, fleet: 'exec:${JSON.stringify(hang)}' }`],
  ])("%s at a signal: ends the command that it runs, exit 2", async (_, argv, watch) => {
    const { hang, connected, ended } = await lifelines(1);
    const cwd = mkdtempSync(join(world.dataDir, "stop-"));
    const entry = watch([process.execPath, "-e", hang]);
    writeFileSync(
      join(cwd, "watchlist.yml"),
      `watches:\n  - ${entry}\n  - ${entry.replace("name: ", "name: other-")}\n`,
    );
    const DATABASE_URL = `sqlite:${join(cwd, "wa-token.db")}`;
    // A forecast needs a store.
    if (argv.includes("--forecast")) await child(["round"], { DATABASE_URL });
    const env = { ...world.env, WHATSAPP_TOKEN_SOURCE: "", WATCHLIST: "watchlist.yml", DATABASE_URL };
    const asked = startChild(argv, { cwd, env });
    const err = text(asked.stderr);
    await connected;
    asked.kill("SIGINT");
    const [code] = (await once(asked, "close")) as [number | null];
    expect([code, await err]).toEqual([2, "Stopped.\n"]);
    await ended();
  });

  it("a reader that closes the pipe early is no error", async () => {
    const guide = startChild(["guide"], { env: {}, cwd: world.dataDir });
    guide.stdin.end();
    guide.stdout.destroy();
    const err = text(guide.stderr);
    const [code] = (await once(guide, "close")) as [number | null];
    expect([code, await err]).toEqual([0, ""]);
  });
});
