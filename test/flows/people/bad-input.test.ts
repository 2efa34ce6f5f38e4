import { Agent, request } from "undici";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../sandbox/slack/json.ts";
import type { DeliveryKind } from "../../../sandbox/slack/record.ts";
import { aFlow, acked, ask, type Flow, MODES, openForm, TOKEN, wordsOf } from "../flow.ts";

/** Whether the bot still does its work, and what Slack would not take of it so far. */
const healthOf = async ({ robin, slack }: Flow) => {
  const before = robin.ephemerals().length;
  expect(await robin.runCommand({ command: "/wa-token", text: "help" })).toEqual(acked);
  // Answers to what went before may still come in between.
  const answers = () => robin.ephemerals().slice(before);
  await slack.waitFor(() => answers().some(({ text }) => text.includes("/wa-token guide")));
  return { answers: true, rejections: slack.rejections() };
};

const WELL = { answers: true, rejections: [] };

const brokenListeners = ({ bot }: Flow): readonly string[] =>
  bot.logLines().filter((line) => line.includes("a request from Slack failed"));

/** Slack gives up after this; what is no request at all is never acknowledged. Enough for a bot on a busy machine. */
const impatient = { slack: { ackWithinMs: 2_000 } };

/** Brings all of it at once. */
const deliverAll = async ({ slack }: Flow, kind: DeliveryKind, payloads: readonly JsonObject[]): Promise<void> => {
  await Promise.all(payloads.map((payload) => slack.raw.deliver(kind, payload)));
};

const without = (payload: JsonObject, field: string): JsonObject =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => key !== field));

const aCommand = ({ slack, robin }: Flow, text: string): JsonObject =>
  slack.raw.commandFields(robin, { command: "/wa-token", text });

/** A press of a button as Slack would send it, by default one that nobody knows. */
const aPress = (flow: Flow, fields: JsonObject = {}): JsonObject => {
  const { slack, robin } = flow;
  const { trigger_id: triggerId, response_url: responseUrl } = aCommand(flow, "");
  return {
    type: "block_actions",
    api_app_id: slack.appId,
    team: { id: slack.teamId, domain: "sandbox" },
    user: { id: robin.id, username: "robin", name: "robin", team_id: slack.teamId },
    container: { type: "message", message_ts: "1.1", channel_id: slack.channelId("general"), is_ephemeral: true },
    channel: { id: slack.channelId("general"), name: "general" },
    trigger_id: triggerId,
    response_url: responseUrl,
    actions: [{ type: "button", action_id: "nobody.knows", block_id: "b", value: "v", action_ts: "1.1" }],
    ...fields,
  };
};

/** The submission that the last form brought, as Slack sent it. */
const aSubmission = async (flow: Flow): Promise<JsonObject> => {
  await openForm(flow, flow.robin);
  await flow.robin.type(TOKEN, "EAAshort");
  await flow.robin.submit();
  const delivery = flow.slack.deliveries().findLast(({ payload }) => payload["type"] === "view_submission");
  if (delivery === undefined) throw new Error("Nothing was submitted.");
  return delivery.payload;
};

