export const CHECK_NETWORK = "Check your network and run this again.";

const REINSTALL = "Install the app again and copy the new token";

const SECRET_NOT_TRIED = "The bot did not try SLACK_SIGNING_SECRET.";

/** Texts about the Slack app for the operator, in the terminal and in logs. */
export const slackSetup = {
  /** Slack's error codes for a refused credential, with the remedy (method pages, docs.slack.dev, read 2026-11). */
  credentialRemedies: {
    invalid_auth:
      "Copy the token again from the app's settings. If Slack restricts the app to IP addresses, add the address of this host",
    not_authed: "Set the token: the bot sent none",
    account_inactive: `The app was removed from the workspace. ${REINSTALL}`,
    token_revoked: `The token was revoked. ${REINSTALL}`,
    token_expired: `The token expired. ${REINSTALL}`,
    missing_scope: "Give the app-level token the scope connections:write, and reinstall the app from its manifest",
    not_allowed_token_type:
      "SLACK_BOT_TOKEN takes the bot token (xoxb-), and SLACK_APP_TOKEN the app-level token (xapp-). Check that they are not swapped",
    team_disabled: "Slack has disabled the workspace. Ask Slack to enable it again",
    user_removed_from_team: "The app's user was removed from the workspace. Install the app again",
  },
  checkToken: "Check the token",
  refused: (variable: string, code: string, remedy: string): string =>
    `Slack refuses ${variable} (${code}). ${remedy}.`,
  orgWide: (variable: string): string =>
    `${variable} belongs to an installation for a whole Enterprise Grid organisation, but this bot serves one workspace. Install the app in that workspace only, and copy the bot token that Slack shows there.`,

  /** Slack's error codes for a channel that refuses a message, with the remedy. */
  channelRemedies: {
    channel_not_found: "Use the channel's ID. If the channel is private, invite the bot",
    not_in_channel: "Invite the bot to the channel, or give the app the scope chat:write.public",
    is_archived: "Choose a channel that is not archived",
    restricted_action: "Allow apps to post in the channel, or choose another one",
    missing_scope: "Reinstall the app from its manifest",
  },
  lookUp: "Look the word up at docs.slack.dev",
  channelRefused: (word: string, remedy: string): string => `Slack refuses it (${word}). ${remedy}.`,
  checkNetwork: (trouble: string): string => `${trouble}. ${CHECK_NETWORK}`,
  noMessageId: "Slack returned no message ID.",
  probe: "wa-token doctor: this message tests whether alerts arrive here. The bot deletes it at once.",

  /** The test message of `init`. */
  pressTest: {
    text: "wa-token init: this message tests whether alerts and their buttons work. Press the button.",
    press: "It works",
    /** @param by the mention of the person who pressed the button */
    pressed: (by: string): string =>
      `Set-up of wa-token: alerts arrive here, and their buttons work. ${by} pressed the button.`,
  },

  requests: {
    refusedOne: (at: string, cause: string): string =>
      `The bot refused the last request to Slack's address at ${at}: ${cause}`,
    refusedMany: (count: number, at: string, cause: string): string =>
      `The bot refused each of the last ${count} requests to Slack's address, the latest at ${at}: ${cause}`,
    forged:
      "its signature is wrong. If Slack sent it, SLACK_SIGNING_SECRET is wrong: copy the Signing Secret again from Basic Information in the app's settings.",
    stale: `its signature is older than five minutes. If Slack sent it, the clock of this machine is wrong: set it. ${SECRET_NOT_TRIED}`,
    unsigned: `it has no signature from Slack. If Slack sent it, a proxy removes the headers X-Slack-Signature and X-Slack-Request-Timestamp: let them pass. ${SECRET_NOT_TRIED}`,
    tooMany: (count: number, at: string): string =>
      `Too many connections to Slack's address: the bot closed ${count}, the latest at ${at}. Commands and buttons may fail. Configure the proxy in front to let only Slack's requests through.`,
    unknownTime: "an unknown time",
  },
} as const;
