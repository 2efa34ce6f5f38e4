import { WebAPIPlatformError } from "@slack/web-api";

/** Slack's words for "this token is not good (any more)", and what an operator does about each (method pages, 2026-11). */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth:
    "Copy the token again from the app's settings; if Slack restricts the app to IP addresses, add this host",
  not_authed: "Set the token: none was sent",
  account_inactive: "The app was removed from the workspace: install it again and copy the new token",
  token_revoked: "The token was revoked: install the app again and copy the new token",
  token_expired: "The token expired: install the app again and copy the new token",
  missing_scope: "Give the app-level token the scope connections:write, and reinstall the app from its manifest",
  not_allowed_token_type:
    "SLACK_BOT_TOKEN takes the bot token (xoxb-) and SLACK_APP_TOKEN the app-level token (xapp-); they may be swapped",
  team_disabled: "The workspace is disabled in Slack",
  user_removed_from_team: "The app's user was removed from the workspace: install the app again",
};

/** Our own word for a token that Slack takes and this bot cannot: it was installed for a whole organisation. */
export const ORG_WIDE_INSTALL = "org_wide_install";

const messageOf = (code: string, variable: string): string =>
  code === ORG_WIDE_INSTALL
    ? `${variable} is of an installation for a whole Enterprise Grid organisation, and this bot serves one workspace. ` +
      "Install the app in that workspace alone, and copy the bot token that Slack shows there."
    : `Slack refuses ${variable} (${code}). ${REMEDIES[code] ?? "Check the token"}.`;

/** Slack refused a credential: retrying does not help, a person must act. */
export class SlackCredentialError extends Error {
  override readonly name = "SlackCredentialError";
  /** Slack's own word, for example `invalid_auth`. */
  readonly code: string;

  constructor(code: string, variable: string, cause?: unknown) {
    super(messageOf(code, variable), { cause });
    this.code = code;
  }
}

/** Slack's word when it refused the credential itself; undefined for any other trouble. */
export const credentialCode = (error: unknown): string | undefined => {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  return Object.hasOwn(REMEDIES, error.data.error) ? error.data.error : undefined;
};
