import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import type { SlackWorkspace } from "../../../sandbox/slack/workspace.ts";
import { acked, ask, askOps, type Flow, HOUR, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { aShop, messagesSeen, ROUND, tickBy } from "./many.ts";
import { later, repliesTo, theAlert, watching } from "../watched.ts";

const CHANNELS = { channels: [{ name: "wa-alerts", botIsMember: false }, { name: "backup" }] };
const env = ({ channelId }: SlackWorkspace) => ({ FALLBACK_CHANNEL: channelId("backup") });

/** Critical, and its channel does not take it: told elsewhere after the second try. */
const refused = async (options: Parameters<typeof watching>[1] = {}): Promise<Flow> => {
  const flow = await watching("noMessaging", { slack: CHANNELS, env, ...options });
  await later(flow, MINUTE);
  return flow;
};

const backup = ({ robin }: Pick<Flow, "robin">): readonly SeenMessage[] => robin.channelMessages("backup");

/** What /metrics says of the channels that refuse. */
const refusing = async (flow: Flow): Promise<readonly string[]> => {
  const names = new Map(flow.slack.channels().map(({ id, name }) => [id, name]));
  const found = (await askOps(flow, "/metrics")).body.matchAll(/^wa_token_channel_refused\{channel="(\w+)"\} 1$/gm);
  return [...found].map(([, id = ""]) => names.get(id) ?? id);
};

describe("an alert whose channel stays refused", () => {
  it("goes to FALLBACK_CHANNEL once, in full; status, Home, readyz and metrics name the channel", async () => {
    const flow = await refused();
    const { robin, sam, slack } = flow;
    const channel = slack.channelId("wa-alerts");
    const [told, ...more] = backup(flow);
    expect(more).toEqual([]);
    expect(told?.text).toMatch(
      new RegExp(
        `^🔴 \\*orders-prod: permission missing\\*\n.* <@${sam.id}>\nSent here because <#${channel}> refused this alert \\(not_in_channel: invite the bot to the channel\\)\\.\nThe token lacks [^]*\n1\\. [^]*Phone number: [^]*Seen `,
      ),
    );
    const text = `invite the bot to the channel (not_in_channel)`;
    expect((await ask(flow, robin, "status")).text).toContain(
      `Alert not delivered to <#${channel}> (${channel}): ${text}`,
    );
    expect((await ask(flow, robin, "status orders-prod")).text).toContain(`(${channel}): ${text}`);
    await robin.homeOpened();
    const home = await slack.waitFor(() => robin.home());
    expect(wordsOf(home.blocks)).toContain(
      `*Not delivered* to <#${channel}> (${channel}): ${text}. Alerts of *orders-prod*`,
    );
    expect((await askOps(flow, "/readyz")).body).toContain(
      `Channel ${channel} did not accept a message: not_in_channel`,
    );
    expect(await refusing(flow)).toEqual(["wa-alerts"]);
    for (let tries = 0; tries < 3; tries += 1) await later(flow, 20 * MINUTE);
    expect(backup(flow)).toHaveLength(1);
    expect(sam.dms()).toEqual([]);
  });

  it("is reported there again when it gets worse, reminds, or is fixed", async () => {
    const flow = await refused();
    flow.graph.revoke(flow.tokens.noMessaging);
    await tickBy(flow, 2 * HOUR, 10 * MINUTE);
    expect(backup(flow)[1]?.text).toMatch(/^🔴 \*orders-prod: token revoked\*\n.* <@\w+>\n/);
    await tickBy(flow, 4 * HOUR, 10 * MINUTE);
    expect(backup(flow)).toHaveLength(3);
    flow.tokenFile("orders").write(flow.tokens.never);
    await tickBy(flow, 2 * HOUR, 10 * MINUTE);
    expect(backup(flow)).toHaveLength(4);
    expect(backup(flow)[3]?.text).toMatch(
      /^✅ \*orders-prod: fixed\*\nThe token was replaced\.\nSent here because <#\w+> refused this alert /,
    );
    expect(wordsOf(backup(flow)[3]?.attachments)).not.toContain("Acknowledge");
  });

  it("goes to its owner when the fallback refuses too, and both channels are named", async () => {
    const channels = [
      { name: "wa-alerts", botIsMember: false },
      { name: "backup", kind: "archived" as const },
    ];
    const flow = await refused({ slack: { channels } });
    expect(flow.sam.dms().map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\nSent here because <#\w+> refused this alert \(not_in_channel/,
      ),
    ]);
    expect(
      flow.bot.logLines().some((line) => line.includes("fallback not delivered") && line.includes("is_archived")),
    ).toBe(true);
    expect(await refusing(flow)).toEqual(["wa-alerts"]);
  });

  it("stays in readyz and metrics when every place refuses it", async () => {
    const flow = await watching("noMessaging", { slack: CHANNELS, env });
    const { slack } = flow;
    await slack.setChannel("backup", { archived: true });
    const undo = slack.faults.add({
      kind: "error",
      error: "messages_tab_disabled",
      method: "chat.postMessage",
      channel: flow.sam.id,
      times: Infinity,
    });
    await later(flow, MINUTE);
    expect((await refusing(flow)).toSorted()).toEqual([flow.sam.id, "wa-alerts"].toSorted());
    expect((await askOps(flow, "/readyz")).body).toContain("turn on the Messages tab of the app");
    undo();
    await later(flow, HOUR);
    expect(flow.sam.dms()).toHaveLength(1);
  });

  it("is posted in its channel when that accepts it again, and stays current there", async () => {
    const flow = await refused();
    await flow.slack.setChannel("wa-alerts", { botIsMember: true });
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\n/);
    expect(await refusing(flow)).toEqual([]);
    expect((await askOps(flow, "/readyz")).body).toContain("Every channel accepted its messages.");
    expect((await ask(flow, flow.robin, "status")).text).not.toContain("not delivered");
    flow.tokenFile("orders").write(flow.tokens.never);
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^✅ \*orders-prod: fixed\*/);
    expect(repliesTo(flow, theAlert(flow))).toHaveLength(1);
    expect(backup(flow)).toHaveLength(1);
  });

  it("counts as refused only after a second refusal, because the first may pass", async () => {
    const flow = await watching("noMessaging", { slack: CHANNELS, env });
    expect(backup(flow)).toEqual([]);
    await flow.slack.setChannel("wa-alerts", { botIsMember: true });
    await later(flow, MINUTE);
    expect(theAlert(flow).text).toContain("*orders-prod: permission missing*");
    expect(backup(flow)).toEqual([]);
  });

  it("is passed on to FALLBACK_CHANNEL when ESCALATE_TO refuses it", async () => {
    const channels = [{ name: "wa-alerts" }, { name: "backup" }, { name: "bosses", kind: "archived" as const }];
    const both = (slack: SlackWorkspace) => ({ ...env(slack), ESCALATE_TO: slack.channelId("bosses") });
    const flow = await watching("noMessaging", { slack: { channels }, env: both });
    await later(flow, HOUR + MINUTE);
    expect(backup(flow).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^🔴 .*\n.* <@\w+>\nEscalated to on-call: nobody responded in .* within 1 hour\. /),
    ]);
  });

  it("survives a restart without a second report", async () => {
    const flow = await refused();
    await flow.bot.stop();
    flow.clock.advance(30 * MINUTE);
    const again = withPeople(flow, await flow.startBot());
    await later(again, HOUR);
    expect(backup(again)).toHaveLength(1);
  });
});

