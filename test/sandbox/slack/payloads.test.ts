import { expect, it, onTestFinished } from "vitest";
import { startHttpBot } from "./bolt-app.ts";
import { clientOf, openWorkspace } from "./open-workspace.ts";

const elements = [
  {
    type: "button" as const,
    action_id: "walk",
    value: "42",
    text: { type: "plain_text" as const, text: "Next" },
    confirm: {
      title: { type: "plain_text" as const, text: "Sure?" },
      text: { type: "plain_text" as const, text: "Really" },
      confirm: { type: "plain_text" as const, text: "Yes" },
      deny: { type: "plain_text" as const, text: "No" },
    },
  },
];

async function workspaceWithMessage() {
  const workspace = await openWorkspace();
  const bot = await startHttpBot(workspace);
  onTestFinished(bot.stop);
  const channel = workspace.channelId("general");
  await clientOf(workspace).chat.postMessage({ channel, text: "hi", blocks: [{ type: "actions", elements }] });
  const message = workspace.person("robin").channelMessages("general")[0];
  if (message === undefined) throw new Error("The message was not posted.");
  return { workspace, channel, message };
}

it("a command has the documented fields", async () => {
  const workspace = await openWorkspace();
  const robin = workspace.person("robin");
  expect(workspace.raw.commandFields(robin, { command: "/wa-token", text: "guide x", channel: "dm" })).toEqual({
    token: expect.any(String),
    team_id: workspace.teamId,
    team_domain: "sandbox",
    channel_id: expect.stringMatching(/^D/),
    channel_name: "directmessage",
    user_id: robin.id,
    user_name: "robin",
    command: "/wa-token",
    text: "guide x",
    api_app_id: workspace.appId,
    is_enterprise_install: "false",
    response_url: expect.stringContaining(`${workspace.url}/commands/`),
    trigger_id: expect.any(String),
  });
});

it("a button in a channel message sends the message, its place and the action", async () => {
  const { workspace, channel, message } = await workspaceWithMessage();
  await workspace.person("robin").click({ text: "Next" }, { in: message });
  expect(workspace.deliveries()[0]?.payload).toMatchObject({
    type: "block_actions",
    user: { id: workspace.person("robin").id, team_id: workspace.teamId },
    team: { id: workspace.teamId },
    container: { type: "message", message_ts: message.ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: "general" },
    message: { ts: message.ts, text: "hi", bot_id: expect.any(String) },
    state: { values: {} },
    response_url: expect.any(String),
    trigger_id: expect.any(String),
    actions: [{ type: "button", action_id: "walk", block_id: expect.any(String), value: "42" }],
  });
  await workspace.waitFor(() => workspace.person("sam").channelMessages("general")[0]?.text === "next");
});

it("an outsider's click names the outsider's team", async () => {
  const { workspace, message } = await workspaceWithMessage();
  const guest = workspace.person("guest");
  await guest.click("walk", { in: message });
  expect(workspace.deliveries()[0]?.payload).toMatchObject({
    team: { id: guest.teamId, domain: "partner" },
    user: { id: guest.id, team_id: guest.teamId },
  });
});

it("a denied confirm dialog sends nothing", async () => {
  const { workspace, message } = await workspaceWithMessage();
  const outcome = await workspace.person("robin").click("walk", { in: message, confirm: false });
  expect(outcome).toMatchObject({ kind: "not_sent" });
  expect(workspace.deliveries()).toEqual([]);
});
