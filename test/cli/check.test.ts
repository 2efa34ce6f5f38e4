import { describe, expect, it } from "vitest";
import { fakeToken } from "../support/fake-token.ts";
import { caseNamed, FIXTURE } from "../graph/fixtures.ts";
import { CLOCK, type Answerer, startGraph } from "../graph/local-graph.ts";
import { cli, type Setting } from "./memory-io.ts";

const well: Answerer = ({ path }) => {
  if (path.endsWith("/debug_token")) return caseNamed("debug_60_day_system_user_5_days_left").response;
  if (path.endsWith("/me")) return caseNamed("me_ok").response;
  return path.endsWith("/me/permissions") ? caseNamed("me_permissions_ok").response : undefined;
};

const app = { META_APP_ID: FIXTURE.appId, META_APP_SECRET: "an-app-secret-of-tests" };
const token = fakeToken("check");

const check = async (argv: readonly string[], setting: Setting = {}, answer: Answerer = well) => {
  await using graph = await startGraph(answer);
  const env = { GRAPH_API_URL: graph.url, ...setting.env };
  const done = await cli(["check", ...argv], { now: () => CLOCK, ...setting, env });
  return { ...done, seen: graph.seen };
};

const PIPE_IN = "Pipe the token in, for example: pass show whatsapp | wa-token check --stdin";

const stateIn = (json: string): unknown => (JSON.parse(json) as { readonly state: unknown }).state;

