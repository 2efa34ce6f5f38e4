import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import { type GraphStandIn, openGraph } from "../../../sandbox/graph/graph.ts";
import { type DemoTokens, demoIds, seedDemoTokens } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { fingerprintOf, Secret } from "../../../src/token/secret/secret.ts";
import { fakeToken } from "../../support/fake-token.ts";
import { NOW } from "../../support/builders.ts";
import { cli, type Outcome, type Setting } from "../memory-io.ts";

const APP = { META_APP_ID: "100000000000042", META_APP_SECRET: "7b2f90c41de85a63" };
const IDS = {
  WHATSAPP_PHONE_NUMBER_ID: demoIds.phone,
  WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.account,
};
const DAY = 86_400_000;

let folder: string;
let graph: GraphStandIn;
let tokens: DemoTokens;
const clock = createClock(NOW);

beforeAll(async () => {
  graph = await openGraph({ clock, appId: APP.META_APP_ID, appSecret: APP.META_APP_SECRET });
});
afterAll(() => graph.close());

beforeEach(async () => {
  clock.set(NOW);
  folder = await mkdtemp(join(tmpdir(), "renew-"));
  tokens = seedDemoTokens(graph);
  graph.forgetCalls();
  await deploy(tokens.sixtyDay);
});
afterEach(async () => {
  graph.faults.clear();
  graph.state.tokens.clear();
  await rm(folder, { recursive: true });
});

const file = (): string => join(folder, "token");
const deploy = (token: string): Promise<void> => writeFile(file(), `${token}\n`, { mode: 0o600 });
const deployed = async (): Promise<string> => (await readFile(file(), "utf8")).trim();
const print = (token: string): string => fingerprintOf(new Secret(token));

/** Runs `renew` for the only watch, without any variable for Slack. Waiting moves the clock. */
const renew = (argv: readonly string[], env: Readonly<Record<string, string>> = {}, setting: Setting = {}) =>
  cli(["renew", "--watch", "default", ...argv], {
    now: clock.now,
    wait: async (ms) => clock.advance(ms),
    ...setting,
    env: {
      GRAPH_API_URL: graph.url,
      DATABASE_URL: `sqlite:${join(folder, "bot.db")}`,
      WHATSAPP_TOKEN_SOURCE: `file:${file()}`,
      RENEW_WRITE: "source",
      ...APP,
      ...IDS,
      ...env,
    },
  });

interface Printed {
  readonly watch: string;
  readonly way: string;
  readonly steps: readonly { readonly step: string; readonly state: string; readonly detail: string }[];
  readonly before: unknown;
  readonly after: unknown;
}

const printed = ({ out }: Outcome): Printed => JSON.parse(out) as Printed;
const stepsOf = (done: Outcome): readonly string[] => printed(done).steps.map(({ step, state }) => `${step} ${state}`);

const SAVED = ["obtain done", "test done", "write done", "read_back done"];

