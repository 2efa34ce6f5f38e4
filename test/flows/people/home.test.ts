import { describe, expect, it } from "vitest";
import type { SeenHome, Person } from "../../../sandbox/slack/people/driver.ts";
import { acked, aFlow, type Flow, HOUR, MINUTE, MODES, wordsOf } from "../flow.ts";
import { later, theAlert, watching } from "../watched.ts";

/** Waits until somebody's Home says it. */
const homeSays = ({ slack }: Pick<Flow, "slack">, person: Person, words: RegExp): Promise<SeenHome> =>
  slack.waitFor(() => {
    const home = person.home();
    return home !== undefined && words.test(wordsOf(home.blocks)) ? home : undefined;
  });

const openHome = async (flow: Flow, person: Person, words = /WhatsApp tokens|Visible to/): Promise<SeenHome> => {
  expect(await person.homeOpened()).toEqual(acked);
  return homeSays(flow, person, words);
};

const press = async (person: Person, text: string): Promise<void> => {
  expect(await person.click({ text }, { in: "home" })).toEqual(acked);
};

const modalSays = ({ slack }: Flow, person: Person, words: RegExp) =>
  slack.waitFor(() => (words.test(wordsOf(person.modal()?.blocks)) ? person.modal() : undefined));

describe.each(MODES)("the Home, bot on %s", (mode) => {
  it("shows the watch with its alert; an acknowledgement there edits the message and every Home", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam, slack } = flow;
    await openHome(flow, sam);
    const home = await openHome(flow, robin);
    for (const words of [/orders-prod\*: ⚠️ Degraded/, /Checked .*, next /, /New problem/, /Visible to/])
      expect(wordsOf(home.blocks)).toMatch(words);

    await press(robin, "Acknowledge");
    await homeSays(flow, robin, new RegExp(`Acknowledged by <@${robin.id}>`));
    await homeSays(flow, sam, new RegExp(`Acknowledged by <@${robin.id}>`));
    await slack.waitFor(() => theAlert(flow).text.includes(`Taken by <@${robin.id}>`));
    await press(sam, "Undo acknowledgement");
    await homeSays(flow, robin, /Acknowledgement undone by/);
    expect([...robin.dms(), ...sam.dms()]).toEqual([]);
    expect(slack.rejections()).toEqual([]);
  });

  it("snoozes through the form", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, slack } = flow;
    await openHome(flow, robin);
    await press(robin, "Snooze…");
    await slack.waitFor(() => robin.modal()?.callbackId === "alert.snooze.form");
    await robin.select("alert.snooze.until", "3d");
    await robin.type("alert.snooze.reason", "rotation is planned");
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    const home = await homeSays(flow, robin, /Snoozed by .*Reason: “rotation is planned”/);
    expect(wordsOf(home.blocks)).toContain("End snooze");
    await press(robin, "End snooze");
    await homeSays(flow, robin, /Snooze ended by/);
    expect(slack.rejections()).toEqual([]);
  });

  it("checks at once and shows the result in a modal and in the Home", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, graph, tokens, clock, slack } = flow;
    await openHome(flow, robin);
    clock.advance(MINUTE);
    graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
    await press(robin, "Check now");
    await modalSays(flow, robin, /orders-prod\*: Healthy/);
    const home = await homeSays(flow, robin, /The token works/);
    expect(wordsOf(home.blocks)).toMatch(/orders-prod\*\u00A0· Fixed: Degraded → Healthy/);
    expect(robin.dms()).toEqual([]);
    expect(slack.rejections()).toEqual([]);
  });

  it("opens the guide at the topic that helps, with links to more", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, slack } = flow;
    await openHome(flow, robin);
    await press(robin, "Open guide");
    await modalSays(flow, robin, /permission/i);
    expect(await robin.click({ text: "Whole guide" })).toEqual(acked);
    await modalSays(flow, robin, /Walk step by step/);
    expect(await robin.click({ text: "Walk step by step" })).toEqual(acked);
    await slack.waitFor(() => robin.modal()?.title !== "WhatsApp token");
    expect(robin.dms()).toEqual([]);
    expect(slack.rejections()).toEqual([]);
  });

  it("tells people of other organisations only that they have no access", async () => {
    const flow = await watching("noMessaging", { mode });
    const home = await openHome(flow, flow.guest);
    expect(wordsOf(home.blocks)).toMatch(/Only people of the workspace that installed this bot/);
    expect(home.blocks).toHaveLength(2);
    expect(JSON.stringify(home.view)).not.toContain("orders-prod");
  });
});

describe("the Home", () => {
  it("is refused to people outside ALLOWED_USERS", async () => {
    const flow = await watching("noMessaging", { env: { ALLOWED_USERS: "U0SOMEBODY" } });
    const home = await openHome(flow, flow.robin);
    expect(wordsOf(home.blocks)).toMatch(/ALLOWED_USERS/);
    expect(JSON.stringify(home.view)).not.toContain("orders-prod");
  });

  it("shows new results of the rounds without another visit", async () => {
    const flow = await watching("noMessaging");
    await openHome(flow, flow.robin);
    flow.graph.revoke(flow.tokens.noMessaging);
    await later(flow, HOUR);
    await homeSays(flow, flow.robin, /orders-prod\*: ⛔ Revoked/);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("names the channel that refuses the alert", async () => {
    const flow = await watching("noMessaging", { slack: { channels: [{ name: "wa-alerts", botIsMember: false }] } });
    await openHome(flow, flow.robin);
    const home = await homeSays(flow, flow.robin, /Not delivered/);
    expect(wordsOf(home.blocks)).toMatch(/Not delivered\* to <#\w+> \(\w+\): invite the bot to the channel/);
  });

  it("is not published for the Messages tab", async () => {
    const flow = await watching("noMessaging");
    expect(await flow.robin.homeOpened("messages")).toEqual(acked);
    await openHome(flow, flow.sam);
    expect(flow.robin.home()).toBeUndefined();
  });

  it("shows the first steps when nothing is watched", async () => {
    const flow = await aFlow({ env: { WHATSAPP_TOKEN_SOURCE: "" } });
    const home = await openHome(flow, flow.robin);
    expect(wordsOf(home.blocks)).toMatch(/This bot watches no token yet/);
    await press(flow.robin, "Open the guide");
    await modalSays(flow, flow.robin, /System User/);
    expect(flow.slack.rejections()).toEqual([]);
  });
});
