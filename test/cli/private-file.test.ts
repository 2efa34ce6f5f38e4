import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writePrivateFile } from "../../src/cli/private-file.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wa-token-private-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe("a private file", () => {
  it("is created so that only the owner can read it", () => {
    const path = join(folder, ".env");
    writePrivateFile(path, "A=1\n");
    expect([readFileSync(path, "utf8"), modeOf(path), readdirSync(folder)]).toEqual(["A=1\n", "600", [".env"]]);
  });

  it("takes the permissions of others away", () => {
    const path = join(folder, ".env");
    writeFileSync(path, "A=0\n");
    chmodSync(path, 0o644);
    writePrivateFile(path, "A=1\n");
    expect([readFileSync(path, "utf8"), modeOf(path)]).toEqual(["A=1\n", "600"]);
  });

  it("stays behind a symbolic link", () => {
    writeFileSync(join(folder, "real"), "A=0\n");
    symlinkSync("real", join(folder, ".env"));
    writePrivateFile(join(folder, ".env"), "A=1\n");
    expect(readFileSync(join(folder, "real"), "utf8")).toBe("A=1\n");
    expect(lstatSync(join(folder, ".env")).isSymbolicLink()).toBe(true);
  });

  it("replaces what an interrupted write left, and leaves nothing behind", () => {
    const path = join(folder, ".env");
    writeFileSync(`${path}.new`, "half");
    writePrivateFile(path, "A=1\n");
    expect(readdirSync(folder)).toEqual([".env"]);
  });

  it("creates its folder for the owner only", () => {
    writePrivateFile(join(folder, "data", "token"), "x\n");
    expect([modeOf(join(folder, "data")), readFileSync(join(folder, "data", "token"), "utf8")]).toEqual(["700", "x\n"]);
  });

  it("throws the system's code when it cannot be written", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => writePrivateFile(join(folder, "file", ".env"), "A=1\n")).toThrow(/ENOTDIR|EEXIST/);
  });
});
