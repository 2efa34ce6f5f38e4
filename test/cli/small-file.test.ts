import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSmallFile } from "../../src/cli/small-file.ts";
import { createMemoryIo } from "./memory-io.ts";
import { runCli } from "../../src/cli/program.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wa-token-files-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

describe("a file of the configuration", () => {
  it("is read as text, whatever size the system reports", () => {
    writeFileSync(path("text"), "größer\n".repeat(20_000));
    expect(readSmallFile(path("text"))).toBe("größer\n".repeat(20_000));
    expect(readSmallFile("/proc/self/status")).toMatch(/^Name:/);
  });

  it("is read without its byte order mark", () => {
    writeFileSync(path("text"), "\u{feff}ALLOWED_USERS=U0123456789\n");
    expect(readSmallFile(path("text"))).toBe("ALLOWED_USERS=U0123456789\n");
  });

  it.each<[string, (name: string) => void, string]>([
    ["UTF-16", (name) => writeFileSync(name, Buffer.from("\u{feff}PORT=1\n", "utf16le")), "EUTF16"],
    ["UTF-16 without a mark", (name) => writeFileSync(name, Buffer.from("PORT=1\n", "utf16le").swap16()), "EUTF16"],
    ["missing", () => undefined, "ENOENT"],
    ["pipe", (name) => execFileSync("mkfifo", [name]), "ENXIO"],
    [
      "huge",
      (name) => {
        writeFileSync(name, "");
        truncateSync(name, 10_000_000_000);
      },
      "EFBIG",
    ],
  ])("that is %s is refused without waiting", (name, make, code) => {
    make(path(name));
    expect(() => readSmallFile(path(name))).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ["/dev/zero", "ENXIO"],
    ["/", "EISDIR"],
  ])("is not %s", (name, code) => {
    expect(() => readSmallFile(name)).toThrow(expect.objectContaining({ code }));
  });
});

describe("a configuration from Windows programs", () => {
  const windows = (text: string): Buffer => Buffer.from(`\u{feff}${text}`, "utf16le");
  const check = async (env: Readonly<Record<string, string>>) => {
    const { io, err } = createMemoryIo({ env, cwd: folder });
    return { code: await runCli(["check"], { ...io, readFile: readSmallFile }), err: err() };
  };

  it.each(["WATCHLIST", "SLACK_BOT_TOKEN_FILE", "DATABASE_URL_FILE"])("as %s names UTF-16", async (name) => {
    writeFileSync(path("file"), windows("watches: []\n"));
    const { code, err } = await check({ [name]: path("file") });
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`${name}: the file \\S+ is UTF-16, .*Save it as UTF-8`));
  });

  it("as .env names UTF-16", async () => {
    writeFileSync(path(".env"), windows("PORT=1\n"));
    const { code, err } = await check({});
    expect(code).toBe(2);
    expect(err).toMatch(/\.env exists but is UTF-16, .*Save it as UTF-8/);
  });

  it("is complete after a byte order mark", async () => {
    writeFileSync(path(".env"), `\u{feff}WATCHLIST=${path("watches")}\nSLACK_APP_TOKEN_FILE=${path("token")}\n`);
    writeFileSync(path("watches"), "\u{feff}watches: [{name: orders, source: 'env:NOTHING'}]\n");
    writeFileSync(path("token"), "\u{feff}xapp-sandbox\n");
    const { io, out, err } = createMemoryIo({ cwd: folder });
    expect(await runCli(["check", "--json"], { ...io, readFile: readSmallFile })).toBe(3);
    expect(err()).toBe("");
    expect(out()).toContain("variable NOTHING");
  });
});

describe("a pipe in place of a file", () => {
  it.each([
    ["WATCHLIST", /WATCHLIST: the file \S+ cannot be read \(it is not a regular file\)/],
    ["SLACK_BOT_TOKEN_FILE", /SLACK_BOT_TOKEN_FILE: the file \S+ cannot be read \(it is not a regular file\)/],
  ])("as %s stops no command", async (name, message) => {
    execFileSync("mkfifo", [path("pipe")]);
    const { io, err } = createMemoryIo({ env: { [name]: path("pipe") }, cwd: folder });
    expect(await runCli(["check"], { ...io, readFile: readSmallFile })).toBe(2);
    expect(err()).toMatch(message);
  });

  it("as .env stops no command", async () => {
    execFileSync("mkfifo", [path(".env")]);
    const { io, err } = createMemoryIo({ cwd: folder });
    expect(await runCli(["check"], { ...io, readFile: readSmallFile })).toBe(2);
    expect(err()).toMatch(/\.env exists but cannot be read \(it is not a regular file\)/);
  });
});
