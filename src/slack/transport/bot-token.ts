import type { WebClient } from "@slack/web-api";
import { credentialCode, ORG_WIDE_INSTALL, SlackCredentialError } from "./credential-error.ts";
import { isOrganisation } from "../requests/organisation.ts";

/** The answer of `auth.test` about the bot token. */
export interface Installation {
  readonly teamId: string;
  readonly teamName: string;
  /** The address of the workspace, "https://acme.slack.com/"; undefined when Slack does not report it. */
  readonly url?: string | undefined;
  /** The organisation of the workspace; only in Enterprise Grid. */
  readonly enterpriseId?: string | undefined;
  readonly botUserId: string;
  /** The bot of the app; undefined when Slack does not report it. */
  readonly botId?: string | undefined;
  /** The name of the bot's user. */
  readonly botName?: string | undefined;
  /** The app; Slack reports it only for some tokens. */
  readonly appId?: string | undefined;
  /** Scopes from the answer's `x-oauth-scopes` header; empty when Slack does not send it. */
  readonly scopes: readonly string[];
}

/**
 * Asks Slack whether the bot token is good. Throws `SlackCredentialError` when Slack refuses the token or the token
 * belongs to a whole organisation; otherwise throws the original error.
 */
export async function readInstallation(client: Pick<WebClient, "auth">): Promise<Installation> {
  try {
    const answer = await client.auth.test();
    if (answer.is_enterprise_install === true || isOrganisation(answer.team_id))
      throw new SlackCredentialError(ORG_WIDE_INSTALL, "SLACK_BOT_TOKEN");
    return {
      teamId: answer.team_id ?? "",
      teamName: answer.team ?? "",
      url: answer.url,
      enterpriseId: answer.enterprise_id,
      botUserId: answer.user_id ?? "",
      botId: answer.bot_id,
      botName: answer.user,
      appId: answer.app_id,
      scopes: answer.response_metadata?.scopes ?? [],
    };
  } catch (error) {
    const code = credentialCode(error);
    throw code === undefined ? error : new SlackCredentialError(code, "SLACK_BOT_TOKEN", error);
  }
}
