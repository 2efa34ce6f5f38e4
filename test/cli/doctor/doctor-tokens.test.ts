import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import { openWorld, type World } from "../../../sandbox/world.ts";
import { cli, type Outcome } from "../memory-io.ts";

let world: World;
const undo: (() => void)[] = [];

beforeAll(async () => {
  world = await openWorld({ mode: "socket" });
});

afterEach(() => {
  for (const one of undo.splice(0)) one();
  world.tokenFile("deployed").write(world.tokens.never);
});

afterAll(() => world.close());

type Env = Readonly<Record<string, string>>;

const doctor = (change: Env = {}, ...argv: readonly string[]): Promise<Outcome> =>
  cli(["doctor", ...argv], { env: { ...world.env, ...change }, cwd: world.dataDir, now: world.clock.now });

const about = (out: string, topic: string): string =>
  out.split("\n").find((line) => line.slice(11).startsWith(`${topic}: `)) ?? `no line about ${topic}`;

const deploy = (token: string): void => world.tokenFile("deployed").write(token);

/** Meta answers a read of this ID with an error. */
const refuse = (id: string, code: number, message: string): void => {
  undo.push(world.graph.answerWith(`/v26.0/${id}`, { status: 400, body: { error: { code, message } } }));
};

const TOKEN = "Token of default";
const PHONE = "Phone number of default";
const ACCOUNT = "WhatsApp account of default";
const APP = "Meta app 100000000000042";
/** The number itself, as Meta shows it for the demo's phone number ID. */
const numberItself = (): string =>
  (world.graph.state.phones.get(demoIds.phone)?.displayNumber ?? "").replaceAll(/\D/g, "");

