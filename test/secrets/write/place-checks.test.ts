import { chmod, link, mkdir, stat, symlink, truncate } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { DISK, thisMachine } from "../../../src/secrets/write/disk.ts";
import { useFolder } from "../sources.ts";
import { fileAt, keyAt, OLD, save, writer } from "./outcome.ts";
import { refusal, textOf } from "./places.ts";

const { path, write } = useFolder();

describe("before anything is obtained, check refuses with the reason and the next step", () => {
  /** `save` must refuse with the same words, and change nothing. */
  const wrong = async (file: string, options = {}): Promise<string> => {
    const message = refusal(await writer(options).check(fileAt(file)));
    expect(refusal(await save(fileAt(file), options))).toBe(message);
    return message;
  };

  it("a missing folder", async () => {
    expect(await wrong(path("nowhere", "token"))).toBe(
      `Cannot save to file ${path("nowhere", "token")}: its folder does not exist. Create the folder, or correct the path.`,
    );
    await write("token", OLD);
    expect(await wrong(path("token", "token"))).toMatch(/its folder does not exist\./);
  });

  it("a read-only file", async () => {
    const file = await write("token", OLD);
    await chmod(file, 0o444);
    expect(await wrong(file)).toMatch(/the file is read-only\. Give its owner write permission/);
  });

  it("a folder in place of a file, and a file that is not text", async () => {
    await mkdir(path("folder"));
    expect(await wrong(path("folder"))).toMatch(/it is a folder\. Name the file in it/);
    expect(await wrong("/dev/null")).toMatch(/it is not a regular file\./);
    expect(await wrong(await write("utf16", Buffer.from(`\u{feff}${OLD}`, "utf16le")))).toMatch(/it is UTF-16 text\./);
    expect(await wrong(await write("binary", Buffer.from([0xc3, 0x28])))).toMatch(/it is not plain text/);
  });

  it("10 MB", async () => {
    const file = await write(".env", `TOKEN=${OLD}\n`);
    await truncate(file, 10_000_000);
    expect(await wrong(file)).toMatch(/it gives more than 64 KiB\./);
    expect(refusal(await save(keyAt(file)))).toMatch(/it gives more than 64 KiB\./);
  });

  it("a symbolic link, also one that leads nowhere", async () => {
    await write("real", OLD);
    await symlink("real", path("link"));
    await symlink("nothing", path("lost"));
    expect(await wrong(path("link"))).toMatch(/it is a symbolic link\. .*Name the file itself\./);
    expect(await wrong(path("lost"))).toMatch(/it is a symbolic link\./);
    expect(await textOf(path("real"))).toBe(OLD);
  });

  it("the ..data link of Kubernetes", async () => {
    await mkdir(path("..2026_11_28"));
    await write("..2026_11_28/token", OLD);
    await symlink("..2026_11_28", path("..data"));
    await symlink("..data/token", path("token"));
    for (const file of [path("token"), path("..data", "token"), path("..2026_11_28", "token")])
      expect(await wrong(file)).toMatch(/a mounted Secret or ConfigMap \(\.\.data\)\. .*with exec: and kubectl\./);
  });

  it("a file with a second name", async () => {
    const file = await write("token", OLD);
    await link(file, path("second"));
    expect(await wrong(file)).toMatch(/more than one name \(a hard link\)/);
  });

  it.each([
    ["it is a .env file", `A=1\nTOKEN=${OLD}\n`],
    ["it is one line of a .env file", `TOKEN=${OLD}\n`],
    ["it is JSON", JSON.stringify({ token: OLD }, null, 2)],
  ])("a file with more than a token: %s", async (_what, content) => {
    const file = await write("token", content);
    expect(await wrong(file)).toMatch(/it contains more than a token, and saving would delete the rest\./);
    expect(await textOf(file)).toBe(content);
  });

  it("Windows", async () => {
    const file = await write("token", OLD);
    expect(await wrong(file, { machine: { ...thisMachine(), platform: "win32" } })).toMatch(
      /on Windows, the bot cannot/,
    );
  });

  it("a file of another user, of root, and of a foreign group", async () => {
    const file = await write("token", OLD);
    const { uid, gid } = await stat(file);
    const as = (other: object) => {
      const machine = thisMachine();
      return { machine: { ...machine, self: async () => ({ ...(await machine.self()), ...other }) } };
    };
    expect(await wrong(file, as({ uid: 4_242 }))).toMatch(
      new RegExp(`the file belongs to ${uid === 0 ? "root" : "another user"}.*wa-token \\(ID 4242\\)`),
    );
    const disk = { ...DISK };
    disk.lstat = (async (name: string) => Object.assign(await DISK.lstat(name), { uid: 4_242 })) as typeof DISK.lstat;
    const { self } = thisMachine();
    expect(
      await wrong(file, { machine: { ...thisMachine(disk), self: async () => ({ ...(await self()), uid: 7 }) } }),
    ).toMatch(/the file belongs to another user \(ID 4242\)/);
    const inOther = { ...DISK };
    inOther.lstat = (async (name: string) =>
      Object.assign(await DISK.lstat(name), { uid: 7, gid })) as typeof DISK.lstat;
    const groups = { uid: 7, groups: [gid + 1], pid: 0 };
    expect(await wrong(file, { machine: { ...thisMachine(inOther), self: async () => groups } })).toMatch(
      /belongs to a group \(ID \d+\) that the user that runs wa-token is not in/,
    );
  });

  it("a file that is mounted by itself, with a space in its path", async () => {
    const file = await write("a token", OLD);
    const disk = { ...DISK };
    disk.readFile = (async (name: string, encoding: "utf8") =>
      name === "/proc/self/mountinfo"
        ? `36 35 98:0 /x ${file.replaceAll(" ", "\\040")} rw,noatime - ext4 /dev/root rw\n`
        : DISK.readFile(name, encoding)) as typeof DISK.readFile;
    expect(await wrong(file, { machine: thisMachine(disk) })).toMatch(/the file is mounted by itself/);
    disk.lstat = (async (name: string) =>
      Object.assign(await DISK.lstat(name), name === file ? { dev: 99 } : {})) as typeof DISK.lstat;
    disk.readFile = DISK.readFile;
    expect(await wrong(file, { machine: thisMachine(disk) })).toMatch(/the file is mounted by itself/);
  });

  it.each([
    ["EROFS", /its file system is read-only\. Mount the folder writable/],
    ["EACCES", /may not create files in its folder\. Give that user write permission for the folder\./],
    ["EMFILE", /the bot's own machine is short of resources \(EMFILE\)\./],
  ])("a folder that the system does not let us write: %s", async (code, words) => {
    const file = await write("token", OLD);
    const disk = { ...DISK, access: () => Promise.reject(Object.assign(new Error(code), { code })) };
    expect(await wrong(file, { machine: thisMachine(disk) })).toMatch(words);
  });

  it("a token in place of a path, without showing it", async () => {
    expect(await wrong(path("nowhere", OLD))).toMatch(/its folder does not exist/);
    expect(await wrong("/tmp/\0/x")).toMatch(/the system refused it \(ERR_INVALID_ARG_VALUE\)/);
  });
});
