import { describe, expect, it } from "vitest";
import { requireFor, type Subcommand } from "../../src/config/requirements.ts";
import { configOf, load } from "./environment.ts";

const names = async (command: Subcommand, env: Readonly<Record<string, string>>) =>
  requireFor(command, await configOf(env)).map(({ name }) => name);

const watch = { WHATSAPP_TOKEN_SOURCE: "file:/run/token" };
const slack = { SLACK_BOT_TOKEN: "xoxb-sandbox", SLACK_APP_TOKEN: "xapp-sandbox" };
const http = { SLACK_BOT_TOKEN: "xoxb-sandbox", SLACK_SIGNING_SECRET: "not-so-secret" };

describe("what a subcommand needs", () => {
  it.each<[Subcommand, Readonly<Record<string, string>>, readonly string[]]>([
    ["run", {}, [".env"]],
    ["run", { LOG_LEVEL: "warn" }, [".env"]],
    ["run", { ALERT_CHANNEL: "C0123456789" }, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]],
    ["run", watch, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "ALERT_CHANNEL"]],
    ["run", { ...slack, ...watch, ALERT_CHANNEL: "C0123456789" }, []],
    ["run", http, []],
    ["run", { ...http, PORT: "9464" }, ["OPS_PORT"]],
    ["run", { ...http, OPS_PORT: "3000" }, ["OPS_PORT"]],
    ["run", { ...http, PORT: "0", OPS_PORT: "0" }, []],
    ["run", { ...slack, PORT: "9464" }, []],
    ["check", { ...http, PORT: "9464" }, []],
    ["round", { ...http, PORT: "9464" }, []],
    ["round", {}, [".env"]],
    ["round", { SLACK_BOT_TOKEN: "xoxb-sandbox", ...watch }, ["ALERT_CHANNEL"]],
    ["check", watch, []],
    ["doctor", {}, []],
    ["guide", {}, []],
  ])("%s with %j needs %j in addition", async (command, env, lacking) => {
    expect(await names(command, env)).toEqual(lacking);
  });
});

const missingBeside = async (command: Subcommand, env: Readonly<Record<string, string>>, files = {}) => {
  const result = await load(env, files);
  if (result.ok) throw new Error("nothing is wrong");
  return requireFor(command, result.usable, result.problems).map(({ name }) => name);
};

describe("what a subcommand needs in addition to variables with problems", () => {
  it.each<[Readonly<Record<string, string>>, readonly string[]]>([
    [{ PORT: "x" }, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "ALERT_CHANNEL"]],
    [{ SLACK_BOT_TOKEN: "xapp-sandbox" }, ["SLACK_APP_TOKEN", "ALERT_CHANNEL"]],
    [{ SLACK_BOT_TOKEN_FILE: "/no/such/file" }, ["SLACK_APP_TOKEN", "ALERT_CHANNEL"]],
    [{ SLACK_APP_TOKEN: "xoxb-sandbox" }, ["SLACK_BOT_TOKEN", "ALERT_CHANNEL"]],
    [{ SLACK_SIGNING_SECRET: "xoxb-sandbox" }, ["SLACK_BOT_TOKEN", "ALERT_CHANNEL"]],
    [{ ALERT_CHANNEL: "#alerts" }, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]],
    // Without a valid PORT, the two ports cannot be compared.
    [{ ...http, PORT: "x", OPS_PORT: "3000", ALERT_CHANNEL: "C0123456789" }, []],
    [{ ...http, LOG_LEVEL: "loud", OPS_PORT: "3000", ALERT_CHANNEL: "C0123456789" }, ["OPS_PORT"]],
  ])("run with %j: %j", async (env, lacking) => {
    expect(await missingBeside("run", { ...watch, ...env })).toEqual(lacking);
  });
});
