import { chmod, chown, mkdir, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
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
    const problem = `Cannot read ${file}.previous: another user replaced the file. Look who can write in its folder.`;
    expect(refusal(await writer().previous(fileAt(file)))).toBe(problem);
    expect(refusal(await writer().putBack(fileAt(file), ours))).toBe(problem);
    expect(await textOf(file)).toBe(NEW);
  });

  it("names the file that cannot be read, also when the system refuses", async () => {
    const file = await write("token", NEW);
    await mkdir(`${file}.previous`);
    expect(refusal(await writer().previous(fileAt(file)))).toMatch(/^Cannot read .*token\.previous: /);
    const key = await write(".env", `TOKEN=${NEW}\n`);
    await mkdir(`${key}.TOKEN.previous`);
    expect(refusal(await writer().previous(keyAt(key)))).toMatch(/^Cannot read .*\.env\.TOKEN\.previous: /);
  });

  it("names the place when the place itself is wrong", async () => {
    const file = path("nowhere", "token");
    expect(refusal(await writer().previous(fileAt(file)))).toMatch(
      /^Cannot use file .*nowhere\/token: its folder does/,
    );
    expect(refusal(await writer().putBack(fileAt(file), ours))).toMatch(
      /^Cannot use file .*nowhere\/token: its folder/,
    );
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

  it("stay at a check, and go when their program ended or a minute has passed", async () => {
    const file = await write("token", OLD);
    const { pid } = await thisMachine().self();
    // No process has this ID: it is above the largest possible one.
    await left(99_999_999);
    await left(pid);
    const alive = await left(1);
    const others = [".token.1-0123456789ab.other-tmp", ".other.99999999-0123456789ab.wa-token-tmp"];
    for (const name of others) await write(name, NEW);
    const before = await leftBeside(file);
    expect(heldIn(await writer().check(fileAt(file)))).toBe(OLD);
    expect(await leftBeside(file)).toEqual(before);
    await writer().clean(fileAt(file));
    expect(await leftBeside(file)).toEqual([".token.1-0123456789ab.other-tmp", ".token.1-0123456789ab.wa-token-tmp"]);
    await utimes(alive, 1, 1);
    await save(fileAt(file));
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
