import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, rename, symlink, truncate } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { messageOf, read, TOKEN, useFolder, valueOf } from "./sources.ts";

const { path, write } = useFolder();
const run = promisify(execFile);

const fromFile = async (file: string) => read({ kind: "file", path: file });

it.each([
  ["as it is", TOKEN],
  ["with a line end", `${TOKEN}\n`],
  ["with spaces and Windows line ends", ` \t${TOKEN} \r\n\r\n`],
  ["with a byte order mark", `\u{feff}${TOKEN}`],
])("reads a token %s", async (_, content) => {
  expect(valueOf(await fromFile(await write("token", content)))).toEqual({ value: TOKEN, note: null });
});

it("reads again each time, also through a link that is swapped as Kubernetes does", async () => {
  await mkdir(path("v1"));
  await mkdir(path("v2"));
  await write("v1/token", `${TOKEN}1`);
  await write("v2/token", `${TOKEN}2`);
  await symlink("v1", path("..data"));
  await symlink("..data/token", path("token"));
  expect(valueOf(await fromFile(path("token"))).value).toBe(`${TOKEN}1`);
  await symlink("v2", path("..data_tmp"));
  await rename(path("..data_tmp"), path("..data"));
  expect(valueOf(await fromFile(path("token"))).value).toBe(`${TOKEN}2`);
});

it("a link that is swapped during readings gives one content or the other, never a mixture or a fault", async () => {
  const contents = ["a".repeat(60_000), "b".repeat(30_000)];
  await write("a", contents[0] ?? "");
  await write("b", contents[1] ?? "");
  await symlink("a", path("token"));
  const swaps = (async () => {
    for (let swap = 0; swap < 100; swap += 1) {
      await symlink(swap % 2 === 0 ? "b" : "a", path("next"));
      await rename(path("next"), path("token"));
    }
  })();
  const values: string[] = [];
  for (let reading = 0; reading < 100; reading += 1) values.push(valueOf(await fromFile(path("token"))).value);
  await swaps;
  expect(values.filter((value) => !contents.includes(value))).toEqual([]);
});

it.skipIf(!existsSync("/proc/self/comm"))(
  "reads a file whose size the system does not report (needs /proc)",
  async () => {
    expect(valueOf(await fromFile("/proc/self/comm")).value).not.toMatch(/^not ok/);
  },
);

describe("gives a problem with the next step for", () => {
  const wrong = async (file: string): Promise<string> => messageOf(await fromFile(file));

  it("nothing there", async () => {
    expect(await wrong(path("token"))).toBe(
      `Could not read file ${path("token")}: it does not exist. Create the file, or correct the path of the source.`,
    );
  });

  it("a file where a folder should be", async () => {
    await write("token", TOKEN);
    expect(await wrong(path("token", "token"))).toMatch(/it does not exist\./);
  });

  it("a folder", async () => {
    await mkdir(path("token"));
    expect(await wrong(path("token"))).toMatch(/it is a folder\. Name the file in it/);
  });

  it.each([[""], [" \n\t"]])("nothing in it: %j", async (content) => {
    expect(await wrong(await write("token", content))).toMatch(/it is empty\. Put the token there\.$/);
  });

  it("10 MB, without reading them", async () => {
    const file = await write("token", TOKEN);
    await truncate(file, 10_000_000);
    expect(await wrong(file)).toMatch(/it gives more than 64 KiB\./);
  });

  it.skipIf(!existsSync("/proc/kallsyms"))("long, though the system tells no size (needs /proc)", async () => {
    expect(await wrong("/proc/kallsyms")).toMatch(/it gives more than 64 KiB\./);
  });

  it.each([
    ["a program", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ["not UTF-8", Buffer.from([0xc3, 0x28])],
    ["text with a zero in it", Buffer.from(`${TOKEN}\0`)],
  ])("binary: %s", async (_, content) => {
    expect(await wrong(await write("token", content))).toMatch(/it is not plain text \(UTF-8\)/);
  });

  const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
  it.each([
    ["with a mark", utf16(`\u{feff}${TOKEN}`)],
    ["with a mark, most significant byte first", utf16(`\u{feff}${TOKEN}`).swap16()],
    ["without a mark", utf16(`${TOKEN}\r\n`)],
    ["without a mark, most significant byte first", utf16(TOKEN).swap16()],
    ["with a few other letters", utf16(`# Schl\u00fcssel \u043a\u043b\u044e\u0447\r\n${TOKEN}`)],
  ])("UTF-16 %s", async (_, content) => {
    const file = await write("token", content);
    const words = /it is UTF-16 text\. Save it as UTF-8/;
    expect(await wrong(file)).toMatch(words);
    expect(messageOf(await read({ kind: "dotenv", path: file, name: "T" }))).toMatch(words);
    expect(messageOf(await read({ kind: "env", name: "T" }, { env: { T_FILE: file } }))).toMatch(words);
    expect(messageOf(await read({ kind: "exec", argv: ["cat", file] }, { env: process.env }))).toMatch(words);
  });

  it("a link in a circle", async () => {
    await symlink("token", path("token"));
    expect(await wrong(path("token"))).toMatch(/it is a symbolic link that leads nowhere\./);
  });

  it("a pipe that nobody writes to, without waiting", async () => {
    await run("mkfifo", [path("token")]);
    expect(await wrong(path("token"))).toMatch(/it is not a regular file\./);
  });

  it("a device that never ends", async () => {
    expect(await wrong("/dev/zero")).toMatch(/it is not a regular file\./);
  });

  it("a path that no system accepts", async () => {
    expect(await wrong("/tmp/\0")).toMatch(/it could not be read \(ERR_INVALID_ARG_VALUE\)\./);
    expect(await wrong(`/tmp/${"x".repeat(40)}/${"y-".repeat(200)}`)).toMatch(/it (could not be read|does not exist)/);
  });

  it("a file of another user", async () => {
    const file = await write("token", TOKEN);
    await chmod(path(), 0o755);
    // Without read permission for its owner, so that this works for every user that runs the tests.
    await chmod(file, 0o000);
    const program = fileURLToPath(new URL("./read-program.ts", import.meta.url));
    const { stdout } = await run(process.execPath, [program, file]);
    expect(stdout).toBe(
      `Could not read file ${file}: the user that runs wa-token may not read it. Give that user read permission.`,
    );
  });

  it("a token in place of the path, without showing it", async () => {
    expect(await wrong(TOKEN)).toBe(
      "Could not read file [redacted]: it does not exist. Create the file, or correct the path of the source.",
    );
  });
});
