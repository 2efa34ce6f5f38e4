import { describe, expect, it } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { SECRET_VARIABLES, VARIABLE_TABLE, type VariableName } from "../../src/config/variables.ts";
import { reveal } from "../../src/token/secret/secret.ts";
import { fakeToken } from "../support/fake-token.ts";
import { configOf, load, problemsOf } from "./environment.ts";

const messages = async (...input: Parameters<typeof problemsOf>) =>
  (await problemsOf(...input)).map(({ message }) => message);

const botToken = "xoxb-sandbox";
const appToken = "xapp-sandbox";

describe("an empty environment", () => {
  it("gives the documented defaults and no watch", async () => {
    const config = await configOf({});
    expect(config.watches).toEqual([]);
    expect(config.slack.port).toBe(3000);
    expect(config.ops).toEqual({ host: "127.0.0.1", port: 9464 });
    expect(config.graph).toEqual({ apiUrl: "https://graph.facebook.com", version: "v26.0" });
    expect(config.defaults.checkIntervalMs).toBe(900_000);
    expect(config.defaults.policy.warnAt.map(({ text }) => text)).toEqual(["30d", "14d", "7d", "3d", "1d"]);
    expect(config.unknownAfterMs).toBe(3_600_000);
    expect(config.databaseUrl).toEqual({ kind: "sqlite", path: "./data/wa-token.db" });
    expect(config.guide).toEqual({ appName: "your app" });
    expect(config.repeatCriticalMs).toBe(4 * 3_600_000);
    expect(config.alerts).toEqual({ escalateAfterMs: 3_600_000, escalateTo: undefined, quiet: undefined });
    expect(config.digestSchedule).toBe("0 9 * * mon");
    expect(config.heartbeatUrl).toBeUndefined();
  });

  it("is also the result of empty values, except where the table gives an empty value a meaning", async () => {
    const empty = Object.fromEntries(VARIABLE_TABLE.map(({ name }) => [name, " "]));
    expect(VARIABLE_TABLE.filter(({ emptyMeans }) => emptyMeans !== undefined).map(({ name }) => name)).toEqual([
      "DIGEST_SCHEDULE",
    ]);
    expect(await configOf(empty)).toEqual({ ...(await configOf({})), digestSchedule: undefined });
  });
});

