import { chmod, readdir } from "node:fs/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSourceReader } from "../../src/secrets/reader.ts";
import { lifelines } from "./lifelines.ts";
import { messageOf, read, TOKEN, useFolder, valueOf } from "./sources.ts";

const { path, write } = useFolder();

/** Runs a piece of JavaScript as the command. */
const node = (script: string): [string, ...string[]] => [process.execPath, "-e", script];

const fromCommand = async (argv: [string, ...string[]], options: Parameters<typeof read>[1] = {}) =>
  read({ kind: "exec", argv }, { env: process.env, ...options });

it("the output of the command is the token", async () => {
  expect(valueOf(await fromCommand(["echo", TOKEN]))).toEqual({ value: TOKEN, note: null });
});

it("no shell interprets the arguments of the command", async () => {
  const words = '$HOME `id` $(id) "; echo x > y | z * ~';
  expect(valueOf(await fromCommand(["echo", words])).value).toBe(words);
  expect(await readdir(path())).toEqual([]);
});

it("the command gets the environment without our own secrets and their _FILE twins", async () => {
  const env = {
    PATH: process.env["PATH"],
    VAULT_ADDR: "https://vault.example",
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_BOT_TOKEN_FILE: "/run/secrets/slack",
    META_APP_SECRET_FILE: "/run/secrets/meta",
  };
  const reading = await fromCommand(node("process.stdout.write(JSON.stringify(process.env))"), {
    env,
    ownSecretNames: ["SLACK_BOT_TOKEN", "META_APP_SECRET"],
  });
  expect(JSON.parse(valueOf(reading).value)).toEqual({
    PATH: env.PATH,
    VAULT_ADDR: env.VAULT_ADDR,
    WA_TOKEN_COMMAND: expect.any(String),
  });
});

it("the error output of the command is never shown, even when it is long", async () => {
  const script = `process.stderr.write("${TOKEN}".repeat(10_000)); process.stdout.write("${TOKEN}")`;
  expect(valueOf(await fromCommand(node(script))).value).toBe(TOKEN);
  const failing = await fromCommand(node(`${script}; process.exitCode = 3`));
  expect(messageOf(failing)).toBe(
    `Could not read command ${process.execPath}: it ended with exit code 3. Run it by hand to see why. Its output is not shown, because it may contain the token.`,
  );
});

it("at most ten commands run at once, and the others wait for their turn", async () => {
  // Counts the commands that run beside it, each with a folder of its own.
  const script = 'mkdir "$0/$$"; sleep 0.2; set -- "$0"/*; echo "$PADDING$#"; rmdir "$0/$$"';
  const env = { ...process.env, PADDING: "T".repeat(50) };
  const readSource = createSourceReader({ env, dotenvPath: undefined, ownSecretNames: [] });
  const argv: [string, ...string[]] = ["sh", "-c", script, path()];
  const readings = await Promise.all(Array.from({ length: 25 }, async () => readSource({ kind: "exec", argv })));
  const running = readings.map((reading) => Number(valueOf(reading).value.slice(50)));
  expect(Math.max(...running)).toBeLessThanOrEqual(10);
  expect(Math.max(...running)).toBeGreaterThan(1);
});

describe("a command that fails gives a problem with the next step when it", () => {
  const wrong = async (argv: [string, ...string[]]): Promise<string> => messageOf(await fromCommand(argv));

  it("exits 1, though it printed the token", async () => {
    expect(await wrong(["sh", "-c", `echo ${TOKEN}; exit 1`])).toMatch(/it ended with exit code 1\./);
  });

  it("is killed", async () => {
    expect(await wrong(["sh", "-c", "kill -TERM $$"])).toMatch(/it was killed by SIGTERM\./);
  });

  it("prints nothing", async () => {
    expect(await wrong(["true"])).toBe("Could not read command true: it is empty. Put the token there.");
  });

  it("prints no text", async () => {
    expect(await wrong(["printf", String.raw`\377\372\0`])).toMatch(/it is not plain text/);
  });

  it("is not found", async () => {
    expect(await wrong(["no-such-command", TOKEN])).toMatch(
      /^Could not read command no-such-command: it was not found\./,
    );
    expect(await wrong(["/nowhere/vault"])).toMatch(/it was not found\./);
  });

  it("is not executable", async () => {
    const file = await write("command", "#!/bin/sh\necho x\n");
    await chmod(file, 0o644);
    expect(await wrong([file])).toMatch(/the user that runs wa-token may not execute it\./);
  });

  it("has arguments that the system refuses", async () => {
    expect(await wrong(["echo\0", "x"])).toMatch(/it could not be started \(ERR_INVALID_ARG_VALUE\)\./);
    expect(await wrong(["echo", "x".repeat(10_000_000)])).toMatch(/it could not be started \(E2BIG\)\./);
  });

  it("floods its output, which is cut off", async () => {
    expect(await wrong(["yes", TOKEN])).toMatch(/it gives more than 64 KiB\./);
  });
});

