import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import { VARIABLE_TABLE } from "../../src/config/variables.ts";
import { fakeToken } from "../support/fake-token.ts";
import { load } from "./environment.ts";

const warnings = async (...input: Parameters<typeof load>): Promise<readonly string[]> =>
  (await load(...input)).warnings.map(({ message }) => message);

const known = { LOG_LEVEL: "info" };

describe("a variable with almost the name of one of ours", () => {
  it.each([
    ["ALOWED_USERS", "ALLOWED_USERS"],
    ["ALLOWED_USER", "ALLOWED_USERS"],
    ["SALCK_BOT_TOKEN", "SLACK_BOT_TOKEN"],
    ["SLACK_BOT_TOKN_FILE", "SLACK_BOT_TOKEN_FILE"],
    ["WHATSAP_ACESS_TOKEN", "WHATSAPP_ACCESS_TOKEN"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["PORTS", "PORT"],
  ])("%s is reported with the right name: %s", async (name, wanted) => {
    const told = `${name} is not a variable of this bot. Did you mean ${wanted}? Correct the name, or remove the variable if nothing needs it.`;
    expect(await warnings({ [name]: fakeToken("value") }, {}, known)).toEqual([told]);
    expect(await warnings({}, {}, { ...known, [name]: "" })).toEqual([told]);
  });

  it.each(["\u{feff}ALLOWED_USERS", "ALLOWED_USERS\u200b", "allowed_users"])(
    "%j is reported as looking like ALLOWED_USERS",
    async (name) => {
      const told = await warnings({}, {}, { ...known, [name]: "U0123456789" });
      expect(told).toEqual([expect.stringMatching(/^A variable is named almost like ALLOWED_USERS, /)]);
    },
  );

  it.each(["HOST", "PATH", "HOME", "DATABASE", "SLACK_TOKEN", "WHATSAPP_TOKEN", "LANG", "TZ", "HTTPS_PROXY"])(
    "%s is not reported",
    async (name) => {
      expect(await warnings({ [name]: "x" }, {}, known)).toEqual([]);
    },
  );

  it.each(VARIABLE_TABLE.map(({ name }) => name))(
    "%s itself is not reported, with a right or a wrong value",
    async (name) => {
      expect(await warnings({ [name]: "x" }, {}, known)).toEqual([]);
    },
  );

  it("is not reported when a watch reads it", async () => {
    const watches =
      "watches: [{name: a, source: 'env:WHATSAPP_ACCESS_TOKEN2', appId: '42424', appSecret: 'env:META_APP_SECRET2'}]";
    const env = { WATCHLIST: "/w", WHATSAPP_ACCESS_TOKEN2: "x", META_APP_SECRET2_FILE: "/s" };
    expect(await warnings(env, { "/w": watches }, known)).toEqual([]);
  });
});

describe("a variable in .env with the words of one of ours", () => {
  it.each([
    ["SLACK_TOKEN_BOT", "SLACK_BOT_TOKEN"],
    ["SLACK_TOKEN", "SLACK_BOT_TOKEN or SLACK_APP_TOKEN"],
    ["WHATSAPP_TOKEN", "WHATSAPP_ACCESS_TOKEN or WHATSAPP_TOKEN_SOURCE"],
    ["WA_PHONE_NUMBER_ID", "WHATSAPP_PHONE_NUMBER_ID"],
    ["WHATSAPP_BUSINESS_ID", "WHATSAPP_BUSINESS_ACCOUNT_ID"],
    ["FACEBOOK_APP_ID", "META_APP_ID"],
    ["APP_SECRET", "META_APP_SECRET"],
    ["ALERT_CHANNEL_ID", "ALERT_CHANNEL"],
  ])("%s is reported with the right name: %s", async (name, wanted) => {
    expect(await warnings({}, {}, { ...known, [name]: "x" })).toEqual([
      `${name} is not a variable of this bot. Did you mean ${wanted}? Correct the name, or remove the variable if nothing needs it.`,
    ]);
  });

  it.each([
    ["while the right one is set", "SLACK_TOKEN", { SLACK_APP_TOKEN: "x" }],
    ["while the right one has a file", "APP_SECRET", { META_APP_SECRET_FILE: "/s" }],
    ["with other words", "WHATSAPP_VERIFY_TOKEN", {}],
    ["of another program", "PHONE_ID", {}],
  ])("is not reported %s", async (_when, name, set) => {
    const found = await warnings({}, {}, { ...known, ...set, [name]: "x" });
    expect(found.join()).not.toContain("Did you mean");
  });

  it("invisible characters never reach the message", async () => {
    const found = await warnings({}, {}, { ...known, "SLACK_TOKEN_BOT_\u200b": "x" });
    expect(found.join()).not.toContain("\u200b");
  });
});

describe(".env", () => {
  it.each([
    ["nothing", {}],
    ["variables of another program", { NODE_ENV: "production" }],
  ])("with %s is reported", async (_what, dotenv) => {
    expect(await warnings({}, {}, dotenv)).toEqual([
      expect.stringMatching(/^\.env sets no variable of this bot\. Check/),
    ]);
  });

  it.each([{ LOG_LEVEL: "" }, { SLACK_BOT_TOKEN_FILE: "/s" }])(
    "with one of our variables is not reported: %j",
    async (dotenv) => {
      expect(await warnings({}, {}, dotenv)).toEqual([]);
    },
  );

  it.each(["NODE_EXTRA_CA_CERTS", "NODE_USE_SYSTEM_CA"])(
    "gives a warning for %s, which it cannot set",
    async (name) => {
      expect(await warnings({}, {}, { ...known, [name]: "1" })).toEqual([
        expect.stringMatching(new RegExp(`^\\.env sets ${name}, but Node\\.js reads`)),
      ]);
      expect(await warnings({ [name]: "1" }, {}, { ...known, [name]: "1" })).toEqual([]);
    },
  );

  it("that does not exist is not reported", async () => {
    const { warnings: none } = await loadConfig({ env: {}, dotenv: undefined, readFile: () => "" });
    expect(none).toEqual([]);
  });
});
