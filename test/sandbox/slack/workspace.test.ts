import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClock } from "../../../sandbox/clock.ts";
import { openSlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { startHttpBot, startSocketBot } from "./bolt-app.ts";
import type { TinyBot } from "./bolt-app.ts";

let workspace: SlackWorkspace;
let bot: TinyBot;

describe.each([
  { mode: "Socket Mode", start: startSocketBot, via: "socket" },
  { mode: "signed HTTP", start: startHttpBot, via: "http" },
])("a Bolt app over $mode", ({ start, via }) => {
  beforeEach(async () => {
    workspace = await openSlackWorkspace({ clock: createClock(new Date("2026-11-22T08:00:00Z")) });
    bot = await start(workspace);
  });
  afterEach(async () => {
    await bot.stop();
    await workspace.close();
  });

  it("answers a command with an ephemeral message that only its sender sees", async () => {
    const robin = workspace.person("robin");
    expect(await robin.runCommand({ command: "/wa-token", text: "hi" })).toEqual({ kind: "acked", answer: undefined });
    const [message] = await workspace.waitFor(() => robin.ephemerals().length > 0 && robin.ephemerals());
    expect(message).toMatchObject({ text: "hello", channel: workspace.channelId("general"), onlyFor: robin.id });
    expect(workspace.person("sam").ephemerals()).toEqual([]);
    expect(robin.channelMessages("general")).toEqual([]);
    expect(workspace.deliveries()[0]).toMatchObject({ via, kind: "slash_commands", answer: { kind: "acked" } });
  });

  it("replaces the same ephemeral answer when its button is pressed", async () => {
    const robin = workspace.person("robin");
    await robin.runCommand({ command: "/wa-token" });
    const first = await workspace.waitFor(() => robin.ephemerals()[0]);
    await robin.click("walk", { in: first });
    const second = await workspace.waitFor(() => robin.ephemerals().find((message) => message.text === "next"));
    expect(second).toMatchObject({ ts: first.ts, edits: 1 });
    expect(robin.ephemerals()).toHaveLength(1);
  });

  it("shows the typed command line to all when the answer is in channel", async () => {
    await workspace.person("robin").runCommand({ command: "/wa-token", text: "public" });
    const sam = workspace.person("sam");
    const texts = await workspace.waitFor(
      () => sam.channelMessages("general").length === 2 && sam.channelMessages("general"),
    );
    expect(texts.map((message) => message.text)).toEqual(["/wa-token public", "for everyone"]);
  });

  it("shows an answer in the acknowledgement of a command", async () => {
    const robin = workspace.person("robin");
    const outcome = await robin.runCommand({ command: "/wa-token", text: "in the ack" });
    expect(outcome).toEqual({ kind: "acked", answer: { text: "said in the ack" } });
    expect(robin.ephemerals().map((message) => message.text)).toEqual(["said in the ack"]);
  });

  it("opens a modal, accepts the form, shows the waiting view and then the result", async () => {
    const robin = workspace.person("robin");
    await robin.runCommand({ command: "/wa-token", text: "open" });
    await workspace.waitFor(() => robin.modal());
    await robin.type("value", "something");
    expect(robin.modal()?.values["token"]?.["value"]).toEqual({ type: "plain_text_input", value: "something" });
    const outcome = await robin.submit();
    expect(outcome).toMatchObject({ kind: "acked", answer: { response_action: "update" } });
    await workspace.waitFor(() => robin.modal()?.title === "Healthy");
    expect(workspace.rejections()).toEqual([]);
  });

  it("shows field errors and keeps the form", async () => {
    const robin = workspace.person("robin");
    await robin.runCommand({ command: "/wa-token", text: "open" });
    await workspace.waitFor(() => robin.modal());
    expect(await robin.submit()).toMatchObject({ kind: "not_sent", errors: { token: expect.any(String) } });
    await robin.type({ blockId: "token" }, "wrong");
    await robin.submit();
    expect(robin.modal()).toMatchObject({ title: "Check", errors: { token: "That is not it." } });
  });

  it("rejects an acknowledgement that Slack could not show, and the person sees it", async () => {
    const robin = workspace.person("robin");
    await robin.runCommand({ command: "/wa-token", text: "open" });
    await workspace.waitFor(() => robin.modal());
    await robin.type("value", "bad ack");
    expect(await robin.submit()).toMatchObject({
      kind: "rejected",
      messages: [expect.stringContaining("[json-pointer:/view/title/text]")],
    });
    expect(workspace.rejections()).toMatchObject([{ source: "ack", error: "invalid_arguments" }]);
    expect(robin.notices()).toHaveLength(1);
  });

  it("tells the app when the modal is closed, and a later update finds nothing", async () => {
    const robin = workspace.person("robin");
    await robin.runCommand({ command: "/wa-token", text: "open" });
    const { id } = await workspace.waitFor(() => robin.modal());
    expect(await robin.closeModal()).toEqual({ kind: "acked", answer: undefined });
    expect(workspace.deliveries().at(-1)?.payload).toMatchObject({ type: "view_closed", is_cleared: false });
    const view = { type: "modal" as const, title: { type: "plain_text" as const, text: "Late" }, blocks: [] };
    await expect(bot.app.client.views.update({ view_id: id, view })).rejects.toMatchObject({
      data: { error: "not_found" },
    });
  });

  it("publishes a Home tab when it is opened", async () => {
    const robin = workspace.person("robin");
    await robin.homeOpened();
    const home = await workspace.waitFor(() => robin.home());
    expect(home.blocks).toHaveLength(1);
    expect(workspace.person("sam").home()).toBeUndefined();
  });

  it("posts a DM to a person by user id", async () => {
    const robin = workspace.person("robin");
    const posted = await bot.app.client.chat.postMessage({ channel: robin.id, text: "for you" });
    expect(robin.dms()).toMatchObject([{ text: "for you", ts: posted.ts, channel: posted.channel }]);
    expect(workspace.person("sam").dms()).toEqual([]);
  });
});
