import { appendFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createCommands } from "../../src/secrets/commands.ts";
import type { FleetLine } from "../../src/secrets/fleet/line-splitter.ts";
import { createFleetReader, type FleetSource } from "../../src/secrets/fleet/read-fleet.ts";
import { createSourceReader } from "../../src/secrets/reader.ts";
import { reveal } from "../../src/token/secret/secret.ts";
import { useFolder } from "../store/sqlite/sqlite-folder.ts";
import { fakeToken } from "../support/fake-token.ts";

const folder = useFolder();

const commands = createCommands({ env: { PATH: process.env["PATH"] }, ownSecretNames: [] });

/** Reads a fleet to its end. */
const readAll = async (source: FleetSource, timeoutMs?: number) => {
  const lines: FleetLine[] = [];
  const read = createFleetReader({ commands, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const reading = await read(source, (line) => lines.push(line));
  return { reading, lines };
};

const fileOf = (content: string | Uint8Array): FleetSource => {
  const path = folder.path("fleet.jsonl");
  writeFileSync(path, content);
  return { kind: "file", path };
};

const nodeOf = (script: string): FleetSource => ({ kind: "exec", argv: [process.execPath, "-e", script] });

describe("the lines of a fleet", () => {
  it("come with their number and position, without blank lines, a byte order mark and line ends of Windows", async () => {
    const { reading, lines } = await readAll(fileOf('\uFEFF{"a":1}\r\n\n  \n{"b":2}\n{"c"'));
    expect(reading).toMatchObject({ ok: true });
    expect(lines).toEqual([
      { number: 1, at: 0, isEnded: true, text: '{"a":1}' },
      { number: 4, at: 16, isEnded: true, text: '{"b":2}' },
      { number: 5, at: 24, isEnded: false, text: '{"c"' },
    ]);
  });

  it("are not kept when they are too long, and the lines around them count", async () => {
    const { reading, lines } = await readAll(fileOf(`one\n${"x".repeat(10_000_000)}\nthree\n`));
    expect(reading).toMatchObject({ ok: true });
    expect(lines).toMatchObject([{ text: "one" }, { number: 2, problem: "is longer than 64 KiB" }, { text: "three" }]);
  });

  it("that are not UTF-8 are named, and UTF-16 is refused", async () => {
    const { lines } = await readAll(fileOf(Buffer.from([0x61, 0x0a, 0xff, 0x0a])));
    expect(lines).toMatchObject([{ text: "a" }, { problem: "is not plain text (UTF-8)" }]);
    const { reading } = await readAll(fileOf(Buffer.from("\uFEFF{}\n{}\n", "utf16le")));
    expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining("UTF-16") });
  });

  it("come from a command of any length", async () => {
    const { reading, lines } = await readAll(nodeOf('for (let i = 0; i < 50000; i++) console.log("line " + i)'));
    expect(reading).toMatchObject({ ok: true });
    expect([lines.length, lines.at(-1)]).toMatchObject([50_000, { number: 50_000, text: "line 49999" }]);
  });

  it("do not count when the command fails half-way, or hangs", async () => {
    const half = await readAll(nodeOf('console.log("one"); process.exitCode = 3'));
    expect(half.reading).toMatchObject({ ok: false, problem: expect.stringContaining("exit code 3") });
    const hanging = await readAll(nodeOf('console.log("one"); setInterval(() => {}, 1000)'), 500);
    expect(hanging.reading).toMatchObject({ ok: false, problem: expect.stringContaining("did not finish") });
  });

  it("do not count when the file is missing, a folder, or changes meanwhile", async () => {
    const missing = await readAll({ kind: "file", path: folder.path("missing.jsonl") });
    expect(missing.reading).toMatchObject({ ok: false, problem: expect.stringContaining("does not exist") });
    const place = await readAll({ kind: "file", path: folder.path(".") });
    expect(place.reading).toMatchObject({ ok: false });
    const source = fileOf("one\ntwo\n");
    let isFirst = true;
    const reading = await createFleetReader({ commands })(source, () => {
      if (isFirst && source.kind === "file") appendFileSync(source.path, "three\n");
      isFirst = false;
    });
    expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining("changed while it was read") });
  });
});

describe("the token of a watch in a fleet", () => {
  const line = (name: string, token: string): string => `${JSON.stringify({ name, token })}\n`;

  const setUp = (again: number | undefined) => {
    const asked: string[] = [];
    const read = createSourceReader({
      env: {},
      dotenvPath: undefined,
      ownSecretNames: [],
      fleetLines: {
        placeOf: () => line("orders", fakeToken("orders")).length,
        findAgain: ({ watch }) => {
          asked.push(watch);
          return Promise.resolve(again);
        },
      },
    });
    const path = folder.path("fleet.jsonl");
    return { asked, path, value: () => read({ kind: "fleet", path, watch: "crm" }) };
  };

  it("is read from its line, again at each reading", async () => {
    const { asked, path, value } = setUp(undefined);
    for (const word of ["first", "later"]) {
      writeFileSync(path, line("orders", fakeToken("orders")) + line("crm", fakeToken(word)));
      const reading = await value();
      expect(reading.ok && reveal(reading.secret)).toBe(fakeToken(word));
    }
    expect(asked).toEqual([]);
  });

  it("is looked for once more when another line is at its position", async () => {
    const { asked, path, value } = setUp(0);
    writeFileSync(path, line("crm", fakeToken("crm")) + line("orders", fakeToken("orders")));
    const reading = await value();
    expect(reading.ok && reveal(reading.secret)).toBe(fakeToken("crm"));
    expect(asked).toEqual(["crm"]);
  });

  it("is unreadable without its line or its key, and no text shows another line", async () => {
    const gone = setUp(undefined);
    writeFileSync(gone.path, line("orders", fakeToken("orders")));
    expect(await gone.value()).toEqual({
      ok: false,
      message: `Could not read line of crm in ${gone.path}: it was not found there. Put the line back, or wait until the fleet is read again.`,
    });
    const empty = setUp(0);
    writeFileSync(empty.path, '{"name":"crm"}\n');
    expect(await empty.value()).toMatchObject({ ok: false, message: expect.stringContaining("it has no token") });
  });
});
