import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fakeToken } from "../support/fake-token.ts";
import { runCli } from "../../src/cli/program.ts";
import { cli, createMemoryIo } from "./memory-io.ts";

const token = fakeToken("argument");
const appToken = `100000000000042|${token.slice(3, 40)}`;
const slackToken = ["xoxb", "1".repeat(12), "canarycanary"].join("-");

const hostile: readonly (readonly string[])[] = [
  [token],
  ["check", token],
  ["check", `--${token}`],
  ["check", "--source", token],
  ["check", `--source=env:${token}`],
  ["check", "--watch", token],
  ["check", "--require", token],
  ["check", "--min-days", token],
  ["guide", "error", "190", `input_token=${token}`],
  ["guide", appToken],
  ["help", slackToken],
  ["run", slackToken],
  ["doctor", "--post", "A".repeat(90)],
];

describe("an argument that holds a token", () => {
  it.each(hostile.map((argv) => [argv.length, argv] as const))(
    "is refused without being repeated (%i words: %j)",
    async (_n, argv) => {
      const { code, out, err } = await cli(argv);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/An argument looks like a token.*Treat that token as leaked/s);
      for (const argument of argv.filter((one) => one.length > 20)) expect(err).not.toContain(argument.slice(-20));
    },
  );
});

describe("an argument that is wrong", () => {
  it.each([
    [
      ["chekc"],
      /There is no subcommand "chekc"\. Did you mean check\? The subcommands are run, init, check, round, renew, guide, doctor, audit\./,
    ],
    [["check", "--jsn"], /There is no option --jsn for check\. Did you mean --json\?/],
    [["check", "extra"], /check takes no further argument\. Use --watch NAME for a watch, and --stdin or --source/],
    [["check", "--source"], /^--source needs a value\. Run wa-token check --help/],
    [["status"], /^"status" works in Slack only\. Here, run wa-token doctor/],
    [["round", "--forecast"], /^--forecast needs a value/],
    [["run", "now"], /run takes no further argument\. Run wa-token run --help/],
    [["check", "--stdin", "--watch", "a"], /--stdin and --watch cannot be used together/],
    [["check", "--source", "env:A", "--stdin"], /--source and --stdin cannot be used together/],
    [["check", "--source", "vault:x"], /--source is not a source: a source starts with env:/],
    [["check", "--source", "env:A", "--min-days", "0"], /--min-days must be a whole number of days from 1 to 3650/],
    [["check", "--source", "env:A", "--min-days", "1.5"], /--min-days must be a whole number/],
    [["check", "--source", "env:A", "--require", "A b"], /--require must be a list of permissions/],
    [["check", "--watch", "orders"], /There is no watch named "orders"\. There are no watches\./],
    [["check", "--watch", ""], /There is no watch named ""\. There are no watches\./],
    [[""], /There is no subcommand ""\./],
    [
      ["check"],
      /There is no token to check\. Set WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE, add a watch to WATCHLIST, or use --source or --stdin\. Or run wa-token init\.\n$/,
    ],
  ])("%j exits 2 and says what to change", async (argv, message) => {
    const { code, out, err } = await cli(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it.each([
    [["check", `--${"ab1_".repeat(9)}`]],
    [["check", "ab1_".repeat(9)]],
    [["ab1_".repeat(9)]],
    [["check", "--watch", "ab1_".repeat(9)]],
  ])("is not repeated when it is as long as a secret: %j", async (argv) => {
    const { code, err } = await cli(argv);
    expect(code).toBe(2);
    expect(err).not.toContain("ab1_ab1_");
  });
});

describe("an argument with control characters", () => {
  const bell = "\u001B]0;title\u0007\u009B31m\u202E";

  it.each([
    [["check", "--watch", bell]],
    [["check", "--source", `file:/no/${bell}`]],
    [["check", "--source", `file:/no/${bell}`, "--json"]],
    [["check", "--source", `exec:["/no/\\u001b[31m"]`]],
    [["check", `--${bell}`]],
    [["check", bell]],
    [[bell]],
    [["guide", bell]],
  ])("%j sends none of them to the terminal", async (argv) => {
    const { code, out, err } = await cli(argv);
    expect(code).toBeGreaterThan(0);
    expect((out + err).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});

describe("--version", () => {
  it.each(["--version", "-V"])("%s prints the version of package.json and exits 0", async (option) => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
    expect(await cli([option], { env: { PORT: "x" } })).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });
});

describe("--help", () => {
  it.each([
    [["--help"], /Usage: wa-token .*run \[options\] .*\(default\).*check .*round .*guide .*doctor/s],
    [["help"], /Usage: wa-token/],
    [["--help"], /A watch is .*The watchlist\s+names all watches\. A round checks every watch that is due\./s],
    [
      ["run", "--help"],
      /--allow-empty .*this\s+deletes these\s+watches from the store.*Examples:.*Exit codes: 0 stopped/s,
    ],
    [["run", "--help"], /run --allow-empty +start with an empty watchlist; delete all watches from the store/],
    [["check", "--help"], /--min-days .*report "expiring" when fewer than N\s+days\s+are left;\s+overrides\s+WARN_AT/s],
    [
      ["check", "--help"],
      /--source.*--stdin.*--watch.*--json.*--min-days.*--require.*Examples:.*Exit codes: 0 healthy, and every configured ID was checked; 1/s,
    ],
    [["help", "check"], /Usage: wa-token check/],
    [["round", "--help"], /--allow-empty .*this\s+keeps\s+these\s+watches\s+in\s+the\s+store/s],
    [["round", "--help"], /--all.*--json.*Examples:.*Exit codes: 0 the round was done/s],
    [["round", "--help"], /--forecast <span> .*would\s+send.*--json.*round --forecast 60d\s+print the messages/s],
    [
      ["renew", "--help"],
      /--watch.*--stdin.*--confirm-in-use.*--end-old.*--dry-run.*--json.*Examples:.*Exit codes: 0 done/s,
    ],
    [["audit", "--help"], /--watch.*--since.*--json.*Examples:.*Exit codes: 0 the audit was printed/s],
    [["guide", "--help"], /Usage: wa-token guide .*token source of this watch.*Examples:.*guide list +all topics/s],
    [
      ["doctor", "--help"],
      /--post +post a test message in each alert channel, then delete the\s+message.*Examples:.*--json .*Exit codes, the first one that fits: 2 .*; 1 a token is dead.*0 no problem/s,
    ],
  ])("%j prints on stdout and exits 0, whatever the configuration", async (argv, text) => {
    const { code, out, err } = await cli(argv, { env: { PORT: "x" } });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(text);
  });
});

it("uses one word for one thing in all help texts", async () => {
  const commands = [[], ["run"], ["check"], ["round"], ["guide"], ["doctor"], ["audit"], ["renew"]];
  const helps = await Promise.all(commands.map((command) => cli([...command, "--help"])));
  const all = helps.map(({ out }) => out.replaceAll(/\s+/g, " ")).join(" ");
  expect(all).not.toMatch(/inspect|token location|token that lasts|replaces/);
});

describe("a wrong configuration", () => {
  const wrong = ["SLACK_APP_TOKEN must", "PORT must", "LOG_LEVEL must"];
  it.each<[readonly string[], readonly string[]]>([
    [["check"], wrong],
    [["round"], ["SLACK_BOT_TOKEN is", ...wrong]],
    [["run"], ["SLACK_BOT_TOKEN is", "SLACK_APP_TOKEN must", "PORT must", "SCHEDULE cannot", "LOG_LEVEL must"]],
    [[], ["SLACK_BOT_TOKEN is", "SLACK_APP_TOKEN must", "PORT must", "SCHEDULE cannot", "LOG_LEVEL must"]],
  ])("%j lists all problems and missing variables at once, on stderr, and exits 2", async (argv, problems) => {
    const { code, out, err } = await cli(argv, {
      env: { PORT: "x", LOG_LEVEL: "loud", SLACK_APP_TOKEN: "xoxb-sandbox", SCHEDULE: "99 99 * * *" },
    });
    expect([code, out]).toEqual([2, ""]);
    const [title, ...lines] = err.trimEnd().split("\n");
    expect(title).toBe(`The configuration has ${problems.length} problems:`);
    expect(lines.map((line) => line.trim().split(" ").slice(0, 2).join(" "))).toEqual(problems);
    expect(err).toContain("SLACK_APP_TOKEN must start with xapp-; it starts with xoxb-, which is the bot token");
  });

  it("does not report a port that the command does not use", async () => {
    const { err } = await cli(["check"], { env: { PORT: "9464" } });
    expect(err).toMatch(/^There is no token to check/);
  });

  it.each([
    [
      "run",
      /SLACK_BOT_TOKEN is not set.*SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both not set.*ALERT_CHANNEL is not set, and these watches have no channel of their own: default/s,
    ],
    ["round", /SLACK_BOT_TOKEN is not set.*ALERT_CHANNEL is not set/s],
  ])("%s names the missing variables", async (command, message) => {
    const { code, err } = await cli([command], { env: { WHATSAPP_TOKEN_SOURCE: "env:A" } });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it.each([
    ["SCHEDULE", "99 99 * * *", /  SCHEDULE cannot be used \(.*minute.*\)\. Use for example \* \* \* \* \*\./],
    ["DIGEST_SCHEDULE", "0 9 30 2 *", /  DIGEST_SCHEDULE cannot be used \(.+\)\. Use for example 0 9 \* \* mon\./],
  ])("includes a %s that only the scheduler can refuse", async (name, schedule, message) => {
    const env = { SLACK_BOT_TOKEN: "xoxb-sandbox", SLACK_APP_TOKEN: "xapp-sandbox", [name]: schedule };
    const { code, err } = await cli(["run"], { env });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it.each([["check"], ["run"]])(
    "of %s includes a .env that cannot be read, and does not miss what it may set",
    async (command) => {
      const { io, err } = createMemoryIo();
      const readFile = (): string => {
        throw Object.assign(new Error("denied"), { code: "EACCES" });
      };
      expect(await runCli([command], { ...io, readFile })).toBe(2);
      expect(err()).toBe(
        "The configuration has a problem:\n  .env exists but cannot be read (EACCES). Check that it is a text file, and check its permissions.\n",
      );
    },
  );
});
