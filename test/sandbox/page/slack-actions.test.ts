import { describe, expect, it } from "vitest";
import type { MessageView, SlackSnapshot } from "../../../sandbox/page/protocol/slack-snapshot.ts";
import { asObjects } from "../../../sandbox/slack/json.ts";
import { openPage } from "./open-page.ts";

const messagesIn = ({ conversations }: SlackSnapshot, name: string): readonly MessageView[] =>
  conversations.find((conversation) => conversation.name === name)?.messages ?? [];

const actionId = (block: Readonly<Record<string, unknown>> | undefined, index: number): string =>
  String(asObjects(block?.["elements"])[index]?.["action_id"]);

describe("an action of a person on the page", () => {
  it("reaches the real bot, and only that person sees the answer", async () => {
    const page = await openPage();
    const { robin, guest, post, until } = page;
    const channel = page.world.slack.channelId("general");
    expect(await post("/api/command", { as: robin, channel, text: "guide" })).toEqual({
      status: 200,
      result: { ok: true, problem: null },
    });
    const guide = await until(robin, (slack) => messagesIn(slack, "general")[0]);
    expect(guide).toMatchObject({ onlyYou: true, edited: false, author: page.world.slack.botUserId });
    expect(messagesIn(page.see(guest), "general")).toEqual([]);

    const walk = guide.blocks.find((block) => block["type"] === "actions");
    const press = {
      place: { kind: "message", channel, ts: guide.ts },
      blockId: String(walk?.["block_id"]),
      actionId: actionId(walk, 0),
      fields: [],
    };
    expect((await post("/api/action", { ...press, as: guest })).status).toBe(409);
    expect((await post("/api/action", { ...press, as: robin })).result.ok).toBe(true);
    await until(robin, (slack) => messagesIn(slack, "general")[0]?.edited === true);
    // The pressed button no longer exists. A button that is still there, in a block with a new id, can be pressed.
    const next = { ...press, as: robin, blockId: "older", actionId: "guide.next" };
    expect((await post("/api/action", next)).result).toEqual({ ok: true, problem: null });
    expect(await post("/api/action", { ...press, as: robin })).toEqual({
      status: 409,
      result: { ok: false, problem: "This has changed in the meantime. Try again." },
    });
  });

  it("fills in and submits a modal: field errors first, then the result", async () => {
    const page = await openPage();
    const { robin, guest, post, until } = page;
    await post("/api/command", { as: robin, channel: page.world.slack.channelId("general"), text: "check" });
    const form = await until(robin, ({ modal }) => modal ?? undefined);
    expect(form).toMatchObject({ title: "Check a token", submit: "Check", depth: 1 });
    expect(page.see(guest).modal).toBeNull();
    const [watch = "", token = ""] = Object.keys(form.values);
    const field = (id: string, value: string | readonly string[]) => ({ blockId: id, actionId: id, value });

    await post("/api/submit", { as: robin, viewId: form.id, fields: [field(token, "short")] });
    expect(page.see(robin).modal?.errors).toEqual({ [token]: expect.stringContaining("too short") });

    await post("/api/fill", { as: robin, viewId: form.id, fields: [field(token, ""), field(watch, "orders-prod")] });
    expect(page.see(robin).modal?.values[watch]?.[watch]).toMatchObject({ selected_option: { value: "orders-prod" } });
    await post("/api/fill", { as: robin, viewId: form.id, fields: [field(watch, [])] });
    expect(page.see(robin).modal?.values[watch]?.[watch]).toMatchObject({ selected_option: null });

    const submitted = { as: robin, viewId: form.id, fields: [field(token, ""), field(watch, "orders-prod")] };
    expect((await post("/api/submit", submitted)).result).toEqual({ ok: true, problem: null });
    const result = await until(robin, ({ modal }) => modal?.title === "Check result" && modal);
    expect(result).toMatchObject({ id: form.id, submit: null });
    expect(result.hash).not.toBe(form.hash);
    expect((await post("/api/close", { as: guest, viewId: form.id, all: true })).status).toBe(409);
    expect((await post("/api/close", { as: robin, viewId: form.id, all: true })).status).toBe(200);
    expect(page.see(robin).modal).toBeNull();
    expect((await post("/api/submit", submitted)).status).toBe(409);
    // The last values of a closed form are no problem to report.
    expect((await post("/api/fill", submitted)).result).toEqual({ ok: true, problem: null });
  });

  it("sends no action while it fills in a form, even next to a select that would", async () => {
    const page = await openPage();
    const { robin, post, until } = page;
    await post("/api/command", {
      as: robin,
      channel: page.world.slack.channelId("general"),
      text: "check support-prod",
    });
    const form = await until(robin, ({ modal }) => modal ?? undefined);
    await post("/api/submit", { as: robin, viewId: form.id, fields: [] });
    const result = await until(robin, ({ modal }) => modal?.title === "Check result" && modal);
    const actions = result.blocks.find((block) => block["type"] === "actions");
    const before = page.world.slack.deliveries().length;
    const fields = [{ blockId: String(actions?.["block_id"]), actionId: actionId(actions, 0), value: "x" }];
    expect((await post("/api/fill", { as: robin, viewId: form.id, fields })).status).toBe(200);
    expect(page.world.slack.deliveries()).toHaveLength(before);
  });

  it("refuses the command and private channels to an outsider", async () => {
    const page = await openPage();
    const { robin, guest, post } = page;
    const alerts = page.world.slack.channelId("wa-alerts");
    expect(messagesIn(page.see(robin), "wa-alerts")).toHaveLength(4);
    expect(page.see(guest).conversations.map(({ name }) => name)).toEqual(["general", "wa-token"]);
    expect(JSON.stringify(page.see(guest))).not.toContain("support-prod");
    expect((await post("/api/command", { as: guest, channel: alerts, text: "status" })).result).toEqual({
      ok: false,
      problem: "You are not in this channel.",
    });
    expect(
      (await post("/api/command", { as: guest, channel: page.world.slack.channelId("general"), text: "status" }))
        .result,
    ).toEqual({
      ok: false,
      problem: "Only people of the workspace with the app can use its command.",
    });
    expect((await post("/api/command", { as: "U0NOBODY", channel: alerts, text: "status" })).status).toBe(404);
    expect(page.world.slack.deliveries()).toEqual([]);
  });

  it("shows Slack's error when the bot is unreachable, and refused requests", async () => {
    const page = await openPage();
    const { robin, post } = page;
    const channel = page.world.slack.channelId("general");
    const view = { type: "modal", title: { type: "plain_text", text: "x".repeat(30) }, blocks: [] };
    expect(page.see(robin)).toMatchObject({ notices: [], refusals: [] });
    await fetch(`${page.world.slack.apiUrl}views.open`, {
      method: "POST",
      headers: { authorization: `Bearer ${page.world.slack.botToken}`, "content-type": "application/json" },
      body: JSON.stringify({ trigger_id: "1.1", view }),
    });
    expect(page.see(robin).refusals).toMatchObject([{ method: "views.open", error: "invalid_arguments" }]);
    await page.world.slack.goAway();
    expect((await post("/api/command", { as: robin, channel, text: "help" })).result).toEqual({
      ok: false,
      problem: null,
    });
    expect(page.see(robin).notices).toMatchObject([{ text: "That failed because the app did not respond." }]);
  });
});
