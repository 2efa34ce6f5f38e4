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
  it("is read as text, whatever size the system tells", () => {
    writeFileSync(path("text"), "größer\n".repeat(20_000));
    expect(readSmallFile(path("text"))).toBe("größer\n".repeat(20_000));
    expect(readSmallFile("/proc/self/status")).toMatch(/^Name:/);
  });

  it.each<[string, (name: string) => void, string]>([
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
    expect(err()).toMatch(/\.env is there but cannot be read \(it is not a regular file\)/);
  });
});
