import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { acked, ask, type Flow, HOUR, MINUTE } from "../flow.ts";
import { aShop, fillInSnooze, messagesSeen, ROUND, saying, type Shop } from "../alerts/many.ts";
import { later, theAlert } from "../watched.ts";

// Text from outside that would call everybody, pose as a link or run out of its place, wherever people may read it.

const EVIL =
  "<!channel> <!here|x> <@U0EVIL> <#C0EVIL> <https://evil.example|click> *b* _i_ ~s~ `c` > & &lt;!channel&gt;";
/** Links to messages of the workspace itself are our own. */
const CALLS =
  /<!(?:channel|here|everyone|subteam)|<@U0EVIL|<#C0EVIL|<https?:(?!\/\/sandbox\.slack\.com\/archives\/C\w+\/p\d+\|)|<mailto:/;

const CHANNELS = { channels: [{ name: "wa-alerts" }, { name: "backup" }, { name: "bosses" }] };
const env = ({ channelId }: Flow["slack"]) => ({
  FALLBACK_CHANNEL: channelId("backup"),
  ESCALATE_TO: channelId("bosses"),
  DIGEST_SCHEDULE: "0 9 * * mon",
  GUIDE_APP_NAME: EVIL.slice(0, 100),
});

const NAMES = ["a", "b", "c", "d", "e", "f", "g"];

/** Consumers, app, number and account are all called something evil. */
const anEvilShop = async (options: Parameters<typeof aShop>[0] = {}): Promise<Shop> => {
  const consumers = JSON.stringify([EVIL.slice(0, 60), EVIL.slice(20, 100), "@channel", "long ".repeat(20).trim()]);
  const ids = 'phoneNumberId: "100000000002001", whatsappBusinessAccountId: "100000000001001"';
  const shop = await aShop({
    names: NAMES,
    slack: CHANNELS,
    env,
    watchlist: (source, slack) =>
      `watches:\n${NAMES.map((name) => `  - { name: ${name}, source: "${source(name)}", owner: ${slack.person("sam").id}, ${ids}, consumers: ${consumers} }`).join("\n")}`,
    ...options,
  });
  const { apps, phones, accounts } = shop.graph.state;
  for (const app of apps.values()) app.name = EVIL;
  for (const phone of phones.values()) phone.verifiedName = EVIL;
  for (const account of accounts.values()) account.name = EVIL;
  await later(shop, ROUND);
  return shop;
};

/** What went to Slack and would call somebody, lead somewhere, is too long or malformed. */
const harm = ({ slack }: Pick<Flow, "slack">): readonly unknown[] => [
  ...slack.calls().filter(({ args }) => {
    const { text } = args;
    return CALLS.test(JSON.stringify(args)) || (typeof text === "string" && text.length > 4_000);
  }),
  ...slack.rejections(),
];

const press = async (person: Flow["robin"], text: string, message: SeenMessage): Promise<void> => {
  expect(await person.click({ text }, { in: message })).toEqual(acked);
};

describe("text from outside", () => {
  const mode = "http";

  it("has no effect in an alert, its thread, its history, the Home and the escalation", async () => {
    const shop = await anEvilShop({ mode });
    const { robin, slack } = shop;
    await robin.homeOpened();
    shop.revoke("a");
    await later(shop, ROUND);
    await later(shop, 61 * MINUTE);
    await press(robin, "Snooze…", theAlert(shop));
    await fillInSnooze(shop, robin, "1h", EVIL);
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    const seen = await saying(shop, /Snoozed by/);
    expect(seen.text).toContain("&lt;!channel&gt; &lt;!here|x&gt;");
    await slack.waitFor(() => robin.channelMessages("bosses")[0]?.text.includes("Snoozed by"));
    for (const command of ["status", "status a"]) await ask(shop, robin, command);
    await later(shop, 2 * HOUR);
    shop.deploy("a");
    await later(shop, ROUND);
    expect(theAlert(shop).text).toMatch(/^✅ \*a: fixed\*/);
    expect(harm(shop)).toEqual([]);
  });

  it("has no effect in a group, its thread, the digest and a fallback message", async () => {
    const shop = await anEvilShop({ mode });
    const { robin, slack } = shop;
    const channel = slack.channelId("wa-alerts");
    shop.revoke(...NAMES);
    const undo = slack.faults.add({
      kind: "error",
      error: "restricted_action",
      method: "chat.postMessage",
      channel,
      times: Infinity,
    });
    await later(shop, ROUND);
    await later(shop, MINUTE);
    expect(robin.channelMessages("backup")).toHaveLength(1);
    undo();
    await later(shop, HOUR);
    expect(messagesSeen(shop)).toHaveLength(1);
    expect(theAlert(shop).text).toContain("7 tokens of the app &lt;!channel&gt; &lt;!here|x&gt;");
    await press(robin, "Snooze all…", theAlert(shop));
    await fillInSnooze(shop, robin, "1h", EVIL);
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    await saying(shop, /Snoozed: all 7, by <@\w+>/);
    await later(shop, 25 * HOUR);
    expect(messagesSeen(shop).at(-1)?.text).toMatch(/of 7 tokens need attention\*\nDigest of /);
    expect(harm(shop)).toEqual([]);
  });

  it("is refused as a reason when it is longer than the form allows", async () => {
    const shop = await anEvilShop({ mode });
    const { robin, slack } = shop;
    shop.revoke("a");
    await later(shop, ROUND);
    await press(robin, "Snooze…", theAlert(shop));
    await fillInSnooze(shop, robin, "3d", "short");
    await robin.submit();
    const sent = slack.deliveries().findLast(({ kind }) => kind === "interactive");
    const long = EVIL.repeat(40).slice(0, 4_000);
    const forged = JSON.parse(JSON.stringify(sent?.payload).replace('"short"', JSON.stringify(long)));
    const answer = { response_action: "errors", errors: { "alert.snooze.reason": "Use at most 300 characters." } };
    expect(await slack.raw.deliver("interactive", forged)).toMatchObject({ kind: "acked", payload: answer });
    await later(shop, HOUR);
    expect(theAlert(shop).text).toMatch(/^Snoozed by <@\w+> until .*UTC>\. Reason: “short”$/m);
    expect(harm(shop)).toEqual([]);
  });
});

describe("an absence", () => {
  it("is reported without such text", async () => {
    const shop = await anEvilShop({ env: (slack) => ({ ...env(slack), SCHEDULE: "* * * * *" }) });
    shop.revoke(...NAMES);
    await shop.bot.stop();
    shop.clock.advance(5 * HOUR);
    await shop.startBot();
    await saying(shop, /^This bot was not running/);
    expect(harm(shop)).toEqual([]);
  });
});