describe("renew", () => {
  it("refreshes the token, saves it and reads it back, without Slack", async () => {
    const done = await renew([]);
    expect([done.code, done.err]).toEqual([0, ""]);
    const token = await deployed();
    expect(token).not.toBe(tokens.sixtyDay);
    expect(done.out).toBe(`default: new token saved, use not proven

✓ Get the new token: done. Meta made a new token.
✓ Test it: done. The new token works, has every permission it needs and reaches every configured ID.
✓ Save it: done. The new token is saved.
✓ Read it back: done. The bot reads the new token where it reads the token of this watch.
○ Prove that it is in use: not proven. No app tells the bot which token it uses, so a person confirms it.

Expires: 2026-11-27 08:00 UTC → 2027-01-21 08:00 UTC.
Saved in: file ${file()}
Old token: fingerprint ${print(tokens.sixtyDay)}
New token: fingerprint ${print(token)}
`);
  });

  it("prints the documented keys with --json", async () => {
    const done = await renew(["--json"]);
    const at = (days: number): string => new Date(NOW.getTime() + days * DAY).toISOString();
    const { steps, ...rest } = printed(done);
    expect(rest).toEqual({
      watch: "default",
      way: "refresh",
      before: { fingerprint: print(tokens.sixtyDay), expiresAt: at(5) },
      after: { fingerprint: print(await deployed()), expiresAt: at(60) },
    });
    expect(steps.map(({ step, state }) => `${step} ${state}`)).toEqual([...SAVED, "in_use not_proven"]);
    expect(steps[2]).toEqual({
      step: "write",
      state: "done",
      detail: "The new token is saved.",
      at: NOW.toISOString(),
    });
  });

  it("continues an open renewal, confirms the use and ends the old token", async () => {
    expect((await renew([])).code).toBe(0);
    const token = await deployed();
    const again = await renew(["--json"]);
    expect([again.code, stepsOf(again)]).toEqual([0, [...SAVED, "in_use not_proven"]]);
    expect((await renew(["--end-old"])).code).toBe(1);
    const confirmed = await renew(["--confirm-in-use", "--json"]);
    expect([confirmed.code, stepsOf(confirmed)]).toEqual([0, [...SAVED, "in_use done"]]);
    const ended = await renew(["--end-old", "--json"]);
    expect([ended.code, stepsOf(ended)]).toEqual([0, [...SAVED, "in_use done", "end_old done"]]);
    expect(await deployed()).toBe(token);
    expect(graph.state.tokens.get(tokens.sixtyDay)?.standing.kind).toBe("revoked");
    expect(existsSync(`${file()}.previous`)).toBe(false);
  });

  it("names the apps that still give the old token before it takes a person's word", async () => {
    const env = { RENEW_PROOF: `exec:["echo","${print(tokens.sixtyDay)}"]` };
    // Each look starts a process, so few looks fit into ten minutes.
    const wait = async (ms: number): Promise<void> => clock.advance(60 * ms);
    const first = await renew([], env, { wait });
    expect([first.code, first.out]).toEqual([0, expect.stringContaining("not proven")]);
    expect(first.err).not.toContain("still in use");
    const confirmed = await renew(["--confirm-in-use"], env, { wait });
    expect(confirmed.err).toMatch(/^At the last check, the old token was still in use: .+\.\n/);
    expect([confirmed.code, confirmed.out]).toEqual([0, expect.stringContaining("✓ Prove that it is in use: done")]);
  });

  it("does every step in two runs, and never prints or stores a token", async () => {
    const first = await renew(["--confirm-in-use", "--end-old", "--json"]);
    expect([first.code, stepsOf(first)]).toEqual([1, [...SAVED, "in_use not_proven"]]);
    expect(first.err.replaceAll("\n", " ")).toMatch(/^The new token was saved only now.*--confirm-in-use`/);
    const done = await renew(["--confirm-in-use", "--end-old", "--json"]);
    expect([done.code, done.err, stepsOf(done)]).toEqual([0, "", [...SAVED, "in_use done", "end_old done"]]);
    const store = await readFile(join(folder, "bot.db"), "latin1");
    for (const secret of [await deployed(), tokens.sixtyDay, APP.META_APP_SECRET])
      for (const text of [store, first.out, first.err, done.out, done.err])
        expect(text.includes(secret.slice(-12))).toBe(false);
  });

  it("starts nothing new when the open renewal has ended meanwhile", async () => {
    expect((await renew([])).code).toBe(0);
    const token = await deployed();
    clock.advance(7 * DAY);
    const done = await renew(["--confirm-in-use", "--end-old"]);
    expect([done.code, done.out]).toEqual([1, expect.stringContaining("renewal ended without a result")]);
    expect(done.err.replaceAll("\n", " ")).toMatch(/^This renewal has ended.*`wa-token renew --watch default`/);
    expect([await deployed(), graph.state.tokens.get(tokens.sixtyDay)?.standing.kind]).toEqual([token, "alive"]);
  });

  it("changes nothing with --dry-run", async () => {
    // What a crash left: no process has this ID.
    const leftover = join(folder, ".token.99999999-0123456789ab.wa-token-tmp");
    await writeFile(leftover, "half a token");
    const done = await renew(["--dry-run", "--confirm-in-use", "--end-old"]);
    expect(done).toEqual({
      code: 0,
      out: "Every check passed, so the renewal can start. Nothing was changed.\n",
      err: "",
    });
    expect([await deployed(), await readFile(leftover, "utf8")]).toEqual([tokens.sixtyDay, "half a token"]);
    expect(graph.calls().some(({ path }) => path.includes("oauth"))).toBe(false);
    expect(printed(await renew(["--dry-run", "--json"]))).toEqual({
      watch: "default",
      way: "refresh",
      steps: [],
      before: null,
      after: null,
    });
  });
});

describe("renew --dry-run on a terminal", () => {
  it.each([
    [[], "renew --watch default` to renew the token"],
    [["--stdin"], "renew --watch default --stdin` to give the new token"],
  ])("names the command that follows: %j", async (argv, said) => {
    const done = await renew(["--dry-run", ...argv], { NO_COLOR: "1" }, { tty: true });
    expect([done.code, done.err.replaceAll("\n", " ")]).toEqual([0, expect.stringContaining(said)]);
  });
});

describe("two watches that name one place differently", () => {
  it("are renewed one after the other", async () => {
    const link = join(folder, "link");
    await symlink(folder, link);
    const watch = (name: string, path: string): string =>
      `  - name: ${name}\n    source: file:${path}\n    phoneNumberId: "${demoIds.phone}"\n    renew: { write: source }\n`;
    const list = `watches:\n${watch("orders", file())}${watch("crm", join(link, "token"))}`;
    const unset = ["WHATSAPP_TOKEN_SOURCE", "RENEW_WRITE", ...Object.keys(IDS)];
    const env = { ...Object.fromEntries(unset.map((name) => [name, ""])), WATCHLIST: "/nowhere/watches.yaml" };
    const files = { "/nowhere/watches.yaml": list };
    expect(await renew(["--watch", "orders"], env, { files })).toMatchObject({ code: 0, err: "" });
    const token = await deployed();
    for (const argv of [["--dry-run"], []]) {
      const second = await renew(["--watch", "crm", ...argv], env, { files });
      expect([second.code, second.err]).toEqual([
        1,
        expect.stringMatching(/^A renewal of orders saves its token in the same\s+place/),
      ]);
    }
    expect(await deployed()).toBe(token);
  });
});

describe("renew --stdin", () => {
  it("saves a given token", async () => {
    const given = graph.issueToken({ label: "given" });
    const done = await renew(["--stdin", "--json"], {}, { stdin: ` ${given}\n` });
    expect([done.code, printed(done).way, stepsOf(done)]).toEqual([0, "given", [...SAVED, "in_use not_proven"]]);
    expect(await deployed()).toBe(given);
  });

  it("refuses a token that ends sooner, and leaves nothing open", async () => {
    const given = graph.issueToken({ label: "sooner", expiresAt: new Date(NOW.getTime() + 2 * DAY) });
    const done = await renew(["--stdin"], {}, { stdin: given });
    expect(done.code).toBe(1);
    expect(done.out).toContain("✗ Test it: failed. The new token ends sooner than the old one.");
    expect(await deployed()).toBe(tokens.sixtyDay);
    expect((await renew([])).code).toBe(0);
  });

  it("asks a person whether a token that ends sooner is right", async () => {
    const given = graph.issueToken({ label: "wanted", expiresAt: new Date(NOW.getTime() + 2 * DAY) });
    const input = new PassThrough();
    // As for the real standard output, a prompt that ends does not end the stream.
    const output = Object.assign(new PassThrough(), { _isStdio: true });
    let isAsked = false;
    output.on("data", (text: Buffer) => {
      if (isAsked || !String(text).includes("Save it?")) return;
      isAsked = true;
      // The prompt listens for Enter after it has drawn the question.
      setImmediate(() => input.write("y\r"));
    });
    const env = { CI: "1", NO_COLOR: "1" };
    const done = await renew(["--stdin"], env, { stdin: given, tty: true, terminal: { input, output } });
    expect([isAsked, done.code, await deployed()]).toEqual([true, 0, given]);
    expect(done.err).toMatch(/Testing the new token and saving it….*--confirm-in-use` when every app uses/s);
  });

  it.each<[string, string, number, RegExp]>([
    ["nothing", "", 2, /^Standard input is empty/],
    ["something else", "EAAG", 1, /4 characters/],
  ])("refuses %s before any step", async (_name, stdin, code, said) => {
    const done = await renew(["--stdin"], {}, { stdin });
    expect([done.code, done.out]).toEqual([code, ""]);
    expect(done.err).toMatch(said);
  });
});

describe("the exit code of renew", () => {
  const never = (): Promise<void> => deploy(tokens.never);
  const fault =
    (...faults: Parameters<GraphStandIn["faults"]["add"]>) =>
    (): void => {
      graph.faults.add(...faults);
    };
  const REFRESH = "/oauth/access_token";

  it.each<[string, number, RegExp, () => unknown, readonly string[], Readonly<Record<string, string>>]>([
    ["a token that never expires", 2, /never expires.*`wa-token renew --watch default --stdin`/s, never, [], {}],
    ["no app", 2, /META_APP_ID and META_APP_SECRET/, () => undefined, [], { META_APP_ID: "", META_APP_SECRET: "" }],
    [
      "no IDs",
      2,
      /WHATSAPP_PHONE_NUMBER_ID or/,
      () => undefined,
      [],
      { WHATSAPP_PHONE_NUMBER_ID: "", WHATSAPP_BUSINESS_ACCOUNT_ID: "" },
    ],
    ["no place", 2, /no place to save/, () => undefined, [], { RENEW_WRITE: "" }],
    ["a token of a person", 1, /only tokens of a system user/, () => deploy(tokens.apiSetup), [], {}],
    ["no token", 3, /cannot read the token/, () => rm(file()), [], {}],
    [
      "Meta away before the refresh",
      3,
      /could not find out/,
      fault({ kind: "status", status: 503, times: Infinity }),
      [],
      {},
    ],
    ["a refused refresh", 1, /Meta does not refresh/, fault({ kind: "error", code: 100, path: REFRESH }), [], {}],
    ["a lost answer", 3, /no readable answer/, fault({ kind: "reset", path: REFRESH }), [], {}],
    ["a sooner end", 1, /does not last longer/, fault({ kind: "refresh", gives: "sooner_end" }), [], {}],
    [
      "the same string with a later end",
      0,
      /same text/,
      fault({ kind: "refresh", gives: "same_token" }),
      ["--end-old"],
      {},
    ],
  ])("%s: %i", async (_name, code, said, arrange, argv, env) => {
    await arrange();
    const before = existsSync(file()) ? await deployed() : "";
    const done = await renew(argv, env);
    expect([done.code, `${done.out}${done.err}`]).toEqual([code, expect.stringMatching(said)]);
    expect(existsSync(file()) ? await deployed() : "").toBe(before);
  });

  it("is 1 while the source still gives the old token", async () => {
    const done = await renew(["--json"], { RENEW_WRITE: `file:${join(folder, "elsewhere")}` });
    expect([done.code, stepsOf(done)]).toEqual([1, ["obtain done", "test done", "write done", "read_back not_proven"]]);
  });

  it("prints an object for a refusal with --json, and none for wrong usage", async () => {
    graph.revoke(tokens.sixtyDay);
    const refused = await renew(["--json"]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/^The token no longer works/)]);
    expect(printed(refused)).toMatchObject({ way: "refresh", steps: [], before: null, after: null });
    await never();
    expect((await renew(["--json"])).out).toBe("");
  });

  it.each<[readonly string[], RegExp]>([
    [["renew"], /^Choose a watch with --watch NAME\. The watches are: default\./],
    [["renew", "--watch", "defualt"], /There is no watch named "defualt"\. Did you mean default\?/],
  ])("%j is wrong usage", async (argv, said) => {
    const { code, out, err } = await cli(argv, { env: { WHATSAPP_ACCESS_TOKEN: fakeToken("deployed") } });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(said);
  });
});