describe.each(MODES)("strange requests over %s", (mode) => {
  it("survives commands that lack a field", async () => {
    const flow = await aFlow({ mode, ...impatient });
    const lacking = ["guide", "check", "status", "help"].flatMap((text) =>
      Object.keys(aCommand(flow, text)).map((field) => without(aCommand(flow, text), field)),
    );
    await deliverAll(flow, "slash_commands", [...lacking, {}]);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("survives presses that lack a field", async () => {
    const flow = await aFlow({ mode, ...impatient });
    const presses = ["guide.next", "guide.beside", "check.open", "check.another", "nobody.knows"].flatMap((id) => {
      const action = { type: "button", action_id: id, block_id: "b", value: "step-1", action_ts: "1.1" };
      // Each with a response_url of its own, which can be used five times only.
      const press = (fields: JsonObject = {}) => aPress(flow, { actions: [action], ...fields });
      return [
        ...Object.keys(press()).map((field) => without(press(), field)),
        ...Object.keys(action).map((field) => press({ actions: [without(action, field)] })),
        press({ actions: [] }),
        press({ user: "robin", team: null }),
      ];
    });
    await deliverAll(flow, "interactive", presses);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("survives forms that lack a field", async () => {
    const flow = await aFlow({ mode, ...impatient });
    const submission = await aSubmission(flow);
    const views = [{}, null, { callback_id: "check.form" }, { callback_id: "check.form", state: { values: 7 } }];
    await deliverAll(flow, "interactive", [
      ...Object.keys(submission).map((field) => without(submission, field)),
      ...views.map((view) => ({ ...submission, view })),
    ]);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("answers an unknown form and an unknown button", async () => {
    const flow = await aFlow({ mode });
    const { slack, robin } = flow;
    expect(await slack.raw.deliver("interactive", aPress(flow))).toMatchObject({ kind: "acked" });
    const told = await slack.waitFor(() => robin.ephemerals()[0]);
    expect(told.text).toContain("older version");
    const submission = await aSubmission(flow);
    const strange = { ...submission, view: { id: "V1", callback_id: "old.form", state: { values: {} } } };
    expect(await slack.raw.deliver("interactive", strange)).toMatchObject({
      kind: "acked",
      payload: { response_action: "update" },
    });
    expect(brokenListeners(flow)).toEqual([]);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it.each([
    ["a word", `guide ${"long ".repeat(20_000)}`],
    ["a name", `status ${"x-".repeat(50_000)}`],
    ["nonsense", "🦄".repeat(25_000)],
  ])("survives 100 kB of text: %s", async (_what, text) => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, text);
    expect(answer.text.length).toBeLessThan(40_000);
    expect(brokenListeners(flow)).toEqual([]);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("answers 100 kB in the token field with a field error", async () => {
    const flow = await aFlow({ mode });
    const submission = await aSubmission(flow);
    const long = JSON.parse(JSON.stringify(submission).replaceAll("EAAshort", `EAA${"b1".repeat(50_000)}`));
    expect(await flow.slack.raw.deliver("interactive", long)).toMatchObject({
      payload: { response_action: "errors", errors: expect.anything() },
    });
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it.each(["guide שלום עולם", "status ‮evil‬", "check 🦄 <!channel> <@U0SANDBOX1> & *bold*", "‏ guide 🦄"])(
    "shows foreign text as text: %s",
    async (text) => {
      const flow = await aFlow({ mode });
      const answer = await ask(flow, flow.robin, text);
      expect(JSON.stringify([answer.text, answer.blocks])).not.toMatch(/<!channel>|<@U/);
      expect(brokenListeners(flow)).toEqual([]);
      expect(await healthOf(flow)).toEqual(WELL);
    },
  );

  it.each([
    ["emoji", "🦄".repeat(60)],
    ["Hebrew", "ש".repeat(60)],
    ["marks of direction", `EAA${"\u202e".repeat(100)}`],
  ])("answers %s in the token field with a sentence", async (_what, typed) => {
    const flow = await aFlow({ mode });
    const { robin, slack } = flow;
    await openForm(flow, robin);
    await robin.type(TOKEN, typed);
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    await slack.waitFor(
      () => Object.keys(robin.modal()?.errors ?? {}).length > 0 || robin.modal()?.title === "Check result",
    );
    expect(wordsOf(robin.modal()?.blocks)).not.toMatch(/Healthy/);
    expect(brokenListeners(flow)).toEqual([]);
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("is safe after a replayed request: buttons do no harm, and a used trigger opens nothing", async () => {
    const flow = await aFlow({ mode });
    const { slack, robin } = flow;
    await openForm(flow, robin);
    const answer = await ask(flow, robin, "guide");
    expect(await robin.click({ text: "Walk step by step" }, { in: answer })).toEqual(acked);
    await slack.waitFor(() => slack.calls("response_url").length === 2);
    for (const { kind, payload } of slack.deliveries().slice())
      expect(await slack.raw.deliver(kind, payload)).toMatchObject({ kind: "acked" });
    await slack.waitFor(() => slack.calls("views.open").length === 2);
    expect(robin.modal()?.depth).toBe(1);
    expect(brokenListeners(flow)).toEqual([]);
    expect((await ask(flow, robin, "help")).text).toContain("/wa-token guide");
  });

  it("refuses a form from a person of another workspace", async () => {
    const flow = await aFlow({ mode });
    const { guest, slack, graph } = flow;
    const submission = await aSubmission(flow);
    graph.forgetCalls();
    const foreign = { ...submission, user: { id: guest.id, team_id: guest.teamId }, team: { id: guest.teamId } };
    const answer = await slack.raw.deliver("interactive", foreign);
    expect(JSON.stringify(answer)).toContain("Only people of the workspace that installed this bot");
    expect(graph.calls()).toEqual([]);
  });

  it("opens nothing for a trigger that is too old", async () => {
    const flow = await aFlow({ mode });
    const { slack, robin } = flow;
    const fields = aCommand(flow, "check");
    slack.expireTriggers();
    expect(await slack.raw.deliver("slash_commands", fields)).toMatchObject({ kind: "acked" });
    const told = await slack.waitFor(() => robin.ephemerals()[0]);
    expect(told.text).toContain("did not open the form in time");
    expect(brokenListeners(flow)).toEqual([]);
  });
});

describe("requests that are not from Slack", () => {
  const form = (fields: JsonObject): string =>
    new URLSearchParams(
      Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();

  it.each([
    ["a forged signature", { signature: `v0=${"0".repeat(64)}` }],
    ["no signature", { headers: { "x-slack-signature": "" } }],
    ["a signature that is not one", { signature: "nonsense" }],
    ["no timestamp", { headers: { "x-slack-request-timestamp": "" } }],
    ["a timestamp of six minutes ago", { timestampSeconds: Math.floor(Date.now() / 1000) - 360 }],
    ["a timestamp that is no number", { headers: { "x-slack-request-timestamp": "soon" } }],
  ])("are refused: %s", async (_what, options) => {
    const flow = await aFlow({ mode: "http" });
    const { slack } = flow;
    const reply = await slack.raw.post(form(aCommand(flow, "status")), options);
    expect(reply.status).toBe(401);
    expect(await healthOf(flow)).toEqual(WELL);
    expect(flow.robin.ephemerals()).toHaveLength(1);
  });

  it("do no harm when they have a valid signature and no meaning", async () => {
    const flow = await aFlow({ mode: "http" });
    const formType = "application/x-www-form-urlencoded";
    const requests: readonly (readonly [string, string])[] = [
      ["", formType],
      ["\u0000\u0001\u0002", "application/octet-stream"],
      ['{"type":', "application/json"],
      ["payload=%7B", formType],
      ["payload=7", formType],
      ["{}", "application/json"],
      ['{"__proto__":{"command":"/wa-token"}}', "application/json"],
    ];
    const send = async ([body, contentType]: readonly [string, string]) => flow.slack.raw.post(body, { contentType });
    for (const reply of await Promise.all(requests.map(send))) {
      expect([400, 401, 404]).toContain(reply.status);
      expect(reply.body).toBe("");
    }
    expect(await healthOf(flow)).toEqual(WELL);
  });

  it("are refused when they are larger than any request of Slack", async () => {
    const flow = await aFlow({ mode: "http" });
    const agent = new Agent();
    const url = `http://127.0.0.1:${flow.config.slack.port}/slack/events`;
    const reply = await request(url, { method: "POST", body: "x".repeat(2_000_000), dispatcher: agent });
    expect(reply.statusCode).toBe(413);
    await agent.destroy();
    expect(await healthOf(flow)).toEqual(WELL);
    // The rest of such a body must not hold up the end.
    const began = performance.now();
    await flow.bot.stop();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("answers Slack's check of the certificate", async () => {
    const flow = await aFlow({ mode: "http" });
    expect(await flow.slack.raw.post("ssl_check=1&token=x")).toMatchObject({ status: 200 });
    expect(await healthOf(flow)).toEqual(WELL);
  });
});
