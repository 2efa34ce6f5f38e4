import { mkdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createSourceReader } from "../../src/secrets/reader.ts";
import { messageOf, read, TOKEN, useFolder, valueOf } from "./sources.ts";

const { path, write } = useFolder();

const fromEnv = async (env: Record<string, string>, dotenvPath?: string) =>
  read({ kind: "env", name: "WA_TOKEN" }, { env, dotenvPath });

const FIXED = "read at start; restart the bot after changing it";

describe("a variable", () => {
  it("of the process environment is read, with a note that it cannot change", async () => {
    expect(valueOf(await fromEnv({ WA_TOKEN: ` ${TOKEN}\n` }))).toEqual({ value: TOKEN, note: FIXED });
  });

  it("of .env is read again each time", async () => {
    const dotenvPath = await write(".env", `WA_TOKEN="${TOKEN}1"\n`);
    const reader = createSourceReader({ env: {}, dotenvPath, ownSecretNames: [] });
    const source = { kind: "env", name: "WA_TOKEN" } as const;
    expect(valueOf(await reader(source))).toEqual({ value: `${TOKEN}1`, note: null });
    await write(".env", `# replaced\nexport WA_TOKEN=${TOKEN}2 # today\n`);
    expect(valueOf(await reader(source))).toEqual({ value: `${TOKEN}2`, note: null });
  });

  it("of the process environment comes before the one of .env", async () => {
    const dotenvPath = await write(".env", "WA_TOKEN=another");
    expect(valueOf(await fromEnv({ WA_TOKEN: TOKEN }, dotenvPath))).toEqual({ value: TOKEN, note: FIXED });
  });

  it("that is empty in the process environment counts as not set there", async () => {
    const dotenvPath = await write(".env", `WA_TOKEN=${TOKEN}`);
    expect(valueOf(await fromEnv({ WA_TOKEN: " ", WA_TOKEN_FILE: "" }, dotenvPath))).toEqual({
      value: TOKEN,
      note: null,
    });
  });

  it.each([["the environment"], [".env"]])("is read from the file that its _FILE twin in %s names", async (where) => {
    const file = await write("token", `${TOKEN}1`);
    const dotenvPath = await write(".env", `WA_TOKEN_FILE=${file}`);
    const reader = createSourceReader({
      env: where === ".env" ? {} : { WA_TOKEN_FILE: file },
      dotenvPath: where === ".env" ? dotenvPath : undefined,
      ownSecretNames: [],
    });
    const source = { kind: "env", name: "WA_TOKEN" } as const;
    expect(valueOf(await reader(source))).toEqual({ value: `${TOKEN}1`, note: null });
    await write("token", `${TOKEN}2`);
    expect(valueOf(await reader(source))).toEqual({ value: `${TOKEN}2`, note: null });
  });

  it.each([
    ["nowhere", {}, undefined],
    ["nowhere, without a .env", {}, "missing"],
    ["empty", { WA_TOKEN: "" }, "missing"],
  ])("that is set %s is reported by name", async (_, env, dotenv) => {
    expect(messageOf(await fromEnv(env, dotenv && path(dotenv)))).toBe(
      "Could not read variable WA_TOKEN: it is not set. Set it, or WA_TOKEN_FILE, or correct the source.",
    );
  });

  it.each([["__proto__"], ["constructor"], ["toString"]])("is never one of JavaScript's own: %s", async (name) => {
    const dotenvPath = await write(".env", "");
    expect(messageOf(await read({ kind: "env", name }, { dotenvPath }))).toMatch(/it is not set\./);
  });

  it("whose _FILE twin names a missing file is reported with the file", async () => {
    const file = path("token");
    expect(messageOf(await fromEnv({ WA_TOKEN_FILE: file }))).toBe(
      `Could not read variable WA_TOKEN: the file ${file}, named by WA_TOKEN_FILE, has a problem: it does not exist. Create the file, or correct the path of the source.`,
    );
  });

  it("whose _FILE twin contains the token itself is reported without showing it", async () => {
    expect(messageOf(await fromEnv({ WA_TOKEN_FILE: TOKEN }))).toContain("the file [redacted], named by WA_TOKEN_FILE");
  });

  it("whose .env cannot be read is reported with the file", async () => {
    await mkdir(path(".env"));
    expect(messageOf(await fromEnv({}, path(".env")))).toMatch(
      /^Could not read variable WA_TOKEN: .+\.env cannot be used: the file has a problem: it is a folder\./,
    );
  });
});

describe("a variable of another program's .env", () => {
  const fromDotenv = async (file: string, name = "WA_TOKEN") => read({ kind: "dotenv", path: file, name });

  it("is read", async () => {
    const file = await write("app.env", `OTHER=x\nWA_TOKEN='${TOKEN}'\r\n`);
    expect(valueOf(await fromDotenv(file))).toEqual({ value: TOKEN, note: null });
  });

  it("is read after a byte order mark", async () => {
    const file = await write("app.env", `\u{feff}WA_TOKEN=${TOKEN}\r\n`);
    expect(valueOf(await fromDotenv(file))).toEqual({ value: TOKEN, note: null });
  });

  it.each([
    ["missing", "OTHER=x"],
    ["empty", "WA_TOKEN="],
    ["commented out", `# WA_TOKEN=${TOKEN}`],
  ])("that is %s is reported by name and file", async (_, content) => {
    const file = await write("app.env", `${content}\nOTHER=${TOKEN}`);
    expect(messageOf(await fromDotenv(file))).toBe(
      `Could not read WA_TOKEN in ${file}: the variable is not set there. Add it to the file, or correct the name in the source.`,
    );
  });

  it("is reported when the file is missing, binary, too large or not a .env file", async () => {
    const problem = async (file: string) => messageOf(await fromDotenv(file));
    expect(await problem(path("none"))).toMatch(/: the file has a problem: it does not exist\./);
    expect(await problem(await write("binary", Buffer.alloc(100)))).toMatch(/it is not plain text/);
    expect(await problem(await write("large", "X=1\n".repeat(100_000)))).toMatch(/it gives more than 64 KiB/);
    expect(await problem(await write("noise", `${TOKEN}\n{"json": true}\n====\n`))).toMatch(/is not set there/);
  });
});
