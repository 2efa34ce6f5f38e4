// Runs the lines of docs/sources-and-sinks.md with the real programs of the stores, against a local server. These programs
// are no part of `npm ci`, so `npm test` leaves this file out, and a program that is missing is skipped with its name.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSourceReader } from "../../src/secrets/reader.ts";
import { reveal } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { type LocalStores, startStores } from "./local-stores.ts";
import { recipeNamed, save } from "./recipes.ts";
import { standInFor } from "./stand-in.ts";

const OLD = fakeToken("the old one");
const NEW = fakeToken("the new one", 4096);

let stores: LocalStores;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "wa-token-recipes-"));
  stores = await startStores(OLD);
});

afterEach(async () => {
  await stores.close();
  await rm(home, { recursive: true, force: true });
});

/** What each program needs to find the local server. None of these values is a secret. */
const programs = [
  { recipe: "orders-aws", program: "aws" },
  { recipe: "orders-ssm", program: "aws" },
  { recipe: "orders-google", program: "gcloud" },
  { recipe: "orders-kubernetes", program: "kubectl" },
];

describe.each(programs)("the recipe $recipe", ({ recipe, program }) => {
  it.skipIf(!isOnPath(program))(`saves and reads with ${program}${missing(program)}`, async () => {
    const { source, write } = recipeNamed(recipe);
    const env = await environment();
    const read = createSourceReader({ env, dotenvPath: undefined, ownSecretNames: [] });
    expect(await valueOf(read(source))).toBe(OLD);
    const saved = await save(write, NEW, env);
    expect(saved).toMatchObject({ code: 0 });
    expect(stores.held()).toBe(NEW);
    expect(await valueOf(read(source))).toBe(NEW);
  });

  it.skipIf(!isOnPath(program))(`fails with ${program} when the store refuses${missing(program)}`, async () => {
    const { source, write } = recipeNamed(recipe);
    const env = await environment();
    stores.refuse();
    expect(await save(write, NEW, env)).not.toMatchObject({ code: 0 });
    expect(stores.held()).toBe(OLD);
    expect(await valueOf(createSourceReader({ env, dotenvPath: undefined, ownSecretNames: [] })(source))).toMatch(
      /^not read: Could not read command /,
    );
  });
});

describe("the recipe orders-1password, with a stand-in for op", () => {
  const item = (label: string): string =>
    JSON.stringify({
      id: "whatsapp",
      fields: [
        { label: "user", value: "robin" },
        { label, value: OLD },
      ],
    });

  it.skipIf(!isOnPath("jq"))(`changes one field of the item${missing("jq")}`, async () => {
    const op = await standInFor("op", item("token"));
    expect(await save(recipeNamed("orders-1password").write, NEW, op.env)).toEqual({ code: 0, output: "" });
    expect(JSON.parse(await op.input())).toEqual(JSON.parse(item("token").replace(OLD, NEW)));
    expect(await op.args()).not.toMatch(/EAA/);
    await op.remove();
  });

  it.skipIf(!isOnPath("jq")).each([
    { case: "op gives nothing", printed: "" },
    { case: "the item has no such field", printed: item("another") },
  ])(`saves nothing when $case${missing("jq")}`, async ({ printed }) => {
    const op = await standInFor("op", printed);
    expect(await save(recipeNamed("orders-1password").write, NEW, op.env)).not.toMatchObject({ code: 0 });
    expect(await op.args()).not.toContain("edit");
    await op.remove();
  });
});

async function environment(): Promise<Readonly<Record<string, string | undefined>>> {
  const kubeconfig = join(home, "kubeconfig");
  await writeFile(
    kubeconfig,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "local", cluster: { server: stores.url } }],
      users: [{ name: "bot", user: {} }],
      contexts: [{ name: "local", context: { cluster: "local", user: "bot" } }],
      "current-context": "local",
    }),
  );
  return {
    PATH: process.env["PATH"],
    HOME: home,
    KUBECONFIG: kubeconfig,
    AWS_ENDPOINT_URL: stores.url,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_MAX_ATTEMPTS: "1",
    CLOUDSDK_CONFIG: home,
    CLOUDSDK_CORE_PROJECT: "orders",
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: "1",
    CLOUDSDK_AUTH_ACCESS_TOKEN: "local",
    CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER: `${stores.url}/`,
  };
}

async function valueOf(reading: ReturnType<ReturnType<typeof createSourceReader>>): Promise<string> {
  const found = await reading;
  return found.ok ? reveal(found.secret) : `not read: ${found.message}`;
}

/** The reason why a test is skipped, for its title. */
function missing(program: string): string {
  return isOnPath(program) ? "" : ` (skipped: ${program} is not on PATH)`;
}

function isOnPath(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}
