import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { quiet } from "./quiet.ts";

/** A small bot on real Bolt, enough to show that the stand-in behaves like Slack. */
export interface TinyBot {
  readonly app: App;
  readonly stop: () => Promise<void>;
}

export async function startHttpBot(workspace: SlackWorkspace): Promise<TinyBot> {
  const receiver = new HTTPReceiver({ signingSecret: workspace.signingSecret, logger: quiet });
  const app = createApp(workspace, receiver);
  await app.init();
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const address = server?.address();
  if (typeof address !== "object" || address === null) throw new Error("The bot did not say where it listens.");
  workspace.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`);
  return {
    app,
    stop: async () => {
      await app.stop();
    },
  };
}

export async function startSocketBot(workspace: SlackWorkspace): Promise<TinyBot> {
  const receiver = new SocketModeReceiver({
    appToken: workspace.appToken,
    logger: quiet,
    clientPingTimeout: 20,
    installerOptions: { clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } } },
  });
  const app = createApp(workspace, receiver);
  await app.init();
  await app.start();
  return {
    app,
    stop: async () => {
      await receiver.client.disconnect();
    },
  };
}

function createApp(workspace: SlackWorkspace, receiver: HTTPReceiver | SocketModeReceiver): App {
  const app = new App({
    token: workspace.botToken,
    receiver,
    logger: quiet,
    deferInitialization: true,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  });
  app.command("/wa-token", async ({ command, ack, respond, client }) => {
    if (command.text === "late") return;
    if (command.text === "in the ack") {
      await ack("said in the ack");
      return;
    }
    await ack();
    if (command.text === "open") await client.views.open({ trigger_id: command.trigger_id, view: formView() });
    else if (command.text === "public") await respond({ response_type: "in_channel", text: "for everyone" });
    else await respond({ response_type: "ephemeral", text: "hello", blocks: walkBlocks("one") });
  });
  app.action("walk", async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: "next", blocks: walkBlocks("two") });
  });
  app.view("form", async ({ ack, view, client }) => {
    const typed = view.state.values["token"]?.["value"]?.value ?? "";
    if (typed === "wrong") {
      await ack({ response_action: "errors", errors: { token: "That is not it." } });
      return;
    }
    if (typed === "bad ack") {
      const title = { type: "plain_text" as const, text: "a title far longer than twenty-four characters" };
      await ack({ response_action: "update", view: { type: "modal", title, blocks: [] } });
      return;
    }
    await ack({ response_action: "update", view: plainView("Checking") });
    await client.views.update({ view_id: view.id, view: plainView("Healthy") });
  });
  app.view({ callback_id: "form", type: "view_closed" }, async ({ ack }) => {
    await ack();
  });
  app.event("app_home_opened", async ({ event, client }) => {
    const blocks = [{ type: "section" as const, text: { type: "mrkdwn" as const, text: "home" } }];
    await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
  });
  return app;
}

function walkBlocks(step: string) {
  return [
    { type: "section" as const, text: { type: "mrkdwn" as const, text: `Step ${step}` } },
    {
      type: "actions" as const,
      elements: [{ type: "button" as const, action_id: "walk", text: { type: "plain_text" as const, text: "Next" } }],
    },
  ];
}

function formView() {
  return {
    type: "modal" as const,
    callback_id: "form",
    notify_on_close: true,
    title: { type: "plain_text" as const, text: "Check" },
    submit: { type: "plain_text" as const, text: "Check" },
    blocks: [
      {
        type: "input" as const,
        block_id: "token",
        label: { type: "plain_text" as const, text: "Token" },
        element: { type: "plain_text_input" as const, action_id: "value" },
      },
    ],
  };
}

function plainView(title: string) {
  return {
    type: "modal" as const,
    callback_id: "form",
    title: { type: "plain_text" as const, text: title },
    blocks: [{ type: "divider" as const }],
  };
}