describe("a script with a broken first line says so", () => {
  const script = async (content: string | Uint8Array, name = "script"): Promise<string> => {
    const file = await write(name, content);
    await chmod(file, 0o755);
    return file;
  };
  const wrong = async (file: string): Promise<string> => messageOf(await fromCommand([file]));

  it.each([
    [
      "whose program does not exist",
      "#!/nowhere/bash\necho x\n",
      /has a #! line that names \/nowhere\/bash, but that program is missing/,
    ],
    ["whose program is a folder", "#! /tmp -x\necho x\n", /names \/tmp, but that program is missing or not executable/],
    [
      "whose program env does not find",
      "#!/usr/bin/env no-such-program\n",
      /names no-such-program, but that program is missing/,
    ],
    ["whose program env does not find, with options", "#!/usr/bin/env -S A=1 no-such-program -x\n", /no-such-program/],
    ["with a Windows line ending", "#!/bin/sh\r\necho x\r\n", /a Windows line ending \(CRLF\)/],
    ["with a Windows line ending after env", "#!/usr/bin/env node\r\n", /a Windows line ending \(CRLF\)/],
    ["without one", "no-such-program\n", /has no #! line at its beginning/],
    ["below an empty line", "\n#!/bin/sh\nexit 3\n", /has no #! line at its beginning/],
    ["after a byte order mark", "\u{feff}#!/bin/sh\nexit 3\n", /begins with a byte order mark/],
    ["that names no program", "#!\nno-such-program\n", /names no program/],
  ])("%s", async (_what, content, words) => {
    expect(await wrong(await script(content))).toMatch(words);
  });

  it("also when it is found on PATH", async () => {
    await script("#!/nowhere/bash\n", "on-path");
    const env = { PATH: `/nowhere:${path()}` };
    expect(messageOf(await fromCommand(["on-path"], { env }))).toMatch(/names \/nowhere\/bash/);
  });

  it("never shows text that may be a secret", async () => {
    expect(await wrong(await script(`#!/nowhere/${TOKEN}\n`))).not.toContain(TOKEN.slice(0, 20));
    expect(await wrong(await script("#!pass\u0007word\u{1f511}\n"))).toMatch(/names a program, but that program/);
  });

  it("but not when its first line is correct", async () => {
    expect(await wrong(await script("#!/bin/sh\nexit 3\n"))).toMatch(/it ended with exit code 3\. Run it by hand/);
    expect(valueOf(await fromCommand([await script(`#!/usr/bin/env -S sh\necho ${TOKEN}\n`)])).value).toBe(TOKEN);
  });

  it("a program of another system is reported as such", async () => {
    const other = Buffer.concat([Buffer.from([0x7f]), Buffer.from("ELF"), Buffer.alloc(300, 1)]);
    expect(await wrong(await script(other))).toMatch(/built for another one|ended with exit code/);
  });
});

describe("a command that hangs", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is ended after 10 s, with all processes that it started", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { hang, connected, ended } = await lifelines(2);
    const child = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(hang)}], { stdio: "inherit" })`;
    const reading = fromCommand(node(`console.log("${TOKEN}"); ${hang}; ${child}`));
    await connected;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(messageOf(await reading)).toBe(
      `Could not read command ${process.execPath}: it did not finish within 10 s and was stopped. Run it by hand to see why.`,
    );
    await ended();
  });

  /** Starts a process that stays and keeps the output open, then runs `last` and ends. */
  const leaving = (hang: string, last: string): [string, ...string[]] => {
    const stay = `${hang}.once("connect", () => process.send("up"))`;
    return node(
      `require("node:child_process")
        .spawn(process.execPath, ["-e", ${JSON.stringify(stay)}], { stdio: ["ignore", "inherit", "ignore", "ipc"] })
        .once("message", () => { ${last} })`,
    );
  };

  it.each([
    ["printed the token", `console.log("${TOKEN}"); process.exit()`, TOKEN],
    ["printed nothing", "process.exit()", /it is empty\./],
    ["failed", `console.log("${TOKEN}"); process.exit(3)`, /it ended with exit code 3\./],
  ])("its remaining processes are ended without waiting when it %s", async (_name, last, expected) => {
    const { hang, connected, ended } = await lifelines(1);
    const reading = await fromCommand(leaving(hang, last), { execTimeoutMs: 60_000 });
    expect(reading.ok ? valueOf(reading).value : messageOf(reading)).toMatch(expected);
    await connected;
    await ended();
  });
});