describe("doctor checks the deployed tokens", () => {
  it("says that a token works, until when, and what each ID is", async () => {
    const { code, out } = await doctor();
    expect(about(out, TOKEN)).toMatch(
      /^OK .*: The token works and has every permission it needs\. It never expires\. Read from file .*deployed.*\. Evidence: GET \/debug_token, HTTP 200/,
    );
    expect(about(out, PHONE)).toMatch(
      /^OK .*: 100000000002001 is the ID of a phone number, Example Shop\. Meta reports no/,
    );
    expect(about(out, ACCOUNT)).toMatch(/^OK .*: 100000000001001 is the ID of a WhatsApp account, Example Shop\./);
    expect(code).toBe(0);
  });

  interface Mistake {
    readonly name: string;
    readonly make: () => void;
    readonly env?: Env | (() => Env);
    readonly lines: Readonly<Record<string, RegExp>>;
    readonly code: number;
  }

  it.each<Mistake>([
    {
      name: "a token that expired",
      make: () => {
        const token = world.graph.issueToken();
        world.graph.expire(token);
        deploy(token);
      },
      lines: { [TOKEN]: /^PROBLEM .*: The token expired .* Generate a new token .* Read from file .*code 190\/463/ },
      code: 1,
    },
    {
      name: "a token that was revoked",
      make: () => {
        const token = world.graph.issueToken();
        world.graph.revoke(token);
        deploy(token);
      },
      lines: { [TOKEN]: /^PROBLEM .*: The token was revoked.*Generate a new token/ },
      code: 1,
    },
    {
      name: "a token that expires soon, which is only a warning",
      make: () => deploy(world.tokens.sixtyDay),
      lines: { [TOKEN]: /^OK .*: Meta accepts the token\. Read from/, [PHONE]: /^OK / },
      code: 0,
    },
    {
      name: "a token of another app",
      make: () => deploy(world.tokens.otherApp),
      lines: { [TOKEN]: /^PROBLEM .*belongs to another Meta app.*META_APP_ID and META_APP_SECRET/ },
      code: 1,
    },
    {
      name: "a token without a permission",
      make: () => deploy(world.tokens.noMessaging),
      lines: { [TOKEN]: /^PROBLEM .*lacks the permission whatsapp_business_messaging\. Generate a new token/ },
      code: 1,
    },
    {
      name: "a token that reaches neither the number nor the account",
      make: () => deploy(world.tokens.unassigned),
      lines: {
        [TOKEN]: /^OK .*Meta accepts the token.*Evidence: GET \/debug_token, HTTP 200/,
        [PHONE]: /^PROBLEM .*cannot reach the phone number 100000000002001.*Assign the WhatsApp account/,
        [ACCOUNT]: /^PROBLEM .*cannot reach the WhatsApp account 100000000001001.* The same steps help\. Evidence/,
      },
      code: 1,
    },
    {
      name: "an ID that does not exist, beside an account with numbers",
      make: () => undefined,
      env: { WHATSAPP_PHONE_NUMBER_ID: "100000000002999" },
      lines: {
        [PHONE]:
          /^PROBLEM .*100000000002999\. .* The WhatsApp account 100000000001001 has the number \+[\d -]+ \(ID 100000000002001\)\./,
      },
      code: 1,
    },
    {
      name: "the phone number itself in place of its ID",
      make: () => undefined,
      env: () => ({ WHATSAPP_PHONE_NUMBER_ID: numberItself() }),
      lines: {
        [PHONE]: /^PROBLEM .* is the phone number itself\. Set WHATSAPP_PHONE_NUMBER_ID .*to its ID, 100000000002001\./,
      },
      code: 1,
    },
    {
      name: "a phone number in place of its ID, without an account to ask",
      make: () => undefined,
      env: { WHATSAPP_PHONE_NUMBER_ID: "4930555010001", WHATSAPP_BUSINESS_ACCOUNT_ID: "" },
      lines: {
        [PHONE]: /^PROBLEM .*4930555010001 has only 13 digits, so it may be the phone number itself, not its ID\./,
      },
      code: 1,
    },
    {
      name: "a phone number with a plus sign",
      make: () => undefined,
      env: { WHATSAPP_PHONE_NUMBER_ID: "+49 30 555" },
      lines: { Configuration: /^PROBLEM .*WHATSAPP_PHONE_NUMBER_ID must be the ID .*\(not the phone number itself\)/ },
      code: 2,
    },
    {
      name: "two IDs that are swapped",
      make: () => undefined,
      env: { WHATSAPP_PHONE_NUMBER_ID: demoIds.account, WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.phone },
      lines: {
        [PHONE]:
          /^PROBLEM .*100000000001001 is the ID of a WhatsApp Business Account, not .*swapped\? Exchange the two IDs/,
        [ACCOUNT]: /^PROBLEM .*100000000002001 is the ID of a phone number, not the ID of a WhatsApp account/,
      },
      code: 1,
    },
    {
      name: "an ID of another kind of object",
      make: () =>
        refuse(demoIds.business, 100, "(#100) Tried accessing nonexisting field (name) on node type (Business)"),
      env: { WHATSAPP_BUSINESS_ACCOUNT_ID: demoIds.business },
      lines: {
        [ACCOUNT]: /^PROBLEM .*100000000003001 is the ID of a business portfolio, not the ID of a WhatsApp account/,
      },
      code: 1,
    },
    {
      name: "an ID whose read failed, with advice for a person at a terminal",
      make: () => refuse(demoIds.phone, 4, "Application request limit reached"),
      lines: { [TOKEN]: /^OK .*: The token works\./, [PHONE]: /^NO ANSWER .*Run this again in 15 minutes/ },
      code: 3,
    },
    {
      name: "no ID at all",
      make: () => undefined,
      env: { WHATSAPP_PHONE_NUMBER_ID: "", WHATSAPP_BUSINESS_ACCOUNT_ID: "" },
      lines: {
        "IDs of default": /^NOT TRIED .*no ID is set.*Set WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_BUSINESS_ACCOUNT_ID/,
      },
      code: 0,
    },
    {
      name: "a wrong app secret, which the token proves",
      make: () => undefined,
      env: { META_APP_SECRET: "another-secret" },
      lines: {
        [APP]:
          /^PROBLEM .*The token of default belongs to this app, so the app ID is right and META_APP_SECRET is wrong\./,
        [TOKEN]: /^NOT TRIED .*Read from file .*Not checked: fix Meta app 100000000000042 first\./,
      },
      code: 2,
    },
    {
      name: "the ID and secret of another app, whose secret is wrong",
      make: () => undefined,
      env: { META_APP_ID: demoIds.otherApp },
      lines: {
        [`Meta app ${demoIds.otherApp}`]:
          /^PROBLEM .*The token of default belongs to the app .*ID 100000000000042\. To watch this token, set META_APP_ID/,
      },
      code: 2,
    },
    {
      name: "an account's ID in META_APP_ID",
      make: () => undefined,
      env: { META_APP_ID: demoIds.account },
      lines: {
        [`Meta app ${demoIds.account}`]: /^PROBLEM .*100000000001001 is the ID of a WhatsApp account\. The token of/,
      },
      code: 2,
    },
    {
      name: "a business portfolio's ID in META_APP_ID",
      make: () =>
        refuse(demoIds.business, 100, "(#100) Tried accessing nonexisting field (status) on node type (Business)"),
      env: { META_APP_ID: demoIds.business },
      lines: {
        [`Meta app ${demoIds.business}`]: /^PROBLEM .*100000000003001 is the ID of a business portfolio\. The token of/,
      },
      code: 2,
    },
    {
      name: "an app of the type Native, without an accusation of its secret",
      make: () => {
        const message = "(#100) You must provide an app access token, or a user access token that is an owner";
        const body = { error: { code: 100, message } };
        undo.push(world.graph.answerWith("/v26.0/debug_token", { status: 400, body }));
      },
      lines: { [APP]: /^PROBLEM (?!.*META_APP_SECRET is wrong).*Check META_APP_ID and META_APP_SECRET/ },
      code: 2,
    },
    {
      name: "no app at all, and names the app of the token",
      make: () => undefined,
      env: { META_APP_ID: "", META_APP_SECRET: "" },
      lines: {
        "Meta app": /^NOT TRIED .*Set both\. The token of default belongs to the app .*ID 100000000000042\.$/,
        [TOKEN]: /^OK .*The token works/,
      },
      code: 0,
    },
    {
      name: "an app secret with a typing slip, although the token is unknown too",
      make: () => deploy(world.graph.issueToken({ appId: demoIds.otherApp }).replaceAll("a", "b")),
      env: { META_APP_SECRET: "another-secret" },
      lines: { [APP]: /^PROBLEM .*Check META_APP_ID and META_APP_SECRET/ },
      code: 2,
    },
  ])("catches $name", async ({ make, env = {}, lines, code }) => {
    make();
    const done = await doctor(typeof env === "function" ? env() : env);
    for (const [topic, line] of Object.entries(lines)) expect(about(done.out, topic)).toMatch(line);
    expect(done.code).toBe(code);
    expect(done.out).not.toMatch(/next check|check again|checks again|\bpress\b|\bbutton|try again/i);
  });

  it("warns about an end inside a threshold, and gives it once", async () => {
    deploy(world.tokens.sixtyDay);
    const { out } = await doctor();
    expect(out).toMatch(/^WARNING {4}Token of default: The token expires .* Generate a new token .* before that date/m);
    expect(out).not.toContain("It expires");
  });

  it("gives the end of a token that is not near", async () => {
    deploy(world.graph.issueToken({ expiresAt: new Date(world.clock.now().getTime() + 59 * 86_400_000) }));
    expect(about((await doctor()).out, TOKEN)).toMatch(/^OK .*It expires 2027-01-20 .* \(in 59 days\)\./);
  });

  it("prefers a setting that needs a change over a dead token, and a dead token over no answer", async () => {
    const dead = world.graph.issueToken();
    world.graph.revoke(dead);
    deploy(dead);
    expect((await doctor({ LOG_LEVEL: "loud" })).code).toBe(2);
    expect((await doctor({ SLACK_API_URL: "http://127.0.0.1:9/api/" })).code).toBe(1);
  });

  it("does not ask about tokens while Meta is away", async () => {
    await world.graph.goAway();
    const { code, out } = await doctor();
    await world.graph.comeBack();
    expect(about(out, TOKEN)).toMatch(/^NOT TRIED .*Not checked: Meta did not answer\./);
    expect(code).toBe(3);
  });

  it.each([
    [{ GRAPH_API_URL: "graph" }, "fix GRAPH_API_URL first."],
    [{ META_APP_ID: "x" }, "fix META_APP_ID first."],
  ])("with %j, reads the token and says why it was not checked", async (change, reason) => {
    const { out } = await doctor(change);
    expect(about(out, TOKEN)).toMatch(/^NOT TRIED .*Read from file /);
    expect(about(out, TOKEN)).toContain(`Not checked: ${reason}`);
  });

  it("checks no token while the clock was never set", async () => {
    const { out } = await cli(["doctor"], { env: world.env, cwd: world.dataDir, now: () => new Date(0) });
    expect(about(out, TOKEN)).toMatch(/^NOT TRIED .*this machine's clock says 1970-01-01 .*never set/);
  });

  it("checks 20 watches at most, and says how many it left", async () => {
    const source = world.tokenFile("deployed").source;
    const entries = Array.from({ length: 23 }, (_, index) => `{name: w${String(index)}, source: '${source}'}`);
    const env = { ...world.env, WHATSAPP_TOKEN_SOURCE: "", WATCHLIST: "/watchlist.yml" };
    const files = { "/watchlist.yml": `watches: [${entries.join(", ")}, {name: gone, source: 'file:/gone'}]` };
    world.graph.forgetCalls();
    const { code, out } = await cli(["doctor"], { env, files, cwd: world.dataDir, now: world.clock.now });
    expect(out.match(/^OK {9}Token of w/gm)).toHaveLength(20);
    expect(about(out, "Tokens")).toMatch(
      /^NOT TRIED .*: 3 more tokens were read but not checked, because .* at most 20/,
    );
    expect(about(out, "Token of gone")).toMatch(/^PROBLEM /);
    expect(code).toBe(2);
    // One call for the app, and one for each inspected token.
    expect(world.graph.calls("/v26.0/debug_token")).toHaveLength(21);
  });
});

describe("the forms of doctor's report", () => {
  it("as JSON, has the lines, the version and the exit code, and nothing else", async () => {
    const { code, out, err } = await doctor({}, "--json");
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({ version: expect.stringMatching(/^\d/) as string, exitCode: code });
    expect(report).toMatchObject({
      lines: expect.arrayContaining([
        { status: "ok", topic: PHONE, text: expect.stringContaining("Example Shop") as string },
      ]) as unknown[],
    });
    expect(err).toBe("");
  });

  it.each([60, 100])("on a terminal of %i columns, breaks at words beside the first word", async (columns) => {
    const setting = { env: { ...world.env, NO_COLOR: "1", CI: "1" }, cwd: world.dataDir, now: world.clock.now };
    const { out, err } = await cli(["doctor"], { ...setting, tty: true, columns });
    const rows = out.split("\n").filter((row) => !row.includes("/"));
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(out).toMatch(/^OK {9}Token of default: .*\n {11}\S/m);
    expect(err).toContain("Checking tokens…");
  });
});
