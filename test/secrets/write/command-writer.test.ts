import { chmod, symlink } from "node:fs/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { WriteTarget } from "../../../src/renewal/ports.ts";
import { placeOf } from "../../../src/secrets/write/file-target.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { lifelines } from "../lifelines.ts";
import { useFolder } from "../sources.ts";
import { fileAt, keyAt, NEW, OLD, save, writer } from "./outcome.ts";
import { heldIn, refusal, textOf } from "./places.ts";

const { path, write } = useFolder();

const command = (...argv: [string, ...string[]]): WriteTarget => ({ kind: "exec", argv });
/** A shell script: it starts faster than Node.js. The shell is part of the command, not of the bot. */
const script = (text: string, ...args: readonly string[]): WriteTarget => command("sh", "-c", text, "sh", ...args);
const env = { PATH: process.env["PATH"] };
const saveWith = (target: WriteTarget, options = {}) => save(target, { env, ...options });

describe("a command that saves the token", () => {
  it("gets it on its standard input, alone and without a line end, and no shell reads its arguments", async () => {
    const words = "$HOME `id` ; > x";
    expect(await saveWith(script('cat > "$1"; printf %s "$2" > "$1.words"', path("out"), words))).toEqual({ ok: true });
    expect([await textOf(path("out")), await textOf(path("out.words"))]).toEqual([NEW, words]);
  });

  it("gets the environment without our own secrets and their _FILE twins", async () => {
    const all = { ...env, VAULT_ADDR: "x", SLACK_BOT_TOKEN: OLD, META_APP_SECRET_FILE: "y" };
    const ownSecretNames = ["SLACK_BOT_TOKEN", "META_APP_SECRET"];
    expect(await saveWith(script('env > "$1"', path("out")), { env: all, ownSecretNames })).toEqual({ ok: true });
    const names = (await textOf(path("out"))).split("\n").map((line) => line.replace(/=.*/, ""));
    expect(names).toContain("VAULT_ADDR");
    expect(names.filter((name) => /SLACK|META/.test(name))).toEqual([]);
  });

  it("has saved it when it exits with 0, also when it reads nothing or prints the token", async () => {
    for (const target of [command("true"), script("exec <&-; exit 0"), script("cat; cat >&2")])
      expect(await saveWith(target)).toEqual({ ok: true });
  });

  it("may print without end, because nobody reads its output", async () => {
    expect(await saveWith(script("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"))).toEqual({ ok: true });
  });

  it.each<[string, WriteTarget, RegExp]>([
    [
      "exits with 1 after it printed the token",
      script("cat; cat >&2; exit 1"),
      /it ended with exit code 1\. .*not shown/,
    ],
    ["exits with 1 without reading", command("false"), /^Cannot save with command false: it ended with exit code 1\./],
    ["is killed", script("kill -9 $$"), /it was killed by SIGKILL\./],
    ["does not exist", command("no-such-command", NEW), /it was not found\. Give its full path/],
  ])("has not saved it when it %s", async (_what, target, words) => {
    const saved = await saveWith(target);
    expect(saved).toMatchObject({ ok: false, kind: "failed" });
    expect(refusal(saved)).toMatch(words);
  });
});

