import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ownTroubleOf } from "../../src/token/own-trouble.ts";
import { TOKEN, useFolder } from "./sources.ts";

const PROGRAM = fileURLToPath(new URL("without-files.ts", import.meta.url));

const SOURCES = ["file", "dotenv", "variable of .env", "named file", "command"];
const GRAPH = ["Graph by address", "Graph by name"];

const all = (names: readonly string[], found: string) => Object.fromEntries(names.map((name) => [name, found]));

describe("a process without a free file", () => {
  const { write } = useFolder();

  const ask = async (...args: readonly string[]) => {
    const file = await write("token", TOKEN);
    const dotenv = await write(".env", `TOKEN=${TOKEN}\n`);
    const limited = ["-c", 'ulimit -n 64; exec "$0" "$@"', process.execPath, PROGRAM, file, dotenv, ...args];
    const out = execFileSync("/bin/sh", limited, { env: {}, encoding: "utf8" });
    expect(out).not.toContain(TOKEN);
    return JSON.parse(out) as { readonly short: object; readonly afterwards: object };
  };

  it("blames itself, not the source or Graph, and continues when it has free files again", async () => {
    const { short, afterwards } = await ask("warm");
    expect(short).toEqual(all([...SOURCES, ...GRAPH], "OwnTroubleError"));
    expect(afterwards).toEqual({ ...all(SOURCES, "read"), ...all(GRAPH, "broken") });
  });

  it("asks Graph afterwards, even when it could not load the client before", async () => {
    const { short, afterwards } = await ask("cold");
    expect(short).toMatchObject(all(SOURCES, "OwnTroubleError"));
    expect(Object.values(short)).not.toContain("broken");
    expect(afterwards).toMatchObject(all(GRAPH, "broken"));
  });
});

describe("the codes of a process that has run out of a resource", () => {
  it.each(["EMFILE", "ENFILE", "ENOMEM", "ENOBUFS", "EAGAIN", "ERR_MEMORY_ALLOCATION_FAILED"])("hold %s", (code) => {
    const trouble = ownTroubleOf(code);
    expect(trouble?.code).toBe(code);
    expect(trouble?.message).toMatch(new RegExp(`short of resources \\(${code}\\)\\. .+\\.$`));
  });

  it.each(["ECONNREFUSED", "ENOENT", "EACCES", "ENOTFOUND", "ETIMEDOUT", "EADDRNOTAVAIL", "constructor", ""])(
    "do not hold %s",
    (code) => {
      expect(ownTroubleOf(code)).toBeUndefined();
    },
  );
});
