// The baseline: a slash command over HTTP as in Bolt's own documentation, with the same receiver as ours.
import { App, HTTPReceiver } from "@slack/bolt";

const { SLACK_BOT_TOKEN = "", SLACK_SIGNING_SECRET = "", SLACK_API_URL = "", PORT = "0" } = process.env;

const app = new App({
  token: SLACK_BOT_TOKEN,
  receiver: new HTTPReceiver({ signingSecret: SLACK_SIGNING_SECRET }),
  clientOptions: { slackApiUrl: SLACK_API_URL },
  deferInitialization: true,
});

app.command("/wa-token", async ({ ack, respond }) => {
  await ack();
  await respond({
    response_type: "ephemeral",
    text: "This app knows one command: help.",
    blocks: [{ type: "section", text: { type: "mrkdwn", text: "This app knows one command: *help*." } }],
  });
});

process.once("SIGTERM", () => {
  void app.stop();
});
await app.init();
await app.start(Number(PORT));
console.log("bare bolt serves");
