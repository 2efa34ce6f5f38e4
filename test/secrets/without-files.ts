// Opens files up to the limit of the system, asks every kind of source and Graph, closes the files and asks again. Prints
// the outcome of each as JSON. The test starts this program with a low limit of open files.
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { createGraphClient } from "../../src/graph/client.ts";
import { createSourceReader } from "../../src/secrets/reader.ts";
import type { Source } from "../../src/token/secret/source.ts";

const [file = "", dotenv = ""] = process.argv.slice(2);

const sources: Readonly<Record<string, Source>> = {
  file: { kind: "file", path: file },
  dotenv: { kind: "dotenv", path: dotenv, name: "TOKEN" },
  "variable of .env": { kind: "env", name: "TOKEN" },
  "named file": { kind: "env", name: "NAMED" },
  command: { kind: "exec", argv: [process.execPath, "--version"] },
};
const read = createSourceReader({ env: { NAMED_FILE: file }, dotenvPath: dotenv, ownSecretNames: [] });

const graphAt = (host: string) => {
  const client = createGraphClient({ baseUrl: `http://${host}:9`, version: "v26.0", now: () => new Date() });
  return async () => (await client.get({ path: "/me", query: {}, bearer: undefined, timeoutMs: 5_000 })).kind;
};

const questions: Readonly<Record<string, () => Promise<unknown>>> = {
  ...Object.fromEntries(
    Object.entries(sources).map(([name, source]) => [name, async () => ((await read(source)).ok ? "read" : "refused")]),
  ),
  "Graph by address": graphAt("127.0.0.1"),
  "Graph by name": graphAt("localhost"),
};

const askAll = async (): Promise<Readonly<Record<string, unknown>>> => {
  const found: Record<string, unknown> = {};
  for (const [name, ask] of Object.entries(questions))
    found[name] = await ask().catch((error: unknown) => (error instanceof Error ? error.name : "no error"));
  return found;
};

const taken: number[] = [];
const takeAll = (): void => {
  for (;;)
    try {
      taken.push(openSync(devNull, "r"));
    } catch {
      return;
    }
};

/** The first call loads what the client needs, as the first round of a bot does. */
if (process.argv[4] === "warm") await askAll();
takeAll();
const short = await askAll();
for (const descriptor of taken) closeSync(descriptor);
process.stdout.write(JSON.stringify({ short, afterwards: await askAll() }));
process.exit(0);
