import type { WebClient } from "@slack/web-api";
import { credentialCode, SlackCredentialError } from "./credential-error.ts";

/** What `auth.test` says about the bot token. */
export interface Installation {
  readonly teamId: string;
  readonly teamName: string;
  readonly botUserId: string;
  /** Scopes as Slack lists them in the answer's `x-oauth-scopes` header; empty when it does not. */
  readonly scopes: readonly string[];
}

/** Asks Slack whether the bot token is good. Throws `SlackCredentialError` when it is refused, else what went wrong. */
export const readInstallation = async (client: Pick<WebClient, "auth">): Promise<Installation> => {
  try {
    const answer = await client.auth.test();
    return {
      teamId: answer.team_id ?? "",
      teamName: answer.team ?? "",
      botUserId: answer.user_id ?? "",
      scopes: answer.response_metadata?.scopes ?? [],
    };
  } catch (error) {
    const code = credentialCode(error);
    throw code === undefined ? error : new SlackCredentialError(code, "SLACK_BOT_TOKEN", error);
  }
};
