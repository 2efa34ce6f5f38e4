import { WebAPIPlatformError } from "@slack/web-api";
import { words } from "../../words/words.ts";

/**
 * The bot's own code for a token of an organisation-wide installation: Slack accepts it, but this bot cannot use it.
 */
export const ORG_WIDE_INSTALL = "org_wide_install";

/** Slack refused a credential: only a person can fix that, so retrying does not help. */
export class SlackCredentialError extends Error {
  override readonly name = "SlackCredentialError";
  /** Slack's error code, for example `invalid_auth`. */
  readonly code: string;

  constructor(code: string, variable: string, cause?: unknown) {
    super(messageOf(code, variable), { cause });
    this.code = code;
  }
}

/** Slack's error code when it refused the credential itself; undefined for any other error. */
export function credentialCode(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  return Object.hasOwn(REMEDIES, error.data.error) ? error.data.error : undefined;
}

const REMEDIES: Readonly<Record<string, string>> = words.slackSetup.credentialRemedies;

function messageOf(code: string, variable: string): string {
  return code === ORG_WIDE_INSTALL
    ? words.slackSetup.orgWide(variable)
    : words.slackSetup.refused(variable, code, REMEDIES[code] ?? words.slackSetup.checkToken);
}