describe("the processes of a command that saves", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("end after 30 s when it hangs, with all that it started", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { hang, connected, ended } = await lifelines(2);
    const child = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(hang)}], { detached: true, stdio: "ignore" })`;
    const saved = saveWith(command(process.execPath, "-e", `${hang}; ${child}`));
    await connected;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(refusal(await saved)).toMatch(
      /it did not finish within 30 s and was stopped\. Run it by hand to see why\.$/,
    );
    await ended();
  });

  it("end with it when it forks one that keeps the input open", async () => {
    const { hang, connected, ended } = await lifelines(1);
    const fork = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(`${hang}.once("connect", () => process.send("up"))`)}], { stdio: ["inherit", "inherit", "ignore", "ipc"] }).once("message", () => process.exit())`;
    expect(await saveWith(command(process.execPath, "-e", fork))).toEqual({ ok: true });
    await connected;
    await ended();
  });

  it("may finish the save when the bot stops", async () => {
    const stop = new AbortController();
    // The script says that it runs, then waits until it may go on, as a slow store would.
    const slow = `echo > "$1.up"; while [ ! -e "$1.go" ]; do sleep 0.02; done; cat > "$1"`;
    const saved = saveWith(script(slow, path("out")), { signal: stop.signal });
    await vi.waitFor(() => textOf(path("out.up")), { timeout: 20_000 });
    stop.abort();
    await write("out.go", "");
    expect(await saved).toEqual({ ok: true });
    expect(await textOf(path("out"))).toBe(NEW);
  });

  it("that a finished save left end when the bot stops, also while another saves", async () => {
    const stop = new AbortController();
    const own = writer({ env, signal: stop.signal });
    const run = (target: WriteTarget) => own.save(target, new Secret(NEW), new Secret(OLD));
    const { hang, connected, ended } = await lifelines(1);
    const leave = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(hang)}], { detached: true, stdio: "ignore" }).unref()`;
    expect(await run(command(process.execPath, "-e", leave))).toEqual({ ok: true });
    await connected;
    const slow = run(script(`echo > "$1.up"; while [ ! -e "$1.go" ]; do sleep 0.02; done`, path("slow")));
    await vi.waitFor(() => textOf(path("slow.up")), { timeout: 20_000 });
    stop.abort();
    await write("slow.go", "");
    expect(await slow).toEqual({ ok: true });
    await ended();
  });

  it("end some seconds after the bot was told to stop, and none starts afterwards", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const stop = new AbortController();
    const { hang, connected, alive, ended } = await lifelines(1);
    const saved = saveWith(command(process.execPath, "-e", hang), { signal: stop.signal });
    await connected;
    stop.abort();
    await vi.advanceTimersByTimeAsync(5_900);
    expect(alive()).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(refusal(await saved)).toMatch(/it was stopped because the bot is stopping\./);
    await ended();
    expect(refusal(await saveWith(command("true"), { signal: stop.signal }))).toMatch(/the bot is stopping\./);
  });
});

describe("check of a command, without starting it", () => {
  const check = async (...argv: [string, ...string[]]) =>
    writer({ env: { PATH: `${path()}:${env.PATH}` } }).check(command(...argv));
  const program = async (name: string, content: string, mode: number): Promise<string> => {
    const file = await write(name, content);
    await chmod(file, mode);
    return file;
  };

  it("accepts a program and a script, and finds both on PATH", async () => {
    const ran = path("ran");
    const file = await program("saver", `#!/bin/sh\ntouch ${ran}\n`, 0o755);
    await program("without-line", `touch ${ran}\n`, 0o755);
    for (const name of ["true", "saver", "without-line", file, process.execPath])
      expect(await check(name)).toEqual({ ok: true, secret: null });
    await expect(textOf(ran)).rejects.toThrow("ENOENT");
  });

  it.each([
    ["nothing there", "", 0, /it was not found\. Give its full path, or add its folder to PATH\./],
    ["a file that is not executable", "#!/bin/sh\n", 0o644, /may not execute it\. Make it executable/],
    ["a script for a missing program", "#!/nowhere/bash\n", 0o755, /a #! line that names \/nowhere\/bash/],
    ["a script with Windows line ends", "#!/bin/sh\r\n", 0o755, /a Windows line ending \(CRLF\)/],
  ])("refuses %s", async (_what, content, mode, words) => {
    const file = content === "" ? path("saver") : await program("saver", content, mode);
    expect(refusal(await check(file, NEW))).toMatch(words);
  });

  it("keeps no old value, and puts none back", async () => {
    const target = command("true");
    expect(heldIn(await writer().previous(target))).toBe(null);
    await writer().dropPrevious(target);
    expect(refusal(await writer().putBack(target, "0123456789ab"))).toBe(
      "Cannot save with command true: the bot does not keep the old value for a command. Save the old token in the secret store yourself.",
    );
  });
});

describe("the place of a target", () => {
  it("is the same for two paths to one file, and another for another variable or command", async () => {
    const file = await write("token", OLD);
    await symlink(path(), path("folder"));
    const keys = [
      [fileAt(file), fileAt(path("folder", "token"))],
      [fileAt(path("new")), fileAt(path("folder", "new"))],
      [keyAt(file), keyAt(path("folder", "token"))],
      [keyAt(file, "OTHER"), keyAt(file, "OTHER")],
      [command("a", "b c"), command("a", "b c")],
      [command("a", "b", "c"), command("a", "b", "c")],
      [fileAt("/nowhere/x/../y"), fileAt("/nowhere/y")],
    ].map((pair) => pair.map((target) => placeOf(target).key));
    expect(keys.map(([one, two]) => one === two)).toEqual(keys.map(() => true));
    expect(new Set(keys.flat()).size).toBe(keys.length);
  });

  it("is told to people without arguments, and stored without secrets", () => {
    expect(placeOf(fileAt("/run/secrets/wa_token")).label).toBe("file /run/secrets/wa_token");
    expect(placeOf(keyAt("/srv/.env")).label).toBe("TOKEN in /srv/.env");
    const { key, label } = placeOf(command("vault", NEW));
    expect([label, key.includes(NEW)]).toEqual(["command vault", false]);
    expect(placeOf(fileAt(`/x/${NEW}`)).label).toBe("file /x/[redacted]");
  });
});