describe("an alert told elsewhere", () => {
  const mode = "socket";

  it("has its buttons there: a press shows in status at once, and later in its own message", async () => {
    const flow = await refused({ mode });
    const [told] = backup(flow);
    if (told === undefined) throw new Error("nothing was told");
    expect(await flow.robin.click({ text: "Acknowledge" }, { in: told })).toEqual(acked);
    await flow.slack.waitFor(() => backup(flow)[0]?.text.includes(`Taken by <@${flow.robin.id}>`));
    await expect
      .poll(async () => (await ask(flow, flow.robin, "status")).text)
      .toContain(`Acknowledged by <@${flow.robin.id}>`);
    await flow.slack.setChannel("wa-alerts", { botIsMember: true });
    await later(flow, HOUR);
    expect(theAlert(flow).text).toContain(`Taken by <@${flow.robin.id}>`);
    expect(backup(flow)).toHaveLength(1);
  });
});

describe("a group whose channel refuses it", () => {
  it("goes to the fallback with each of its alerts, its reminders and its end", async () => {
    const shop = await aShop({ slack: CHANNELS, env });
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, MINUTE);
    const [told, ...more] = backup(shop);
    expect(more).toEqual([]);
    for (const name of shop.names) expect(told?.text).toContain(`*${name}*: revoked`);
    expect(told?.text.match(/Sent here because <#\w+> refused them/g)).toHaveLength(1);
    expect((await ask(shop, shop.robin, "status")).text).toContain("Alert not delivered to");
    await tickBy(shop, 7 * HOUR, 10 * MINUTE);
    const reminded = backup(shop).length;
    expect(reminded).toBeGreaterThan(1);
    expect(reminded).toBeLessThanOrEqual(3);
    for (const name of shop.names) shop.deploy(name);
    await tickBy(shop, 2 * HOUR, 10 * MINUTE);
    const over = backup(shop).slice(reminded);
    for (const name of shop.names) expect(over.some(({ text }) => text.includes(`*${name}*`))).toBe(true);
    expect(over.length).toBeLessThanOrEqual(2);
    await tickBy(shop, 2 * HOUR, 10 * MINUTE);
    expect(backup(shop)).toHaveLength(reminded + over.length);
  });

  it("is posted in full in its channel when that accepts it again", async () => {
    const shop = await aShop({ slack: CHANNELS, env });
    shop.revoke(...shop.names);
    await later(shop, ROUND);
    await later(shop, MINUTE);
    await shop.slack.setChannel("wa-alerts", { botIsMember: true });
    await later(shop, HOUR);
    expect(messagesSeen(shop)).toHaveLength(1);
    expect(theAlert(shop).text).toMatch(
      /^🔴 \*7 tokens .*: revoked\*\nbilling-app, crm-app, loyalty-app, news-app and 3 more cannot send WhatsApp messages\. <@\w+> <@\w+>\n/,
    );
  });
});
