import { describe, expect, it } from "vitest";
import { fakeToken } from "../../../sandbox/fake-token.ts";
import { demoIds } from "../../../sandbox/graph/tokens/demo-tokens.ts";
import {
  aFlow,
  acked,
  ask,
  checkResult,
  type Flow,
  headerOf,
  MINUTE,
  MODES,
  openForm,
  SECOND,
  TOKEN,
  WATCH,
  wordsOf,
} from "../flow.ts";

const checkTyped = async (flow: Flow, token: string, person = flow.robin) => {
  await openForm(flow, person);
  await person.type(TOKEN, token);
  return checkResult(flow, person);
};

const checkDeployed = async (flow: Flow, watch = "default") => {
  await openForm(flow, flow.robin, watch);
  return checkResult(flow, flow.robin);
};

const PHONE = { actionId: /^check\.phone\./ };

/** Presses "Test its reach" and waits for the form with fields for ids. */
const askForIds = async ({ robin, slack }: Flow): Promise<void> => {
  expect(await robin.click({ actionId: "check.ids" })).toEqual(acked);
  await slack.waitFor(() => JSON.stringify(robin.modal()?.blocks ?? []).includes("check.phone."));
};

/** Every view the bot ever sent, in calls and in acknowledgements. */
const sentViews = ({ slack }: Flow): string =>
  JSON.stringify([slack.calls().map(({ args }) => args), slack.deliveries().map(({ answer }) => answer)]);

