import { once } from "node:events";
import { chmod, readdir } from "node:fs/promises";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
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
  expect(JSON.parse(valueOf(reading).value)).toEqual({ PATH: env.PATH, VAULT_ADDR: env.VAULT_ADDR });
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

describe("a command that hangs", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A server that the processes under test connect to: a connection lives exactly as long as its process. */
  const lifelines = async (count: number) => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const sockets: Socket[] = [];
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    server.on("connection", (socket) => {
      socket.on("error", () => {});
      sockets.push(socket.resume());
      if (sockets.length === count) resolve();
    });
    return {
      hang: `require("node:net").connect(${(server.address() as AddressInfo).port}, "127.0.0.1")`,
      connected,
      ended: async (): Promise<void> => {
        await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, "close")));
        server.close();
      },
    };
  };

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