describe("the source of check's token", () => {
  it.each<[string, readonly string[], Setting]>([
    ["WHATSAPP_ACCESS_TOKEN", [], { env: { WHATSAPP_ACCESS_TOKEN: token } }],
    ["WHATSAPP_TOKEN_SOURCE", [], { env: { WHATSAPP_TOKEN_SOURCE: "env:MINE", MINE: token } }],
    ["--source", ["--source", "env:MINE"], { env: { MINE: token, WHATSAPP_ACCESS_TOKEN: fakeToken("other") } }],
    ["--stdin", ["--stdin"], { stdin: `  ${token}\n`, env: { WHATSAPP_ACCESS_TOKEN: fakeToken("other") } }],
    ["--watch", ["--watch", "b"], { env: { WATCHLIST: "/w", A: fakeToken("other"), B: token } }],
    ["--watch in quotes", ["--watch", "\u201cb\u201d"], { env: { WATCHLIST: "/w", A: fakeToken("other"), B: token } }],
    ["the only watch", [], { env: { WATCHLIST: "/one", B: token } }],
  ])("%s", async (_name, argv, setting) => {
    const files = {
      "/w": "watches: [{name: a, source: 'env:A'}, {name: b, source: 'env:B'}]",
      "/one": "watches: [{name: b, source: 'env:B'}]",
    };
    const { code, out, seen } = await check([...argv, "--json"], {
      ...setting,
      files,
      env: { ...app, ...setting.env },
    });
    expect([code, stateIn(out)]).toEqual([1, "expiring"]);
    expect(seen.map(({ query }) => query.get("input_token"))).toEqual([token]);
    expect(out).toContain(token.slice(-8));
    expect(out).not.toContain(token.slice(0, 20));
  });

  it("asks for a choice when there are several watches", async () => {
    const files = { "/w": "watches: [{name: a, source: 'env:A'}, {name: b, source: 'env:B'}]" };
    const { code, err } = await check([], { files, env: { WATCHLIST: "/w" } });
    expect(code).toBe(2);
    expect(err).toBe("There are several watches. Choose one with --watch NAME: a, b.\n");
  });

  it.each<[string, readonly string[], Setting]>([
    ["an empty pipe", ["--stdin"], { stdin: "\n" }],
    ["a variable that is not set", ["--source", "env:NO_SUCH"], {}],
    ["a file that is not there", ["--source", "file:/no/such/file"], {}],
  ])("has no result with %s: exit 3, token null", async (_name, argv, setting) => {
    const { code, out, seen } = await check([...argv, "--json"], setting);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ state: "unknown", failure: { kind: "unreadable" }, token: null });
    expect(seen).toEqual([]);
  });

  it.each(["utf16le", "utf16be"])("names %s text from a pipe, with and without its mark", async (encoding) => {
    for (const mark of ["", "\u{feff}"]) {
      const bytes = Buffer.from(`${mark}${token}\r\n`, "utf16le");
      // main.ts reads a pipe in the same way.
      const stdin = (encoding === "utf16be" ? bytes.swap16() : bytes).toString("utf8");
      const { code, out, seen } = await check(["--stdin", "--json"], { stdin });
      expect([code, stateIn(out), seen]).toEqual([3, "unknown", []]);
      expect(out).toMatch(/Standard input is UTF-16 text\. .*UTF-8/);
    }
  });

  it.each([["--stdin"], ["--source", "env:MINE"]])(
    "sends no request when the clock was never set: %s",
    async (...argv) => {
      const setting = { now: () => new Date(42_000), stdin: token, env: { MINE: token } };
      const { code, out, seen } = await check(argv, setting);
      expect([code, seen]).toEqual([3, []]);
      expect(out).toMatch(
        /^UNKNOWN {2}This machine's clock says 1970-01-01 00:00 UTC, so it was never set\. Nothing was checked\. Set the clock \(NTP\) and run this again\.\n$/,
      );
    },
  );

  it.each<[string, Setting, string]>([
    ["an empty pipe", { stdin: "" }, `Standard input is empty. Nothing was checked. ${PIPE_IN}`],
    [
      "a pipe with white space",
      { stdin: " \r\n" },
      `Standard input contains only spaces or line breaks. Nothing was checked. ${PIPE_IN}`,
    ],
    [
      "a terminal that was closed",
      { stdin: "", tty: true, env: { NO_COLOR: "1" } },
      "No token was pasted. Nothing was checked. Run this again and paste the token.",
    ],
    [
      "UTF-16 text",
      { stdin: Buffer.from(`${token}\r\n`, "utf16le").toString("utf8") },
      "Standard input is UTF-16 text. Nothing was checked. Pipe it in as UTF-8, for example through iconv -f UTF-16 -t UTF-8.",
    ],
  ])("prints one line for %s: exit 3", async (_name, setting, text) => {
    const { code, out, seen } = await check(["--stdin"], setting);
    // A terminal breaks lines at words.
    expect([code, out.replaceAll(/\n(?=.)/g, " "), seen]).toEqual([3, `UNKNOWN  ${text}\n`, []]);
  });

  it("does not claim to have checked a token that could not be read", async () => {
    const { out } = await check(["--source", "env:NO_SUCH"]);
    expect(out).toMatch(/\nNot checked {2}variable NO_SUCH\n/);
    expect(out).not.toMatch(/^(?:Checked|Evidence)/m);
  });

  it("makes no call for binary data, and reports its shape: exit 1", async () => {
    const { code, out, seen } = await check(["--stdin"], { stdin: "\0\u0001\u0002\u{fffd}".repeat(20) });
    expect([code, seen]).toEqual([1, []]);
    expect(out).toMatch(/^INVALID {2}This is not a WhatsApp access token\./);
    expect(out).toMatch(/\nEvidence {5}the shape of the value, without a call to Meta, at 2026-/);
  });

  it("makes no call for a value that is no token", async () => {
    const { code, out, seen } = await check(["--stdin", "--json"], { stdin: '"quoted"' });
    expect([code, stateIn(out)]).toEqual([1, "invalid"]);
    expect(seen).toEqual([]);
  });
});

