import { describe, expect, it } from "vitest";
import { slackModeOf } from "../../src/app/slack-mode.ts";
import type { Config } from "../../src/config/config.ts";
import { Secret } from "../../src/token/secret/secret.ts";
import { configOf } from "../config/environment.ts";

const withSlack = async (slack: Partial<Config["slack"]>): Promise<Config> => {
  const config = await configOf({});
  return { ...config, slack: { ...config.slack, ...slack } };
};

const appToken = new Secret("xapp-sandbox");
const signingSecret = new Secret("slack-mode-made-up-secret");

describe("the connection from Slack", () => {
  it("is the socket with an app-level token, even with a signing secret", async () => {
    for (const slack of [{ appToken }, { appToken, signingSecret }])
      expect(slackModeOf(await withSlack(slack))).toEqual({ kind: "socket", appToken });
  });

  it("is HTTP on its port with only a signing secret", async () => {
    expect(slackModeOf(await withSlack({ signingSecret, port: 3_333 }))).toEqual({
      kind: "http",
      signingSecret,
      port: 3_333,
    });
  });

  it("throws without either, and names both", async () => {
    const config = await withSlack({});
    expect(() => slackModeOf(config)).toThrow(/SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/);
  });
});
