import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { readInstallation } from "../../../src/slack/transport/bot-token.ts";
import { createAlertClient } from "../../../src/slack/transport/clients.ts";
import { SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";
import { Secret } from "../../../src/token/secret/secret.ts";
import { keepLog } from "../../support/keep-log.ts";
import { openLocalSlack } from "../support/local-slack.ts";

const BOT_TOKEN = "xoxb-sandbox";

const asking = async (...answer: Parameters<typeof openLocalSlack>) => {
  const { apiUrl } = await openLocalSlack(...answer);
  return readInstallation(createAlertClient({ botToken: new Secret(BOT_TOKEN), apiUrl, log: keepLog().log, fetch }));
};

describe("asking Slack about the bot token", () => {
  it("returns the workspace, the bot and its scopes", async () => {
    const installation = await asking(() => ({
      headers: { "x-oauth-scopes": "commands,chat:write, chat:write.public" },
      body: { ok: true, team_id: "T1", team: "Example", user_id: "UBOT" },
    }));
    expect(installation).toEqual({
      teamId: "T1",
      teamName: "Example",
      botUserId: "UBOT",
      scopes: ["commands", "chat:write", "chat:write.public"],
    });
  });

  it("returns the organisation of a workspace in Enterprise Grid", async () => {
    const body = { ok: true, team_id: "T1", enterprise_id: "E1", is_enterprise_install: false };
    expect(await asking(() => ({ body }))).toMatchObject({ teamId: "T1", enterpriseId: "E1" });
  });

  it.each([
    ["says so", { team_id: "E1", enterprise_id: "E1", is_enterprise_install: true }],
    ["names the organisation as its workspace", { team_id: "E1", enterprise_id: "E1" }],
    ["says so of a workspace", { team_id: "T1", enterprise_id: "E1", is_enterprise_install: true }],
  ])("refuses an installation for a whole organisation that %s, with the remedy", async (_, answer) => {
    const failed = await asking(() => ({ body: { ok: true, ...answer } })).catch((caught: unknown) => caught);
    expect(failed).toBeInstanceOf(SlackCredentialError);
    expect(String(failed)).toMatch(
      /SLACK_BOT_TOKEN belongs to an installation for a whole .* Install the app in that workspace/,
    );
  });

  it("accepts an answer with fewer fields", async () => {
    expect(await asking(() => ({}))).toEqual({ teamId: "", teamName: "", botUserId: "", scopes: [] });
  });

  it.each(["invalid_auth", "account_inactive", "not_authed", "token_revoked", "token_expired"])(
    "reports %s as a refused SLACK_BOT_TOKEN, without the token",
    async (word) => {
      const failed = await asking(() => ({ body: { ok: false, error: word } })).catch((caught: unknown) => caught);
      expect(failed).toBeInstanceOf(SlackCredentialError);
      expect(String(failed)).toContain(`SLACK_BOT_TOKEN (${word})`);
      expect(String(failed)).not.toContain(BOT_TOKEN);
    },
  );

  it.each([
    ["a stumble of Slack", { body: { ok: false, error: "internal_error" } }, WebAPIPlatformError],
    ["a page instead of an answer", { body: "<html>" }, WebAPIPlatformError],
    ["HTTP 500", { status: 500 }, WebAPIHTTPError],
    ["a broken connection", "reset", WebAPIRequestError],
  ] as const)("passes on %s, which says nothing about the token", async (_name, answer, kind) => {
    await expect(asking(() => answer)).rejects.toBeInstanceOf(kind);
  });
});
