import { chmod, readdir } from "node:fs/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lifelines } from "./lifelines.ts";
import { messageOf, read, TOKEN, useFolder, valueOf } from "./sources.ts";

const { path, write } = useFolder();

/** Runs a piece of JavaScript as the command. */
const node = (script: string): [string, ...string[]] => [process.execPath, "-e", script];

const fromCommand = async (argv: [string, ...string[]], options: Parameters<typeof read>[1] = {}) =>
  read({ kind: "exec", argv }, { env: process.env, ...options });

it("what the command prints is the token", async () => {
  expect(valueOf(await fromCommand(["echo", TOKEN]))).toEqual({ value: TOKEN, note: null });
});

it("no shell reads the words of the command", async () => {
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

it("what the command writes to its error output is never shown, be it much", async () => {
  const script = `process.stderr.write("${TOKEN}".repeat(10_000)); process.stdout.write("${TOKEN}")`;
  expect(valueOf(await fromCommand(node(script))).value).toBe(TOKEN);
  const failing = await fromCommand(node(`${script}; process.exitCode = 3`));
  expect(messageOf(failing)).toBe(
    `Could not read command ${process.execPath}: it ended with exit code 3. Run it by hand to see why; its own words are not shown, as they may hold the token.`,
  );
});

describe("says what is wrong and what to do", () => {
  const wrong = async (argv: [string, ...string[]]): Promise<string> => messageOf(await fromCommand(argv));

  it("exits 1, though it printed the token", async () => {
    expect(await wrong(node(`console.log("${TOKEN}"); process.exit(1)`))).toMatch(/it ended with exit code 1\./);
  });

  it("is killed", async () => {
    expect(await wrong(node("process.kill(process.pid, 'SIGTERM')"))).toMatch(/it was ended by SIGTERM\./);
  });

  it("prints nothing", async () => {
    expect(await wrong(["true"])).toBe("Could not read command true: it is empty. Put the token there.");
  });

  it("prints no text", async () => {
    expect(await wrong(node("process.stdout.write(Buffer.from([255, 250, 0]))"))).toMatch(/it is not plain text/);
  });

  it("is not found", async () => {
    expect(await wrong(["no-such-command", TOKEN])).toMatch(
      /^Could not read command no-such-command: it was not found\./,
    );
    expect(await wrong(["/nowhere/vault"])).toMatch(/it was not found\./);
  });

  it("may not be run", async () => {
    const file = await write("command", "#!/bin/sh\necho x\n");
    await chmod(file, 0o644);
    expect(await wrong([file])).toMatch(/it may not be run by the user that runs wa-token\./);
  });

  it("is no command that a system takes", async () => {
    expect(await wrong(["echo\0", "x"])).toMatch(/it could not be started \(ERR_INVALID_ARG_VALUE\)\./);
    expect(await wrong(["echo", "x".repeat(10_000_000)])).toMatch(/it could not be started \(E2BIG\)\./);
  });

  it("floods its output: it is ended, not stored", async () => {
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
      "whose program is not there",
      "#!/nowhere/bash\necho x\n",
      /has a #! line that names \/nowhere\/bash, which is not/,
    ],
    ["whose program is a folder", "#! /tmp -x\necho x\n", /names \/tmp, which is not there or may not be run/],
    ["whose program env does not find", "#!/usr/bin/env no-such-program\n", /names no-such-program, which is not/],
    ["whose program env does not find, with options", "#!/usr/bin/env -S A=1 no-such-program -x\n", /no-such-program/],
    ["with a Windows line end", "#!/bin/sh\r\necho x\r\n", /a Windows line end \(CRLF\)/],
    ["with a Windows line end behind env", "#!/usr/bin/env node\r\n", /a Windows line end \(CRLF\)/],
    ["without one", "no-such-program\n", /has no #! line at its very beginning/],
    ["below an empty line", "\n#!/bin/sh\nexit 3\n", /has no #! line at its very beginning/],
    ["behind a byte order mark", "\u{feff}#!/bin/sh\nexit 3\n", /begins with a byte order mark/],
    ["that names nothing", "#!\nno-such-program\n", /names no program/],
  ])("%s", async (_what, content, words) => {
    expect(await wrong(await script(content))).toMatch(words);
  });

  it("also when it is found on PATH", async () => {
    await script("#!/nowhere/bash\n", "on-path");
    const env = { PATH: `/nowhere:${path()}` };
    expect(messageOf(await fromCommand(["on-path"], { env }))).toMatch(/names \/nowhere\/bash/);
  });

  it("never shows what it is not sure about", async () => {
    expect(await wrong(await script(`#!/nowhere/${TOKEN}\n`))).not.toContain(TOKEN.slice(0, 20));
    expect(await wrong(await script("#!pass\u0007word\u{1f511}\n"))).toMatch(/names a program, which/);
  });

  it("but not when its first line is well", async () => {
    expect(await wrong(await script("#!/bin/sh\nexit 3\n"))).toMatch(/it ended with exit code 3\. Run it by hand/);
    expect(valueOf(await fromCommand([await script(`#!/usr/bin/env -S sh\necho ${TOKEN}\n`)])).value).toBe(TOKEN);
  });

  it("a program of another system is told as that", async () => {
    const other = Buffer.concat([Buffer.from([0x7f]), Buffer.from("ELF"), Buffer.alloc(300, 1)]);
    expect(await wrong(await script(other))).toMatch(/built for another one|ended with exit code/);
  });
});

describe("a command that hangs", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is ended after 10 s, with whatever it started", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { hang, connected, ended } = await lifelines(2);
    const child = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(hang)}], { stdio: "inherit" })`;
    const reading = fromCommand(node(`console.log("${TOKEN}"); ${hang}; ${child}`));
    await connected;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(messageOf(await reading)).toBe(
      `Could not read command ${process.execPath}: it gave no answer within 10 s and was ended. Run it by hand to see what it waits for.`,
    );
    await ended();
  });

  /** Starts a process that stays and keeps the output open, then does its last thing and ends. */
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
  ])("what it left running is not waited for, and ended, when it %s", async (_name, last, expected) => {
    const { hang, connected, ended } = await lifelines(1);
    const reading = await fromCommand(leaving(hang, last), { execTimeoutMs: 60_000 });
    expect(reading.ok ? valueOf(reading).value : messageOf(reading)).toMatch(expected);
    await connected;
    await ended();
  });
});
