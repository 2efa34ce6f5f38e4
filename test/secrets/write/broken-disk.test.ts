import { spawnSync } from "node:child_process";
import { type FileHandle, mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Disk, DISK, thisMachine } from "../../../src/secrets/write/disk.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { useFolder } from "../sources.ts";
import { fileAt, keyAt, NEW, OLD, save, writer } from "./outcome.ts";
import { exists, leftBeside, refusal, textOf } from "./places.ts";

const { path } = useFolder();
const BEFORE = `A=1\nTOKEN=${OLD}\n`;
const AFTER = `A=1\nTOKEN=${NEW}\n`;

/** The calls of a save that change the disk, in their order. `at` happens in place of call number `nth`. */
const diskWith = (nth: number, at: () => Promise<never>) => {
  const calls: string[] = [];
  const handles: FileHandle[] = [];
  const counted = <Call extends (...args: never[]) => Promise<unknown>>(name: string, call: Call): Call =>
    (async (...args: Parameters<Call>) => {
      calls.push(name);
      return calls.length - 1 === nth ? at() : call(...args);
    }) as Call;
  const disk: Disk = {
    ...DISK,
    rename: counted("rename", DISK.rename),
    unlink: counted("unlink", DISK.unlink),
    open: async (...args: Parameters<Disk["open"]>) => {
      const handle = await (
        typeof args[1] === "number" && (args[1] & 1) === 1 ? counted("create", DISK.open) : DISK.open
      )(...args);
      for (const name of ["writeFile", "chmod", "sync"] as const)
        handle[name] = counted(name, handle[name].bind(handle) as (...all: never[]) => Promise<void>);
      handles.push(handle);
      return handle;
    },
  };
  /** As the system does after a crash. */
  const closeFiles = () => Promise.allSettled(handles.map((handle) => handle.close()));
  return { disk, calls, closeFiles };
};

const never = (): Promise<never> => Promise.reject(new Error("not reached"));

/** Each test runs in a folder of its own, so that one test can try every call. */
const eachCall = async (at: (nth: number, file: string, name: string) => Promise<void>): Promise<readonly string[]> => {
  const file = path("all", ".env");
  const prepare = async (): Promise<void> => {
    await rm(path("all"), { recursive: true, force: true });
    await mkdir(path("all"));
    await writeFile(file, BEFORE);
  };
  await prepare();
  const { disk, calls } = diskWith(-1, never);
  expect(await save(keyAt(file), { machine: thisMachine(disk) })).toEqual({ ok: true });
  const all = calls.slice();
  for (const [nth, name] of all.entries()) {
    await prepare();
    await at(nth, file, name);
  }
  return all;
};

const CALLS = [
  ["create", "writeFile", "chmod", "sync"],
  ["create", "writeFile", "chmod", "sync", "rename", "sync", "unlink"],
  ["rename", "sync", "unlink"],
].flat();

it("a disk that is full at any call of a save leaves the old value and nothing else", async () => {
  const full = (): Promise<never> => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
  const all = await eachCall(async (nth, file, name) => {
    const { disk } = diskWith(nth, full);
    const saved = await save(keyAt(file), { machine: thisMachine(disk) });
    // A failed sync of the folder, or removal of a name that is gone already, changes nothing.
    const harmless = (name === "sync" && CALLS[nth - 1] === "rename") || name === "unlink";
    expect([name, saved.ok]).toEqual([name, harmless]);
    expect(saved.ok ? "" : refusal(saved)).toMatch(harmless ? /^$/ : /the disk is full\. Free some space/);
    expect(await textOf(file)).toBe(harmless ? AFTER : BEFORE);
    expect(await exists(`${file}.TOKEN.previous`)).toBe(harmless);
    expect(await leftBeside(file)).toEqual([]);
  });
  expect(all).toEqual(CALLS);
});

it("a crash at any call of a save leaves the old or the new file, and the next save removes the rest", async () => {
  await eachCall(async (nth, file) => {
    const { promise: crashed, resolve } = Promise.withResolvers<void>();
    const { disk, closeFiles } = diskWith(nth, () => {
      resolve();
      // The program is gone: nothing that follows this call happens.
      return new Promise<never>(() => {});
    });
    void save(keyAt(file), { machine: thisMachine(disk) });
    await crashed;
    await closeFiles();
    const text = await textOf(file);
    expect([BEFORE, AFTER]).toContain(text);
    const previous = await textOf(`${file}.TOKEN.previous`).catch(() => OLD);
    expect(previous).toBe(OLD);
    // The restarted program can only have the old value, or read the new one.
    const { check, save: saveTo } = writer();
    const left = await leftBeside(file);
    expect(await check(keyAt(file))).toMatchObject({ ok: true });
    expect(await leftBeside(file)).toEqual(left);
    expect(await saveTo(keyAt(file), new Secret(NEW), new Secret(OLD))).toEqual({ ok: true });
    expect(await leftBeside(file)).toEqual([]);
    expect([await textOf(file), await textOf(`${file}.TOKEN.previous`)]).toEqual([AFTER, OLD]);
  });
});

it("a crash after a first token got its name leaves no second name that stops the next save", async () => {
  const file = path("token");
  const { promise: crashed, resolve } = Promise.withResolvers<void>();
  const disk = { ...DISK };
  disk.link = async (...args) => {
    await DISK.link(...args);
    resolve();
    return new Promise<never>(() => {});
  };
  void writer({ machine: thisMachine(disk) }).save(fileAt(file), new Secret(NEW), null);
  await crashed;
  expect(await leftBeside(file)).toHaveLength(1);
  expect(await writer().check(fileAt(file))).toMatchObject({ ok: true });
  expect([await textOf(file), await leftBeside(file)]).toEqual([NEW, [expect.any(String)]]);
  expect(await writer().save(fileAt(file), new Secret(OLD), new Secret(NEW))).toEqual({ ok: true });
  expect([await textOf(file), await leftBeside(file)]).toEqual([OLD, []]);
});

describe("with a file system that a real limit makes full", () => {
  it("the old value stays, and no temporary file", async () => {
    const file = path(".env");
    await writeFile(file, BEFORE);
    await utimes(file, 1, 1);
    const program = fileURLToPath(new URL("./save-program.ts", import.meta.url));
    // The kernel refuses every byte after the hundredth (setrlimit(2), RLIMIT_FSIZE).
    const { stdout } = spawnSync("prlimit", ["--fsize=100:", process.execPath, program, file], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, kind: "failed" });
    expect(refusal(JSON.parse(stdout) as object)).toMatch(/the disk is full\. Free some space/);
    expect(await textOf(file)).toBe(BEFORE);
    expect([await exists(`${file}.TOKEN.previous`), await leftBeside(file)]).toEqual([false, []]);
  });
});