describe("a variable", () => {
  it.each([
    ["SLACK_BOT_TOKEN", appToken, /must start with xoxb-; it starts with xapp-, which is the app-level token/],
    ["SLACK_BOT_TOKEN", '"xoxb-sandbox"', /contains a quotation mark/],
    ["SLACK_BOT_TOKEN", "xoxe.xoxb-sandbox", /turn off token rotation/],
    ["SLACK_BOT_TOKEN", "xoxb-", /contains only the prefix xoxb-/],
    ["SLACK_APP_TOKEN", botToken, /must start with xapp-; it starts with xoxb-, which is the bot token/],
    ["SLACK_SIGNING_SECRET", appToken, /must be the secret shown .*it starts with xapp-/],
    ["SLACK_API_URL", "https://slack.com/", /must end with \/api\//],
    ["SLACK_API_URL", "http://slack.com/api/", /must begin with https/],
    ["PORT", "65536", /must be a port.*"65536"/],
    ["PORT", "-1", /must be a port/],
    ["META_APP_ID", "my app", /must be the ID that Meta shows, digits only; it is "my app"/],
    ["META_APP_ID", "100000000000042", /META_APP_SECRET is not set, but META_APP_ID is/],
    ["META_APP_SECRET", "not-so-secret", /META_APP_ID is not set, but META_APP_SECRET is/],
    ["META_APP_SECRET", "1234|secret", /has an app ID and \| before it/],
    ["META_APP_SECRET", "100000000000042", /has only digits, like an ID/],
    ["GRAPH_API_URL", "http://graph.facebook.com", /must begin with https/],
    ["GRAPH_API_URL", "https://graph.facebook.com/v26.0", /Set the version in GRAPH_API_VERSION/],
    ["GRAPH_API_URL", "https://me:pw@graph.facebook.com", /without a user name or password/],
    ["GRAPH_API_URL", "https://graph.facebook.com/?a=1", /without \? and #/],
    ["GRAPH_API_URL", "graph.facebook.com", /must be a web URL/],
    ["GRAPH_API_VERSION", "26", /must look like v26\.0/],
    ["WHATSAPP_TOKEN_SOURCE", "vault:x", /is not a source: a source starts with env:/],
    ["WHATSAPP_PHONE_NUMBER_ID", "+49 171 000000", /not the phone number itself/],
    ["WHATSAPP_BUSINESS_ACCOUNT_ID", "abc", /digits only/],
    ["WATCHLIST", "/no/\u001Bsuch.yml", /the file a value of 13 characters cannot be read/],
    ["WATCHLIST", "/no/such.yml", /the file \/no\/such\.yml cannot be read \(ENOENT\)/],
    ["CHECK_INTERVAL", "0s", /from 1s to 3650d; it is "0s"/],
    ["CHECK_INTERVAL", "9999d", /from 1s to 3650d; it is "9999d"/],
    ["SCHEDULE", "* * *", /5 or 6 fields/],
    ["SCHEDULE", "* * * * $(date)", /5 or 6 fields/],
    ["WARN_AT", "30d 7d", /must be a list of times such as .*, separated by commas; one item is "30d 7d"/],
    ["WARN_AT", "30d,soon", /one item is "soon"/],
    ["WARN_AT", ",", /at least one time/],
    ["UNKNOWN_AFTER", "1 hour", /must be a time such as/],
    ["REQUIRED_SCOPES", "Whats App", /must be a list of permissions/],
    ["REQUIRED_SCOPES", ",", /at least one permission/],
    ["ALERT_CHANNEL", "#alerts", /must be a channel ID such as C0123456789, not its name; it is "#alerts"/],
    ["FALLBACK_CHANNEL", "U0123456789", /must be a channel ID/],
    ["ONCALL", "@oncall", /must be a Slack user ID such as U0123456789 or a user group ID such as S0123456789/],
    ["ESCALATE_TO", "S0123456789", /must be a channel ID .* or a Slack user ID .*"S0123456789"/],
    ["ESCALATE_AFTER", "soon", /must be a time such as/],
    ["QUIET_HOURS", "22:00", /must be a start and an end time, from 00:00 to 23:59, such as 22:00-07:00.*"22:00"/],
    ["QUIET_HOURS", "22:00-24:00", /must be a start and an end time/],
    ["QUIET_HOURS", "07:00-7:00", /must begin and end at different times/],
    ["QUIET_DAYS", "sat,holiday", /must be a list of mon, tue.*"holiday"/],
    ["QUIET_DAYS", ",", /at least one day/],
    ["QUIET_DAYS", "mon,tue,wed,thu,fri,sat,sun", /names all seven days.*Remove at least one day/],
    ["DIGEST_SCHEDULE", "0 0 9 * * mon", /a cron expression of 5 fields, for example 0 9 \* \* mon, or empty/],
    ["HEARTBEAT_URL", "hc-ping.com/x", /must be a web URL/],
    ["HEARTBEAT_URL", "http://hc-ping.com/x", /must begin with https/],
    ["HEARTBEAT_URL", "https://me:pw@hc-ping.com/x", /without a user name or password/],
    ["HEARTBEAT_URL", "'https://hc-ping.com/x'", /contains a quotation mark/],
    ["ALLOWED_USERS", "U0123456789,@jo", /must be a list of Slack user IDs .*, separated by commas; one item is "@jo"/],
    ["ALLOWED_USERS", ",", /at least one Slack user ID/],
    ["TIMEZONE", "Mars/Olympus", /must be a time zone/],
    ["GUIDE_APP_NAME", "my app ".repeat(30), /at most 200 characters/],
    ["META_BUSINESS_ID", "x", /digits only/],
    ["DATABASE_URL", "mysql://db/x", /must be sqlite: and a path/],
    ["DATABASE_POOL", "0", /must be a number of connections, from 1 to 100; it is "0"/],
    ["INSPECTIONS_AT_ONCE", "9", /must be a number of inspections, from 10 to 1000; it is "9"/],
    ["INSPECTIONS_AT_ONCE", "1001", /must be a number of inspections, from 10 to 1000; it is "1001"/],
    ["METRICS_WATCHES", "0", /must be a number of watches, from 1 to 1000000; it is "0"/],
    ["DATABASE_POOL", "many", /from 1 to 100; it is "many"/],
    ["OPS_HOST", "http://localhost", /must be a host name/],
    ["OPS_HOST", "[::1]", /without http:\/\/, brackets and port; it is "\[::1\]"/],
    ["OPS_PORT", "ops", /must be a port/],
    ["LOG_LEVEL", "loud", /must be one of trace/],
    ["NODE_DEBUG", "tls,HTTP", /NODE_DEBUG includes http, .*Unset NODE_DEBUG/],
    ["NODE_DEBUG", "und*", /includes undici/],
    ["NODE_DEBUG", "fetch", /includes fetch/],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "0", /accepts every certificate.*Unset it.*NODE_EXTRA_CA_CERTS/],
    ["GRAPH_API_URL", "http://graph.localhost:4100", /must begin with https/],
    ["GRAPH_API_URL", "http://localhost.example.com", /must begin with https/],
    ["GRAPH_API_URL", "http://127.0.0.1.example.com", /must begin with https/],
    ["GRAPH_API_URL", "http://0.0.0.0:4100", /must begin with https/],
    ["SLACK_API_URL", "http://slack.localhost/api/", /must begin with https/],
    ["HEARTBEAT_URL", "http://beat.localhost/x", /must begin with https/],
  ])("%s=%s is refused with the remedy", async (name, value, message) => {
    expect(await messages({ [name]: value })).toContainEqual(expect.stringMatching(message));
  });

  // Not validated at start: its source reads the deployed token later, and the verdict judges its shape.
  const judged: readonly VariableName[] = VARIABLE_TABLE.map(({ name }) => name).filter(
    (name) => name !== "WHATSAPP_ACCESS_TOKEN",
  );
  it.each(judged)("%s is refused with an invalid value", async (name) => {
    expect(await problemsOf({ [name]: "\u0000, \u0000" })).toContainEqual(expect.objectContaining({ name }));
  });

  it.each(VARIABLE_TABLE.filter(({ secret }) => !secret).map(({ name }) => name))(
    "%s that holds a token is refused without repeating it",
    async (name) => {
      const token = fakeToken(name);
      const found = await messages({ [name]: token });
      expect(found).toContainEqual(expect.stringContaining(`${name} contains something that looks like a token`));
      expect(found.join("\n")).not.toContain(token.slice(0, 12));
    },
  );

  it.each(VARIABLE_TABLE.map(({ name }) => name))("%s never has a secret of 32 letters repeated", async (name) => {
    const secret = "0123456789abcdef".repeat(2);
    expect((await messages({ [name]: secret })).join("\n")).not.toContain(secret);
  });

  it.each([
    ["NODE_DEBUG", "tls,net"],
    ["NODE_TLS_REJECT_UNAUTHORIZED", "1"],
    ["NODE_TLS_REJECT_UNAUTHORIZED", ""],
    ["GRAPH_API_URL", "http://[::1]:4100"],
    ["GRAPH_API_URL", "http://127.8.9.10:4100"],
    ["GRAPH_API_URL", "http://127.0.0.1:4100/"],
    ["SLACK_API_URL", "http://localhost:4200/api"],
    ["SCHEDULE", "*/5 * * * * *"],
    ["SCHEDULE", "0 9-17 * jan-mar mon-fri"],
    ["TIMEZONE", "Europe/Berlin"],
    ["DATABASE_URL", "sqlite:///data/wa-token.db"],
    ["PORT", "0"],
    ["LOG_LEVEL", "DEBUG"],
    ["HEARTBEAT_URL", "http://127.0.0.1:4300/beat"],
    ["DIGEST_SCHEDULE", "30 7 1 * *"],
    ["ONCALL", "W0123456789"],
    ["ESCALATE_TO", "C0123456789"],
    ["ESCALATE_TO", "U0123456789"],
  ])("%s=%s is accepted", async (name, value) => {
    expect(await problemsOf({ [name]: value })).toEqual([]);
  });
});

describe("the quiet times", () => {
  const night = { fromMinute: 22 * 60, toMinute: 7 * 60 };
  it.each<[Readonly<Record<string, string>>, Config["alerts"]["quiet"]]>([
    [{ QUIET_HOURS: "22:00-07:00" }, { hours: night, days: [], timezone: "UTC" }],
    [{ QUIET_HOURS: "22:00 - 7:00" }, { hours: night, days: [], timezone: "UTC" }],
    [{ QUIET_DAYS: "Sat, sun,sat" }, { hours: undefined, days: ["sat", "sun"], timezone: "UTC" }],
    [
      { QUIET_HOURS: "22:00-07:00", QUIET_DAYS: "sun", TIMEZONE: "Europe/Berlin" },
      { hours: night, days: ["sun"], timezone: "Europe/Berlin" },
    ],
  ])("are read from %j", async (env, quiet) => {
    const { alerts } = await configOf(env);
    expect(alerts.quiet).toEqual(quiet);
  });
});

describe("the digest", () => {
  it.each([
    [{ DIGEST_SCHEDULE: "" }, {}, undefined],
    [{}, { DIGEST_SCHEDULE: "" }, undefined],
    [{ DIGEST_SCHEDULE: " " }, { DIGEST_SCHEDULE: "0 8 * * *" }, undefined],
    [{ DIGEST_SCHEDULE: "0 8  * * *" }, { DIGEST_SCHEDULE: "" }, "0 8 * * *"],
  ])("with %j in the environment and %j in .env comes at %s", async (env, dotenv, schedule) => {
    expect((await configOf(env, {}, dotenv)).digestSchedule).toBe(schedule);
  });
});

describe("the address of the heartbeat", () => {
  it("is kept as a secret, with its query", async () => {
    const url = "https://status.example.com/api/push/abc?status=up";
    const config = await configOf({ HEARTBEAT_URL_FILE: "/s/beat" }, { "/s/beat": `${url}\n` });
    expect(config.heartbeatUrl && reveal(config.heartbeatUrl)).toBe(url);
    expect(JSON.stringify(config)).not.toContain("status.example.com");
    expect(config.ownSecretNames).toContain("HEARTBEAT_URL");
  });

  it.each(["nonsense", "http://status.example.com/push/abc", "https://a:b@status.example.com/push/abc"])(
    "is not repeated when it is wrong: %s",
    async (url) => {
      expect((await messages({ HEARTBEAT_URL: url })).join("\n")).not.toMatch(/nonsense|status\.example|push/);
    },
  );
});

describe("problems", () => {
  it("are all reported at once, in the order of the table", async () => {
    const problems = await problemsOf({
      NODE_DEBUG: "http",
      LOG_LEVEL: "loud",
      WATCHLIST: "/no/such.yml",
      META_APP_ID: "x",
      PORT: "x",
      SLACK_BOT_TOKEN: appToken,
    });
    expect(problems.map(({ name }) => name)).toEqual([
      "SLACK_BOT_TOKEN",
      "PORT",
      "META_APP_ID",
      "META_APP_SECRET",
      "WATCHLIST",
      "LOG_LEVEL",
      "NODE_DEBUG",
    ]);
  });
});

describe("the usable configuration next to problems", () => {
  const usableOf = async (...input: Parameters<typeof load>) => {
    const result = await load(...input);
    if (result.ok) throw new Error("nothing is wrong");
    return result.usable;
  };

  it("treats variables with problems as not set", async () => {
    const usable = await usableOf({
      PORT: "x",
      SLACK_BOT_TOKEN: appToken,
      SLACK_APP_TOKEN: appToken,
      TIMEZONE: "Europe/Berlin",
      ALERT_CHANNEL: fakeToken("channel"),
      META_APP_ID: "100000000000042",
    });
    expect(usable.slack).toMatchObject({ botToken: undefined, port: 3000 });
    expect(usable.slack.appToken && reveal(usable.slack.appToken)).toBe(appToken);
    expect([usable.timezone, usable.defaults.channel, usable.app]).toEqual(["Europe/Berlin", undefined, undefined]);
  });

  it.each(VARIABLE_TABLE.map(({ name }) => name))("never contains the wrong value of %s", async (name) => {
    const wrong = "\0 wrong value";
    const result = await load({ [name]: wrong, LOG_LEVEL: "loud" });
    expect(JSON.stringify(result)).not.toContain("wrong value");
  });

  it("has the valid watches of a watchlist, and never falls back to the variables", async () => {
    const env = { WATCHLIST: "/w", WHATSAPP_ACCESS_TOKEN: fakeToken("usable") };
    const files = { "/w": "watches: [{name: a, source: 'env:A'}, {name: b}]" };
    expect((await usableOf(env, files)).watches.map(({ name }) => name)).toEqual(["a"]);
    expect((await usableOf(env)).watches).toEqual([]);
  });

  it("has the default database when the certificates of the one that is set cannot be read", async () => {
    const usable = await usableOf({ DATABASE_URL: "postgres://bot:pw@db/x?sslrootcert=/none.pem" });
    expect(usable.databaseUrl).toEqual({ kind: "sqlite", path: "./data/wa-token.db" });
  });
});

describe("a secret in a file", () => {
  it("is read and trimmed", async () => {
    const config = await configOf(
      { SLACK_BOT_TOKEN_FILE: "/s/bot", META_APP_ID: "100000000000042", META_APP_SECRET_FILE: "/s/app" },
      { "/s/bot": `${botToken}\n`, "/s/app": " not-so-secret\r\n" },
    );
    expect(config.slack.botToken && reveal(config.slack.botToken)).toBe(botToken);
    expect(config.app && reveal(config.app.secret)).toBe("not-so-secret");
  });

  it.each(SECRET_VARIABLES)("%s set together with its file is an error", async (name) => {
    const both = await problemsOf({ [name]: botToken, [`${name}_FILE`]: "/s/x" }, { "/s/x": botToken });
    expect(both).toContainEqual({ name, message: `${name} and ${name}_FILE are both set. Keep one of them.` });
  });

  it("counts as both set when one is in .env and the other in the environment", async () => {
    const problems = await problemsOf({ SLACK_BOT_TOKEN: botToken }, {}, { SLACK_BOT_TOKEN_FILE: "/s/x" });
    expect(problems.map(({ name }) => name)).toEqual(["SLACK_BOT_TOKEN"]);
  });

  it.each([
    ["/s/none", /the file \/s\/none cannot be read \(ENOENT\)/],
    ["/s/empty", /the file \/s\/empty is empty/],
  ])("%s that gives no value is named", async (path, message) => {
    expect(await messages({ SLACK_APP_TOKEN_FILE: path }, { "/s/empty": " \n" })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it.each(SECRET_VARIABLES)("%s_FILE that holds the token itself is refused without repeating it", async (name) => {
    const token = fakeToken(name);
    const found = (await messages({ [`${name}_FILE`]: token })).join("\n");
    expect(found).toContain(`${name}_FILE contains something that looks like a token`);
    expect(found).not.toContain(token.slice(0, 12));
  });

  it("of the deployed token is read by its source, so it may be missing at start", async () => {
    const config = await configOf({ WHATSAPP_ACCESS_TOKEN_FILE: "/run/secrets/later" });
    expect(config.watches.map(({ name }) => name)).toEqual(["default"]);
  });
});

describe(".env", () => {
  it("has lower precedence than the process environment, except for an empty value", async () => {
    const dotenv = { GUIDE_APP_NAME: "From file", TIMEZONE: "Europe/Berlin" };
    const config = await configOf({ GUIDE_APP_NAME: "From shell", TIMEZONE: "" }, {}, dotenv);
    expect([config.guide.appName, config.timezone]).toEqual(["From shell", "Europe/Berlin"]);
  });
});
