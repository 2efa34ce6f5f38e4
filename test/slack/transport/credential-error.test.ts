import { WebAPIHTTPError, WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { credentialCode, SlackCredentialError } from "../../../src/slack/transport/credential-error.ts";

const refusal = (error: string): WebAPIPlatformError => new WebAPIPlatformError({ ok: false, error });

describe("a refused credential", () => {
  it.each([
    ["invalid_auth", "Copy the token again"],
    ["not_authed", "Set the token"],
    ["account_inactive", "Install the app again"],
    ["token_revoked", "Install the app again"],
    ["token_expired", "Install the app again"],
    ["missing_scope", "connections:write"],
    ["not_allowed_token_type", "not swapped"],
    ["team_disabled", "disabled"],
    ["user_removed_from_team", "Install the app again"],
  ])("is recognised by %s, and reported with the remedy", (word, remedy) => {
    expect(credentialCode(refusal(word))).toBe(word);
    const cause = refusal(word);
    const error = new SlackCredentialError(word, "SLACK_BOT_TOKEN", cause);
    expect(error).toMatchObject({ name: "SlackCredentialError", code: word, cause });
    expect(error.message).toMatch(new RegExp(`^Slack refuses SLACK_BOT_TOKEN \\(${word}\\)\\. [A-Z].*\\.$`));
    expect(error.message).toContain(remedy);
  });

  it("has a remedy for an unknown code", () => {
    expect(new SlackCredentialError("brand_new", "SLACK_APP_TOKEN").message).toBe(
      "Slack refuses SLACK_APP_TOKEN (brand_new). Check the token.",
    );
  });

  it.each<[string, unknown]>([
    ["a stumble", refusal("internal_error")],
    ["a channel that refuses", refusal("not_in_channel")],
    ["a rate limit", refusal("ratelimited")],
    ["a page of HTML", refusal("<html>invalid_auth</html>")],
    ["a word that every object knows", refusal("constructor")],
    ["HTTP 401 of a proxy", new WebAPIHTTPError(401, "Unauthorized", {})],
    ["any other error", new Error("invalid_auth")],
    ["no error at all", undefined],
  ])("is not %s", (_name, error) => {
    expect(credentialCode(error)).toBeUndefined();
  });
});