describe("the expectations of check", () => {
  const env = { ...app, WHATSAPP_ACCESS_TOKEN: token };

  it.each([
    ["4", 0],
    ["5", 1],
    ["30", 1],
  ])("--min-days %s replaces WARN_AT: exit %i", async (days, code) => {
    expect((await check(["--min-days", days], { env })).code).toBe(code);
  });

  it("exits 3 when --min-days needs a date that is not known", async () => {
    const done = await check(["--min-days", "7"], { env: { WHATSAPP_ACCESS_TOKEN: token } });
    expect(done.code).toBe(3);
    expect(done.out).toMatch(/^HEALTHY /);
    expect(done.err).toMatch(/^The expiry of the token is not known, so --min-days cannot be checked\.$/m);
    expect((await check([], { env: { WHATSAPP_ACCESS_TOKEN: token } })).code).toBe(0);
  });

  it("--require replaces REQUIRED_SCOPES", async () => {
    const { code, out } = await check(["--require", "catalog_management", "--json"], { env });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ state: "degraded", token: { missingScopes: ["catalog_management"] } });
  });

  it.each([[["--stdin"]], [["--source", "env:WHATSAPP_ACCESS_TOKEN"]], [[]]])(
    "%j: the ids of the environment",
    async (argv) => {
      const ids = { WHATSAPP_PHONE_NUMBER_ID: FIXTURE.phoneNumberId, WHATSAPP_BUSINESS_ACCOUNT_ID: "100000000001001" };
      const { out } = await check([...argv, "--json"], { env: { ...env, ...ids }, stdin: token });
      const { assets } = JSON.parse(out) as { readonly assets: readonly { readonly id: string }[] };
      expect(assets.map(({ id }) => id)).toEqual([FIXTURE.phoneNumberId, "100000000001001"]);
    },
  );
});

describe("a terminal", () => {
  const setting = { env: { ...app, WHATSAPP_ACCESS_TOKEN: token }, tty: true };

  it("gets colours that only repeat the words, and a line while it waits", async () => {
    const { out, err } = await check([], setting);
    expect(out.split("\n")[0]).toBe(
      "\u001B[1;7;33m EXPIRING \u001B[0m  \u001B[1mWorks, and ends in 5 days. Not checked: whether the token reaches a\u001B[22m",
    );
    const next = "Next: run `wa-token guide never` to see the steps.";
    expect(err).toContain("Asking Meta…");
    expect(err.endsWith(`\n\u001B[2m${next}\u001B[0m\n`)).toBe(true);
  });

  it.each([{ NO_COLOR: "1" }, { TERM: "dumb" }])("gets no colours with %j", async (env) => {
    const { out } = await check([], { ...setting, env: { ...setting.env, ...env } });
    expect(out).toMatch(/^EXPIRING {2}Works, and ends in 5 days\./);
    expect(out).not.toContain("\u001B");
  });

  it("gets nothing but the object with --json", async () => {
    const { out, err } = await check(["--json"], setting);
    expect(stateIn(out)).toBe("expiring");
    expect(err).not.toContain("Next:");
  });

  it("shows how to end the pasted text", async () => {
    const { err } = await check(["--stdin"], { ...setting, stdin: token });
    expect(err).toMatch(/^Paste the token and press Enter; it is not shown: \n/);
  });
});

describe("the output for people", () => {
  it("shows state, cause, facts, next steps and evidence, in columns", async () => {
    const { out } = await check([], { env: { ...app, WHATSAPP_ACCESS_TOKEN: token } });
    const seen = "GET /debug_token, HTTP 200, trace AFakeRequestId000000003, 2026-11-22 00:00 UTC";
    for (const line of [
      "Checked      watch default, variable WHATSAPP_ACCESS_TOKEN",
      "Type         SYSTEM_USER",
      "App          Example Notifier (ID 100000000000042)",
      "User ID      100000000000777",
      "Issued       2026-09-28 00:00 UTC",
      "Permissions  present     whatsapp_business_management",
      "             present     whatsapp_business_messaging",
      "warning      expires_soon",
      "  Guide      wa-token guide never",
      `  Seen in    ${seen}`,
      `Evidence     ${seen}`,
    ])
      expect(out.split("\n")).toContain(line);
    expect(out).toMatch(/^EXPIRING {2}Works, and ends in .*\n\nChecked/);
    expect(out).toMatch(/\nToken {8}ends in \w{8}, fingerprint \w{12}\n/);
    expect(out).toMatch(/\n {2}Do this {4}\S/);
  });
});
