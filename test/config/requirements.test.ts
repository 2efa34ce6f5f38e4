import { describe, expect, it } from "vitest";
import { requireFor, type Subcommand } from "../../src/config/requirements.ts";
import { configOf } from "./environment.ts";

const names = async (command: Subcommand, env: Readonly<Record<string, string>>) =>
  requireFor(command, await configOf(env)).map(({ name }) => name);

const watch = { WHATSAPP_TOKEN_SOURCE: "file:/run/token" };
const slack = { SLACK_BOT_TOKEN: "xoxb-sandbox", SLACK_APP_TOKEN: "xapp-sandbox" };

describe("what a subcommand needs", () => {
  it.each<[Subcommand, Readonly<Record<string, string>>, readonly string[]]>([
    ["run", {}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]],
    ["run", watch, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "ALERT_CHANNEL"]],
    ["run", { ...slack, ...watch, ALERT_CHANNEL: "C0123456789" }, []],
    ["run", { SLACK_BOT_TOKEN: "xoxb-sandbox", SLACK_SIGNING_SECRET: "not-so-secret" }, []],
    ["round", {}, ["SLACK_BOT_TOKEN"]],
    ["round", { SLACK_BOT_TOKEN: "xoxb-sandbox", ...watch }, ["ALERT_CHANNEL"]],
    ["check", watch, []],
    ["doctor", {}, []],
    ["guide", {}, []],
  ])("%s with %j lacks %j", async (command, env, lacking) => {
    expect(await names(command, env)).toEqual(lacking);
  });
});