describe.each(MODES)("the check over %s", (mode) => {
  it("opens a private form before any call to Graph", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack, graph } = flow;
    graph.forgetCalls();
    const before = slack.calls().length;
    const form = await openForm(flow, robin);
    await slack.waitFor(() => slack.calls("views.open").length > 0);
    expect(slack.calls()[before]?.method).toBe("views.open");
    expect(wordsOf(form.blocks)).toContain("Slack can see what you paste");
    expect(graph.calls()).toEqual([]);
    expect(flow.sam.modal()).toBeUndefined();
    expect(slack.rejections()).toEqual([]);
  });

  it.each([
    ["a quote at one end", `"${fakeToken("quoted")}`],
    ["JSON", JSON.stringify({ token: fakeToken("json") })],
    ["a reference", "{{resolve:secretsmanager:whatsapp-cloud-api-token:SecretString:::}}"],
    ["a masked token", `${fakeToken("masked", 60)}****`],
    ["a space inside", `${fakeToken("half", 60)} ${fakeToken("other", 60)}`],
    ["an Instagram token", `IGAA${"x".repeat(80)}`],
    ["a Threads token", `THAA${"x".repeat(80)}`],
    ["an app token", `1000000000042|${"y".repeat(60)}`],
    ["an id", "100000000002001"],
    ["something short", "EAAshort"],
  ])("answers %s with a field error and without a call", async (_what, typed) => {
    const flow = await aFlow({ mode });
    const { robin, graph } = flow;
    const form = await openForm(flow, robin);
    graph.forgetCalls();
    await robin.type(TOKEN, typed);
    expect(await robin.submit()).toMatchObject({ kind: "acked", answer: { response_action: "errors" } });
    const [[block, message] = []] = Object.entries(robin.modal()?.errors ?? {});
    expect(block).toMatch(/^check\.token\./);
    expect(message?.length).toBeGreaterThan(10);
    expect(message).not.toContain(typed);
    expect(robin.modal()?.id).toBe(form.id);
    expect(graph.calls()).toEqual([]);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("answers an empty form with a field error", async () => {
    const flow = await aFlow({
      mode,
      watchlist: (source) =>
        `watches:\n  - { name: orders, source: "${source("a")}" }\n  - { name: support, source: "${source("b")}" }`,
    });
    await openForm(flow, flow.robin);
    await flow.robin.submit();
    expect(Object.values(flow.robin.modal()?.errors ?? {})).toEqual(["Pick a watched token or paste a token."]);
  });

  it("checks a copied line without its name and quotes, and says so", async () => {
    const flow = await aFlow({ mode });
    const { blocks } = await checkTyped(flow, `WHATSAPP_ACCESS_TOKEN="${flow.tokens.never}"`);
    expect(headerOf(blocks)).toMatch(/^\S+ Healthy/);
    expect(wordsOf(blocks)).toContain("Removed before the check: the name with its equals sign and quotation marks.");
    expect(sentViews(flow)).not.toContain(flow.tokens.never.slice(0, 20));
  });

  it("checks a single watch without a choice", async () => {
    const flow = await aFlow({ mode });
    await openForm(flow, flow.robin);
    expect(wordsOf((await checkResult(flow, flow.robin)).blocks)).toContain("The deployed token of `default`");
  });

  it("shows that it is checking before Graph has answered", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack, graph, tokens } = flow;
    graph.faults.add({ kind: "slow", delayMs: 50, path: "/debug_token" });
    await openForm(flow, robin);
    await robin.type(TOKEN, tokens.never);
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    expect(wordsOf(robin.modal()?.blocks)).toContain("Checking…");
    await slack.waitFor(() => robin.modal()?.title === "Check result");
    expect(slack.rejections()).toEqual([]);
  });

  it("says the state of every kind of token in the header", async () => {
    const flow = await aFlow({ mode });
    const { tokens, graph, slack, robin, sam } = flow;
    const ended = graph.issueToken({ label: "ended" });
    graph.expire(ended);
    const revoked = graph.issueToken({ label: "revoked" });
    graph.revoke(revoked);
    const cases: readonly (readonly [string, string, string])[] = [
      [tokens.never, "Healthy", "never"],
      [tokens.sixtyDay, "Expiring", "in 5 days"],
      [tokens.apiSetup, "Expiring", "This is a temporary token"],
      [tokens.noMessaging, "Degraded", "whatsapp_business_messaging"],
      [tokens.otherApp, "Degraded", "app"],
      [tokens.unassigned, "Degraded", "100000000002001"],
      [ended, "Expired", "code 190/463"],
      [revoked, "Revoked", "code 190/466"],
      [fakeToken("nobody's"), "Invalid", "code 190"],
    ];
    for (const [index, [token, state, words]] of cases.entries()) {
      // Five checks a minute each.
      const person = index < 5 ? robin : sam;
      const result = await checkTyped(flow, token, person);
      expect(headerOf(result.blocks)).toMatch(new RegExp(`^\\S+ ${state}: `));
      expect(wordsOf(result.blocks)).toContain(words);
      expect(wordsOf(result.blocks)).toMatch(/Evidence: GET \/\w+, HTTP \d+/);
      expect(wordsOf(result.blocks)).toContain(token.slice(-8));
      await person.closeModal({ all: true });
    }
    expect(sentViews(flow)).not.toMatch(new RegExp(cases.map(([token]) => token.slice(0, 40)).join("|")));
    expect(slack.rejections()).toEqual([]);
  });

  it("says unknown, and nothing about the token, while Graph is away", async () => {
    const flow = await aFlow({ mode });
    await flow.graph.goAway();
    const result = await checkTyped(flow, flow.tokens.never);
    expect(headerOf(result.blocks)).toMatch(/^\S+ Unknown/);
    expect(wordsOf(result.blocks)).toContain("This says nothing about the token");
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("leads from a finding to its part of the guide on top of the result", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack, tokens } = flow;
    await checkTyped(flow, tokens.noMessaging);
    expect(await robin.click({ text: "Show me how" })).toEqual(acked);
    const topic = await slack.waitFor(() => (robin.modal()?.depth === 2 ? robin.modal() : undefined));
    expect(wordsOf(topic.blocks)).toContain("whatsapp_business_messaging");
    await robin.closeModal();
    expect(robin.modal()?.title).toBe("Check result");
    expect(slack.rejections()).toEqual([]);
  });

  it("starts again with new ids, so that no view keeps the typed token", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack, tokens } = flow;
    const form = await openForm(flow, robin);
    const again = flow.graph.issueToken({ label: "again" });
    await robin.type(TOKEN, again);
    const result = await checkResult(flow, robin);
    expect(JSON.stringify(result.values)).not.toContain(again);
    expect(await robin.click({ text: "Check another" })).toEqual(acked);
    const fresh = await slack.waitFor(() => (robin.modal()?.title === "Check a token" ? robin.modal() : undefined));
    const ids = (blocks: typeof form.blocks) => blocks.filter(({ type }) => type === "input").map((b) => b["block_id"]);
    expect(ids(fresh.blocks)).toHaveLength(ids(form.blocks).length);
    for (const id of ids(fresh.blocks)) expect(ids(form.blocks)).not.toContain(id);
    expect(JSON.stringify(fresh.view)).not.toContain(again);
    await robin.type(TOKEN, tokens.never);
    expect(headerOf((await checkResult(flow, robin)).blocks)).toMatch(/^\S+ Healthy/);
    expect(sentViews(flow)).not.toContain(again);
    expect(slack.rejections()).toEqual([]);
  });

  it("sends the result as a direct message when the form was closed meanwhile", async () => {
    const flow = await aFlow({ mode });
    const { robin, slack, graph, tokens } = flow;
    graph.faults.add({ kind: "slow", delayMs: 50, path: "/debug_token" });
    await openForm(flow, robin);
    await robin.type(TOKEN, tokens.never);
    await robin.submit();
    await robin.closeModal({ all: true });
    const message = await slack.waitFor(() => robin.dms()[0]);
    expect(message.text).toMatch(/^✅ Healthy: works and never expires/);
    expect(JSON.stringify(message)).not.toContain(tokens.never);
    expect(flow.sam.dms()).toEqual([]);
    expect(await robin.click({ text: "Check another" }, { in: message })).toEqual(acked);
    await slack.waitFor(() => robin.modal()?.title === "Check a token");
  });

  it("accepts five checks a minute from a person, and more from others", async () => {
    const flow = await aFlow({ mode });
    const { robin, sam, clock } = flow;
    for (let turn = 0; turn < 5; turn += 1) {
      await checkDeployed(flow);
      await robin.closeModal({ all: true });
    }
    await openForm(flow, robin, "default");
    await robin.submit();
    const refusal = () => Object.values(robin.modal()?.errors ?? {}).join();
    expect(refusal()).toMatch(/five checks or renewals within a minute. Try again in 60 seconds/);
    await openForm(flow, sam, "default");
    expect(headerOf((await checkResult(flow, sam)).blocks)).toMatch(/^\S+ Healthy/);
    clock.advance(MINUTE);
    expect(headerOf((await checkResult(flow, robin)).blocks)).toMatch(/^\S+ Healthy/);
  });

  it("uses the answer about a deployed token again for half a minute and says so", async () => {
    const flow = await aFlow({ mode });
    const { robin, graph, clock } = flow;
    await checkDeployed(flow);
    await robin.closeModal({ all: true });
    graph.forgetCalls();
    clock.advance(29 * SECOND);
    expect(wordsOf((await checkDeployed(flow)).blocks)).toContain("did not ask Meta again");
    expect(graph.calls()).toEqual([]);
    await robin.closeModal({ all: true });
    clock.advance(2 * SECOND);
    expect(wordsOf((await checkDeployed(flow)).blocks)).not.toContain("did not ask Meta again");
    expect(graph.calls("/debug_token")).not.toEqual([]);
  });

  it("reads a deployed token that was replaced at once", async () => {
    const flow = await aFlow({ mode });
    await checkDeployed(flow);
    await flow.robin.closeModal({ all: true });
    flow.tokenFile("deployed").write(flow.tokens.sixtyDay);
    expect(headerOf((await checkDeployed(flow)).blocks)).toMatch(/^\S+ Expiring/);
  });

  it("compares a typed token with the needs of the chosen watch", async () => {
    const flow = await aFlow({
      mode,
      watchlist: (source) => `watches:
  - { name: orders-prod, source: "${source("orders")}", requiredScopes: [whatsapp_business_management] }
  - { name: support, source: "${source("support")}" }`,
    });
    const { robin, tokens } = flow;
    const checkFor = async (watch: string) => {
      await openForm(flow, robin);
      await robin.type(TOKEN, tokens.noMessaging);
      await robin.select(WATCH, watch);
      const result = await checkResult(flow, robin);
      await robin.closeModal({ all: true });
      return headerOf(result.blocks);
    };
    expect(await checkFor("orders-prod")).toMatch(/^\S+ Alive, reach not tested: /);
    expect(await checkFor("support")).toMatch(/^\S+ Degraded/);
  });

  it("tests whether a typed token reaches the typed ids", async () => {
    const flow = await aFlow({
      mode,
      watchlist: (source) => `watches:
  - { name: orders-prod, source: "${source("orders")}" }
  - { name: support, source: "${source("support")}" }`,
    });
    const { robin, tokens } = flow;
    await openForm(flow, robin);
    await robin.type(TOKEN, tokens.never);
    expect(headerOf((await checkResult(flow, robin)).blocks)).toMatch(/^\S+ Alive, reach not tested: /);
    await askForIds(flow);
    await robin.type(TOKEN, tokens.never);
    await robin.type(PHONE, demoIds.phone);
    const result = await checkResult(flow, robin);
    expect(headerOf(result.blocks)).toMatch(/^\S+ Healthy/);
    expect(wordsOf(result.blocks)).toContain("Meta reports no sending block");
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("says that the typed phone number id belongs to an account", async () => {
    const flow = await aFlow({
      mode,
      watchlist: (source) => `watches: [{ name: orders-prod, source: "${source("orders")}" }]`,
    });
    const { robin, tokens } = flow;
    await openForm(flow, robin);
    await robin.type(TOKEN, tokens.never);
    await checkResult(flow, robin);
    await askForIds(flow);
    await robin.type(TOKEN, tokens.never);
    await robin.type(PHONE, demoIds.account);
    expect(wordsOf((await checkResult(flow, robin)).blocks)).toContain(
      "is the ID of a WhatsApp Business Account, not the ID of a phone number. Are the two IDs swapped?",
    );
  });

  it("offers only the watches of the watchlist", async () => {
    const flow = await aFlow({ mode });
    const answer = await ask(flow, flow.robin, "check nowhere");
    expect(answer.text).toContain("nowhere");
    expect(flow.robin.modal()).toBeUndefined();
  });

  it("opens only for people in ALLOWED_USERS", async () => {
    const flow = await aFlow({ mode, env: { ALLOWED_USERS: "U0SOMEBODY" } });
    for (const text of ["check", "status"]) expect((await ask(flow, flow.robin, text)).text).toContain("ALLOWED_USERS");
    expect(flow.robin.modal()).toBeUndefined();
    expect(flow.slack.calls("views.open")).toEqual([]);
    expect((await ask(flow, flow.robin, "guide")).text).toContain("Business Settings");
  });

  it("never opens for people of another organisation", async () => {
    const flow = await aFlow({ mode });
    const { guest, slack } = flow;
    expect(await guest.runCommand({ command: "/wa-token", text: "check" })).toMatchObject({ kind: "not_sent" });
    const fields = { ...slack.raw.commandFields(flow.robin, { command: "/wa-token", text: "guide" }) };
    const action = {
      type: "block_actions",
      team: { id: slack.teamId },
      user: { id: guest.id, team_id: guest.teamId },
      trigger_id: fields["trigger_id"],
      response_url: fields["response_url"],
      actions: [{ type: "button", action_id: "check.open", block_id: "b", value: "default", action_ts: "1.1" }],
    };
    expect(await slack.raw.deliver("interactive", action)).toMatchObject({ kind: "acked" });
    const refusal = await slack.waitFor(() => flow.robin.ephemerals()[0]);
    expect(refusal.text).toContain("Only people of the workspace that installed this bot");
    expect(slack.calls("views.open")).toEqual([]);
  });
});
