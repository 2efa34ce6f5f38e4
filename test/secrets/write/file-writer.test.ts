import { chmod, chown, link, mkdir, rename, rm, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { DISK, thisMachine } from "../../../src/secrets/write/disk.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { useFolder } from "../sources.ts";
import { fileAt, keyAt, NEW, OLD, save, writer } from "./outcome.ts";
import { exists, heldIn, leftBeside, modeOf, refusal, textOf } from "./places.ts";

const { path, write } = useFolder();
const old = new Secret(OLD);
const fresh = new Secret(NEW);

describe("a saved file", () => {
  it.each([
    ["without a line end", OLD, NEW],
    ["with a line end", `${OLD}\n`, `${NEW}\n`],
    ["with Windows line ends and spaces", ` ${OLD} \r\n\r\n`, ` ${NEW} \r\n\r\n`],
    ["with a byte order mark", `\u{feff}${OLD}\n`, `\u{feff}${NEW}\n`],
  ])("keeps everything around the token: %s", async (_what, before, after) => {
    const file = await write("token", before);
    expect(await save(fileAt(file))).toEqual({ ok: true });
    expect(await textOf(file)).toBe(after);
    expect(await textOf(`${file}.previous`)).toBe(OLD);
    expect(await leftBeside(file)).toEqual([]);
  });

  it.each([0o600, 0o640, 0o644, 0o660])("keeps the mode %o, and its .previous is private", async (mode) => {
    const file = await write("token", OLD);
    await chmod(file, mode);
    expect(await save(fileAt(file))).toEqual({ ok: true });
    expect([await modeOf(file), await modeOf(`${file}.previous`)]).toEqual([mode, 0o600]);
  });

  it.runIf(userInfo().uid === 0)("keeps its group (needs root)", async () => {
    const file = await write("token", OLD);
    await chown(file, 0, 4_242);
    await chmod(file, 0o640);
    expect(await save(fileAt(file))).toEqual({ ok: true });
    expect([(await stat(file)).gid, await modeOf(file)]).toEqual([4_242, 0o640]);
  });

  it.each<[string, string | null]>([
    ["does not exist", null],
    ["is empty", ""],
    ["has only a line end", "\n"],
  ])("can be the first one, when the file %s", async (_what, content) => {
    const file = content === null ? path("token") : await write("token", content);
    await write("token.previous", OLD);
    expect(heldIn(await writer().check(fileAt(file)))).toBe(null);
    expect(await writer().save(fileAt(file), fresh, null)).toEqual({ ok: true });
    expect(await textOf(file)).toBe(`${NEW}${content ?? ""}`);
    expect(await exists(`${file}.previous`)).toBe(false);
    expect([0o600, await modeOf(await write("other", ""))]).toContain(await modeOf(file));
  });

  it("is not written again when it has this token already", async () => {
    const file = await write("token", NEW);
    await write("token.previous", OLD);
    const { ino } = await stat(file);
    expect(await save(fileAt(file))).toEqual({ ok: true });
    expect((await stat(file)).ino).toBe(ino);
    expect(await textOf(`${file}.previous`)).toBe(OLD);
    expect(await writer().save(fileAt(file), fresh, fresh)).toEqual({ ok: true });
    expect(await exists(`${file}.previous`)).toBe(false);
  });
});

describe("a place that changed since it was read", () => {
  it.each<[string, string | null, Secret | null]>([
    ["to another token", "another", old],
    ["to nothing", "", old],
    ["and is gone", null, old],
    ["from nothing", OLD, null],
  ])("stays as it is: %s", async (_what, content, expected) => {
    const file = content === null ? path("token") : await write("token", content);
    expect(await writer().save(fileAt(file), fresh, expected)).toEqual({ ok: false, kind: "changed" });
    expect(await textOf(file).catch(() => null)).toBe(content);
    expect([await exists(`${file}.previous`), await leftBeside(file)]).toEqual([false, []]);
  });

  it.each<[string, string | null]>([
    ["of a file", OLD],
    ["of a new file", null],
  ])("is noticed directly before the end of a save %s", async (_what, before) => {
    const file = before === null ? path("token") : await write("token", before);
    // Somebody else saves while the new file is already complete.
    const disk = { ...DISK };
    disk.open = async (...args) => {
      const opened = await DISK.open(...args);
      if (String(args[0]).endsWith("-tmp")) await writeFile(file, "theirs");
      return opened;
    };
    const { save: saveTo } = writer({ machine: thisMachine(disk) });
    const expected = before === null ? null : old;
    expect(await saveTo(fileAt(file), fresh, expected)).toEqual({ ok: false, kind: "changed" });
    expect(await textOf(file)).toBe("theirs");
    expect([await exists(`${file}.previous`), await leftBeside(file)]).toEqual([false, []]);
  });

  it("a name that was free is not taken from a file that appears at the last moment", async () => {
    const file = path("token");
    const disk = { ...DISK };
    disk.link = async (...args) => {
      await writeFile(file, "theirs");
      return DISK.link(...args);
    };
    const { save: saveTo } = writer({ machine: thisMachine(disk) });
    expect(await saveTo(fileAt(file), fresh, null)).toEqual({ ok: false, kind: "changed" });
    expect([await textOf(file), await leftBeside(file)]).toEqual(["theirs", []]);
  });

  it("two variables of one file that are saved at once are both saved", async () => {
    const file = await write(".env", `A=${OLD}\nB=${OLD}\n`);
    const both = writer();
    const saved = await Promise.all(["A", "B"].map((name) => both.save(keyAt(file, name), fresh, old)));
    expect(saved).toEqual([{ ok: true }, { ok: true }]);
    expect(await textOf(file)).toBe(`A=${NEW}\nB=${NEW}\n`);
  });
});

describe("before anything is obtained, check refuses with the reason and the next step", () => {
  /** `save` must refuse with the same words, and change nothing. */
  const wrong = async (file: string, options = {}): Promise<string> => {
    const message = refusal(await writer(options).check(fileAt(file)));
    expect(refusal(await save(fileAt(file), options))).toBe(message);
    return message;
  };

  it("a missing folder", async () => {
    expect(await wrong(path("nowhere", "token"))).toBe(
      `Could not save to file ${path("nowhere", "token")}: its folder does not exist. Create the folder, or correct the path.`,
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

describe("the old value", () => {
  const ours = fingerprintOf(fresh);

  it("is put back only over our token, and then .previous goes", async () => {
    const file = await write("token", `${OLD}\n`);
    await save(fileAt(file));
    expect(heldIn(await writer().previous(fileAt(file)))).toBe(OLD);
    expect(await writer().putBack(fileAt(file), fingerprintOf(old))).toEqual({ ok: false, kind: "changed" });
    expect(await textOf(file)).toBe(`${NEW}\n`);
    expect(await writer().putBack(fileAt(file), ours)).toEqual({ ok: true });
    expect([await textOf(file), await exists(`${file}.previous`)]).toEqual([`${OLD}\n`, false]);
    expect(refusal(await writer().putBack(fileAt(file), ours))).toMatch(/there is no old value to put back\./);
  });

  it("of a variable has a file of its own", async () => {
    const file = await write(".env", `A=1\nTOKEN="${OLD}" # why\n`);
    await save(keyAt(file));
    expect(await textOf(`${file}.TOKEN.previous`)).toBe(OLD);
    expect(await writer().putBack(keyAt(file), ours)).toEqual({ ok: true });
    expect([await textOf(file), await exists(`${file}.TOKEN.previous`)]).toEqual([
      `A=1\nTOKEN="${OLD}" # why\n`,
      false,
    ]);
  });

  it("is already back: only .previous goes", async () => {
    const file = await write("token", OLD);
    await write("token.previous", OLD);
    expect(await writer().putBack(fileAt(file), ours)).toEqual({ ok: true });
    expect(await exists(`${file}.previous`)).toBe(false);
  });

  it("is not put back over a token of somebody else", async () => {
    const file = await write("token", OLD);
    await save(fileAt(file));
    await writeFile(file, "theirs");
    expect(await writer().putBack(fileAt(file), ours)).toEqual({ ok: false, kind: "changed" });
    expect([await textOf(file), await textOf(`${file}.previous`)]).toEqual(["theirs", OLD]);
  });

  it("is never read through a link that another user put there", async () => {
    const file = await write("token", NEW);
    await symlink(await write("secret", OLD), `${file}.previous`);
    expect(refusal(await writer().previous(fileAt(file)))).toMatch(/another user replaced the file/);
    expect(refusal(await writer().putBack(fileAt(file), ours))).toMatch(/another user replaced the file/);
    expect(await textOf(file)).toBe(NEW);
  });

  it("goes when it is dropped, and dropping nothing does nothing", async () => {
    const file = await write("token", OLD);
    await save(fileAt(file));
    await writer().dropPrevious(fileAt(file));
    await writer().dropPrevious(fileAt(file));
    expect([await textOf(file), await exists(`${file}.previous`)]).toEqual([NEW, false]);
    expect(heldIn(await writer().previous(fileAt(file)))).toBe(null);
    await rm(path(), { recursive: true });
    await writer().dropPrevious(fileAt(file));
  });
});

describe("temporary files that a crash left", () => {
  const left = async (pid: number): Promise<string> => write(`.token.${pid}-0123456789ab.wa-token-tmp`, NEW);

  it("go at the next check, when their program ended or a minute has passed", async () => {
    const file = await write("token", OLD);
    const { pid } = await thisMachine().self();
    // No process has this ID: it is above the largest possible one.
    await left(99_999_999);
    await left(pid);
    const alive = await left(1);
    const others = [".token.1-0123456789ab.other-tmp", ".other.99999999-0123456789ab.wa-token-tmp"];
    for (const name of others) await write(name, NEW);
    await writer().check(fileAt(file));
    expect(await leftBeside(file)).toEqual([".token.1-0123456789ab.other-tmp", ".token.1-0123456789ab.wa-token-tmp"]);
    await utimes(alive, 1, 1);
    await writer().check(fileAt(file));
    expect(await exists(alive)).toBe(false);
    for (const name of others) expect(await exists(path(name))).toBe(true);
  });
});

it("a folder that cannot be listed, or a leftover that somebody else removes, does not stop a save", async () => {
  const file = await write("token", OLD);
  await write(".token.1-0123456789ab.wa-token-tmp", NEW);
  const gone = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  const lstat = (name: string) => (name.endsWith("-tmp") ? gone("ENOENT")() : DISK.lstat(name));
  for (const disk of [
    { ...DISK, readdir: gone("EACCES") },
    { ...DISK, lstat: lstat as typeof DISK.lstat },
  ]) {
    await writeFile(file, OLD);
    expect(await save(fileAt(file), { machine: thisMachine(disk) })).toEqual({ ok: true });
  }
});

it("a folder that is a link is followed, as deployments use them", async () => {
  await mkdir(path("release"));
  await symlink("release", path("current"));
  await write("release/token", OLD);
  expect(await save(fileAt(path("current", "token")))).toEqual({ ok: true });
  expect(await textOf(path("release", "token"))).toBe(NEW);
  await rename(path("release"), path("older"));
});
