import type { VariableName } from "../../config/variables.ts";
import { probeAppToken, probeBotToken, probeChannel, type ProbeProblem } from "../../slack/transport/probe.ts";
import { Secret } from "../../token/secret/secret.ts";
import { words } from "../../words/words.ts";
import { signingSecretLines } from "../doctor/requests.ts";
import { checkText, type Found, wrong, type Wrong } from "./finding.ts";
import type { Services } from "./services.ts";

/** The Slack app that a token belongs to. Undefined when Slack does not name it. */
export interface SlackAppOf {
  readonly appId: string | undefined;
}

export function checkBotToken({ slack }: Services, text: string): Promise<Found<SlackAppOf>> {
  return checkText("SLACK_BOT_TOKEN", text, async (value) => {
    const probe = await probeBotToken(new Secret(value), slack);
    if (!probe.ok) return failed("SLACK_BOT_TOKEN", probe);
    const { installation, missingScopes } = probe;
    if (missingScopes.length > 0)
      return wrong(
        `SLACK_BOT_TOKEN works, but its app lacks ${missingScopes.join(" and ")}. ${words.slackSetup.channelRemedies.missing_scope}, and copy the token again.`,
      );
    const bot = installation.botName === undefined ? "" : `, bot ${installation.botName}`;
    return { ok: true, found: `Workspace ${installation.teamName}${bot}`, about: { appId: installation.appId } };
  });
}

/** @param bot the app of the bot token */
export function checkAppToken({ slack }: Services, text: string, bot: SlackAppOf): Promise<Found<SlackAppOf>> {
  return checkText("SLACK_APP_TOKEN", text, async (value) => {
    const probe = await probeAppToken(new Secret(value), slack);
    if (!probe.ok) return failed("SLACK_APP_TOKEN", probe);
    return (
      sameApp("SLACK_APP_TOKEN", probe, bot) ?? { ok: true, found: "Slack accepts it for Socket Mode", about: probe }
    );
  });
}

/** Only a request from Slack can test a signing secret, so init checks its form. */
export function checkSigningSecret(text: string): Promise<Found> {
  return checkText("SLACK_SIGNING_SECRET", text, (value) => {
    const [strange] = signingSecretLines(new Secret(value));
    return strange === undefined
      ? { ok: true, found: "It has the form of a signing secret", note: NOT_TESTED, about: undefined }
      : wrong(strange.text, true);
  });
}

/** Posts a line to the channel and deletes it. @param app the app of the app-level token */
export function checkChannel({ slack }: Services, text: string, botToken: Secret, app: SlackAppOf): Promise<Found> {
  return checkText("ALERT_CHANNEL", text, async (value) => {
    const probe = await probeChannel(botToken, value, slack);
    if (!probe.ok) return failed("ALERT_CHANNEL", probe);
    // The answer names the app of the bot token, which auth.test does not always do.
    return (
      sameApp("SLACK_APP_TOKEN", app, probe) ?? {
        ok: true,
        found: "The bot can post there: it posted a line and deleted it",
        about: undefined,
      }
    );
  });
}

const NOT_TESTED = "Only a request from Slack can test it. Run doctor while the bot runs.";

function failed(name: VariableName, { away, problem }: ProbeProblem): Wrong {
  return wrong(problem.includes(name) ? problem : `${name}: ${problem}`, away);
}

function sameApp(name: VariableName, app: SlackAppOf, bot: SlackAppOf): Wrong | undefined {
  return app.appId === undefined || bot.appId === undefined || app.appId === bot.appId
    ? undefined
    : wrong(
        `${name} belongs to the Slack app ${app.appId}, but SLACK_BOT_TOKEN belongs to ${bot.appId}. Copy both from the settings of one app.`,
      );
}
