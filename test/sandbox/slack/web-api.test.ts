import { describe, expect, it } from "vitest";
import { clientOf, openWorkspace } from "./open-workspace.ts";

describe("tokens", () => {
  it("accepts only the app's two tokens, each for its own methods", async () => {
    const workspace = await openWorkspace();
    expect(await clientOf(workspace).auth.test()).toMatchObject({
      team_id: workspace.teamId,
      user_id: workspace.botUserId,
      response_metadata: { scopes: ["commands", "chat:write"] },
    });
    await expect(clientOf(workspace, "xoxb-other").auth.test()).rejects.toThrow("invalid_auth");
    await expect(clientOf(workspace, "sandbox-admin-inside").auth.test()).rejects.toThrow("invalid_auth");
    await expect(clientOf(workspace, "").auth.test()).rejects.toThrow("not_authed");
    await expect(clientOf(workspace).apps.connections.open()).rejects.toThrow("not_allowed_token_type");
    const opened = await clientOf(workspace, workspace.appToken).apps.connections.open();
    expect(opened.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link\//);
    expect(workspace.calls().map((call) => call.token)).toEqual(["bot", "unknown", "unknown", "none", "bot", "app"]);
  });

  it.each(["token_revoked", "account_inactive"] as const)("can be %s", async (state) => {
    const workspace = await openWorkspace();
    workspace.setTokens({ bot: state });
    await expect(clientOf(workspace).auth.test()).rejects.toThrow(state);
    workspace.setTokens({ bot: "ok" });
    expect((await clientOf(workspace).auth.test()).ok).toBe(true);
  });

  it("enforces scopes", async () => {
    const workspace = await openWorkspace({ scopes: ["commands"] });
    await expect(clientOf(workspace).chat.postMessage({ channel: "general", text: "x" })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "chat:write" },
    });
  });
});

describe("channels", () => {
  it.each([
    ["ops-private", "channel_not_found"],
    ["old-alerts", "is_archived"],
    ["C0NOSUCHCHANNEL", "channel_not_found"],
  ])("%s answers %s", async (channel, error) => {
    const workspace = await openWorkspace();
    await expect(clientOf(workspace).chat.postMessage({ channel, text: "x" })).rejects.toThrow(error);
    expect(workspace.rejections()).toEqual([]);
  });

  it("refuses a public channel without the bot, unless the bot may post everywhere", async () => {
    const channels = [{ name: "quiet", botIsMember: false }];
    const workspace = await openWorkspace({ channels });
    const message = { channel: workspace.channelId("quiet"), text: "x" };
    await expect(clientOf(workspace).chat.postMessage(message)).rejects.toThrow("not_in_channel");
    await workspace.setChannel("quiet", { botIsMember: true });
    expect((await clientOf(workspace).chat.postMessage(message)).ok).toBe(true);
    await workspace.setChannel("quiet", { archived: true, botIsMember: true });
    await expect(clientOf(workspace).chat.postMessage(message)).rejects.toThrow("is_archived");

    const everywhere = await openWorkspace({ channels, scopes: ["chat:write", "chat:write.public"] });
    const posted = await clientOf(everywhere).chat.postMessage({ channel: everywhere.channelId("quiet"), text: "x" });
    expect(posted.ok).toBe(true);
  });

  it("shows an outsider only the shared channels", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    await client.chat.postMessage({ channel: "general", text: "for both" });
    await client.chat.postMessage({ channel: "wa-alerts", text: "for us" });
    const guest = workspace.person("guest");
    expect(guest.channelMessages("general")).toHaveLength(1);
    expect(guest.channelMessages("wa-alerts")).toEqual([]);
    expect(guest.teamId).not.toBe(workspace.teamId);
    expect(await guest.runCommand({ command: "/wa-token" })).toMatchObject({ kind: "not_sent" });
  });
});

describe("messages", () => {
  it("can be edited, answered in a thread, linked and deleted", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const robin = workspace.person("robin");
    const channel = workspace.channelId("wa-alerts");
    const { ts = "" } = await client.chat.postMessage({ channel, text: "ailing", blocks: [{ type: "divider" }] });
    await client.chat.update({ channel, ts, text: "fixed" });
    await client.chat.postMessage({ channel, thread_ts: ts, text: "quiet reply" });
    await client.chat.postMessage({ channel, thread_ts: ts, reply_broadcast: true, text: "loud reply" });
    expect(robin.channelMessages("wa-alerts").map((message) => message.text)).toEqual(["fixed", "loud reply"]);
    expect(robin.thread("wa-alerts", ts).map((message) => message.text)).toEqual([
      "fixed",
      "quiet reply",
      "loud reply",
    ]);
    expect(robin.channelMessages("wa-alerts")[0]).toMatchObject({ edits: 1, blocks: [] });
    const link = await client.chat.getPermalink({ channel, message_ts: ts });
    expect(link.permalink).toBe(`${workspace.url}/archives/${channel}/p${ts.replace(".", "")}`);
    await client.chat.delete({ channel, ts });
    expect(robin.channelMessages("wa-alerts").map((message) => message.text)).toEqual(["loud reply"]);
  });

  it("with bad blocks are refused with a pointer, and recorded", async () => {
    const workspace = await openWorkspace();
    const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];
    const pointer = "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]";
    await expect(clientOf(workspace).chat.postMessage({ channel: "general", text: "x", blocks })).rejects.toMatchObject(
      {
        data: { error: "invalid_blocks", response_metadata: { messages: [pointer] } },
      },
    );
    expect(workspace.rejections()).toMatchObject([
      { source: "api", method: "chat.postMessage", error: "invalid_blocks", messages: [pointer] },
    ]);
    expect(workspace.person("robin").channelMessages("general")).toEqual([]);
  });

  it("can be visible to one person only, if that person is in the channel", async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const [robin, guest] = [workspace.person("robin"), workspace.person("guest")];
    const channel = workspace.channelId("wa-alerts");
    await client.chat.postEphemeral({ channel, user: robin.id, text: "psst" });
    expect(robin.ephemerals()).toMatchObject([{ text: "psst", channel }]);
    await expect(client.chat.postEphemeral({ channel, user: guest.id, text: "psst" })).rejects.toThrow(
      "user_not_in_channel",
    );
  });

  it("keeps the arguments, with parsed blocks", async () => {
    const workspace = await openWorkspace();
    await clientOf(workspace).chat.postMessage({ channel: "general", text: "x", blocks: [{ type: "divider" }] });
    expect(workspace.calls("chat.postMessage")).toMatchObject([
      { args: { text: "x", blocks: [{ type: "divider" }] }, status: 200, response: { ok: true } },
    ]);
    await expect(clientOf(workspace).apiCall("no.such.method")).rejects.toThrow("unknown_method");
  });
});
