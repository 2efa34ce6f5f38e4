import { describe, expect, it } from "vitest";
import { fakeToken } from "../support/fake-token.ts";
import { configOf, problemsOf } from "./environment.ts";

const ENV = { WATCHLIST: "watchlist.yml", ALERT_CHANNEL: "C0123456789" };

const setUp = async (entry: string, env: Readonly<Record<string, string>> = {}) => {
  const config = await configOf({ ...ENV, ...env }, { "watchlist.yml": `watches:\n  - ${entry}\n` });
  const [fleet] = config.fleets;
  if (fleet === undefined) throw new TypeError("the watchlist has no fleet");
  const { lines } = fleet;
  const watchOf = (line: unknown) => {
    const reading = lines.read(JSON.stringify(line));
    return reading.ok ? lines.watchOf(reading.definition) : reading;
  };
  return { fleet, lines, watchOf };
};

const FILE = "{ name: customers, fleet: 'file:/srv/customers.jsonl' }";
const COMMAND = `{ name: customers, fleet: 'exec:["list"]' }`;

describe("a fleet of the watchlist", () => {
  it("names a file or a command, and the defaults of its lines", async () => {
    const entry = "{ name: customers, fleet: 'file:/srv/c.jsonl', channel: C9, checkInterval: 1h, consumers: [crm] }";
    const { fleet, watchOf } = await setUp(entry.replace("C9", "C0999999999"));
    expect(fleet).toMatchObject({ name: "customers", source: { kind: "file", path: "/srv/c.jsonl" } });
    expect(watchOf({ name: "a", source: "env:A" })).toMatchObject({
      name: "a",
      channel: "C0999999999",
      checkIntervalMs: 3_600_000,
      consumers: ["crm"],
    });
    expect(watchOf({ name: "a", source: "env:A", channel: "C0888888888", consumers: [] })).toMatchObject({
      channel: "C0888888888",
      consumers: [],
    });
  });

  it.each([
    ["{ name: customers, fleet: 'env:LIST' }", /fleet must be file:\/path or exec:/],
    ["{ fleet: 'file:/srv/c.jsonl' }", /name is missing/],
    ["{ name: customers, fleet: 'file:/srv/c.jsonl', source: 'env:A' }", /unknown key "source"/],
    ["{ name: customers, fleet: 'file:/srv/c.jsonl', appId: '100000000000042' }", /appId but no appSecret/],
  ])("is refused: %s", async (entry, problem) => {
    const problems = await problemsOf(ENV, { "watchlist.yml": `watches:\n  - ${entry}\n` });
    expect(problems.map(({ message }) => message).join("\n")).toMatch(problem);
  });

  it("shares the names of the watchlist", async () => {
    const text = "watches:\n  - { name: a, source: 'env:A' }\n  - { name: a, fleet: 'file:/srv/c.jsonl' }\n";
    const problems = await problemsOf(ENV, { "watchlist.yml": text });
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringContaining("the name a is used more than once"),
    ]);
  });
});

describe("a line of a fleet", () => {
  it("gives a watch with the keys of the watchlist; an ID may be a number", async () => {
    const { watchOf } = await setUp(FILE, { META_APP_ID: "100000000000042", META_APP_SECRET: "b".repeat(32) });
    const renew = { write: "source", before: "20d" };
    const keys = { channel: "C0888888888", owner: "U0123456789", consumers: ["crm"], appId: 100000000000042, renew };
    expect(watchOf({ name: "a", source: "file:/run/a", phoneNumberId: 100000000002001, ...keys })).toMatchObject({
      name: "a",
      source: { kind: "file", path: "/run/a" },
      phoneNumberId: "100000000002001",
      app: { id: "100000000000042" },
      channel: "C0888888888",
      owner: "U0123456789",
      consumers: ["crm"],
      renew: { write: { kind: "file", path: "/run/a" }, beforeMs: 20 * 86_400_000 },
    });
  });

  it("may hold its token in a file; the definition does not have it", async () => {
    const { lines } = await setUp(FILE);
    const token = fakeToken("line");
    const reading = lines.read(JSON.stringify({ name: "a", token }));
    expect(reading).toMatchObject({ ok: true, name: "a", definition: '{"name":"a","token":true}' });
    expect(reading.ok && lines.watchOf(reading.definition).source).toEqual({
      kind: "fleet",
      path: "/srv/customers.jsonl",
      watch: "a",
    });
  });

  it.each<[string, unknown, string]>([
    ["is not JSON", undefined, "is not a JSON object"],
    ["is a list", [], "is not a JSON object"],
    ["has no name", { source: "env:A" }, "has no name"],
    ["has a name with a space", { name: "a b", source: "env:A" }, "has a wrong value of name"],
    ["has no token", { name: "a" }, "has no source and no token"],
    [
      "has two tokens",
      { name: "a", source: "env:A", token: fakeToken() },
      "has a source and a token. Keep one of them",
    ],
    ["has an empty token", { name: "a", token: " " }, "has a token that is not a text"],
    ["has a token in another key", { name: "a", source: fakeToken() }, "contains something that looks like a token"],
    ["has a token in a key", { name: "a", source: "env:A", [fakeToken()]: 1 }, "contains something that looks like"],
    ["has a wrong ID", { name: "a", source: "env:A", phoneNumberId: "x" }, "has a wrong value of phoneNumberId"],
    ["has an unknown key", { name: "a", source: "env:A", chanel: "C1" }, "has an unknown key. The known keys are name"],
    ["has a wrong renew", { name: "a", source: "env:A", renew: { write: "source" } }, "has a renew that does not fit"],
    [
      "is refreshed again at once",
      { name: "a", source: "file:/run/a", renew: { write: "source", before: "90d" } },
      "has a wrong value of renew.before. Use a time shorter than 60d, such as 20d",
    ],
    [
      "has another app",
      { name: "a", source: "env:A", appId: "100000000000043" },
      "has an appId without a known secret",
    ],
  ])("that %s is malformed, and the problem shows no value", async (_, line, problem) => {
    const { lines } = await setUp(FILE);
    const reading = lines.read(line === undefined ? '{"name": "a", "token": "EAA' : JSON.stringify(line));
    expect(reading).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
    expect(JSON.stringify(reading)).not.toMatch(/EAA|chanel|a b/);
  });

  it("of a command gives no token, and needs a channel from somewhere", async () => {
    const { watchOf } = await setUp(COMMAND);
    expect(watchOf({ name: "a", token: fakeToken() })).toMatchObject({
      ok: false,
      problem: expect.stringContaining("only a file"),
    });
    const { lines } = await setUp(COMMAND, { ALERT_CHANNEL: "" });
    expect(lines.read('{"name":"a","source":"env:A"}')).toMatchObject({
      problem: expect.stringContaining("no channel"),
    });
  });
});
