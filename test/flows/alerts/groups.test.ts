import { describe, expect, it } from "vitest";
import { alertsSeen, HOUR, MINUTE, wordsOf } from "../flow.ts";
import { aShop, messagesSeen, ROUND, type Shop, tickBy } from "./many.ts";
import { later, repliesTo, theAlert } from "../watched.ts";

const TWELVE = Array.from({ length: 12 }, (_, index) => `shop-${index}`);

/** Those whose watch a message names in its list or first line. */
const namedIn = (text: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => text.includes(`*${name}*`));

const revokedShop = async (): Promise<Shop> => {
  const shop = await aShop();
  shop.revoke(...shop.names.slice(0, 6));
  await later(shop, ROUND);
  return shop;
};

describe("one cause behind many alerts", () => {
  it("is one message with the cause and the list of the alerts that one round found", async () => {
    const shop = await revokedShop();
    const { robin, sam, slack } = shop;
    const group = theAlert(shop);
    expect(group.text).toMatch(
      new RegExp(
        `^🔴 \\*6 tokens of the app Example Notifier \\(ID 100000000000042\\): revoked\\*\n.* cannot send WhatsApp messages\\. <@(${sam.id}|${robin.id})> <@(${sam.id}|${robin.id})>\nEach token was revoked: `,
      ),
    );
    expect(group.text.match(/^1\. /gm)).toHaveLength(1);
    expect(group.text).toContain("• *orders*: revoked. Used by orders-app.");
    expect(namedIn(group.text, shop.names)).toEqual(shop.names.slice(0, 6));
    expect(group.text).toMatch(/\*billing\*: seen .* by GET \/debug_token, HTTP 200, code 190\/466/);
    expect(wordsOf(group.attachments)).toMatch(
      /\nAcknowledge all\nSnooze all…\nCheck all now\nOpen guide\nAlerts open since /,
    );
    expect(slack.calls("chat.postMessage")).toHaveLength(1);
    expect(slack.rejections()).toEqual([]);
  });

  it.each<[string, (shop: Shop) => Promise<void> | void, number, RegExp]>([
    [
      "revoked tokens",
      (shop) => shop.revoke(...TWELVE),
      ROUND,
      /^🔴 \*\d+ tokens of the app .*: revoked\*\n.* cannot send WhatsApp messages\. <@/,
    ],
    [
      "a refused app secret",
      ({ graph }) => void graph.resetAppSecret(),
      2 * ROUND,
      /^🟠 \*\d+ tokens could not be checked: Meta refuses a setting of this bot \(app 100000000000042\)\*/,
    ],
    [
      "an unreachable Graph",
      ({ graph }) => graph.goAway(),
      110 * MINUTE,
      /^🟠 \*\d+ tokens could not be checked: Meta did not answer\*/,
    ],
  ])("causes few separate messages when the rounds find it one by one: %s", async (_name, happens, ms, words) => {
    const shop = await aShop({ names: TWELVE });
    await happens(shop);
    await tickBy(shop, ms);
    const groups = messagesSeen(shop).filter(({ text }) => words.test(text));
    expect(groups).toHaveLength(1);
    const own = messagesSeen(shop).length - 1;
    expect(own).toBeLessThanOrEqual(6);
    expect(namedIn(groups[0]?.text ?? "", TWELVE)).toHaveLength(TWELVE.length - own);
    expect(shop.slack.rejections()).toEqual([]);
  });

  it("adds later alerts: the message is edited, and its thread notifies their owners", async () => {
    const shop = await revokedShop();
    const group = theAlert(shop);
    shop.revoke("support");
    await later(shop, ROUND);
    expect(theAlert(shop)).toMatchObject({ ts: group.ts, edits: 1 });
    expect(theAlert(shop).text).toMatch(/^🔴 \*7 tokens/);
    expect(repliesTo(shop, group)).toMatchObject([
      {
        broadcast: true,
        text: expect.stringMatching(
          new RegExp(
            `^<@${shop.robin.id}> The same problem also affects \\*support\\*\\.\nThe token .*ended its session\\. What to do: .*$`,
          ),
        ),
      },
    ]);
  });

  it("has one reminder for all, although each was found at another time", async () => {
    const shop = await aShop({ names: TWELVE });
    shop.revoke(...TWELVE);
    await tickBy(shop, ROUND);
    for (let round = 0; round < 2; round += 1) {
      await tickBy(shop, 4 * HOUR, 10 * MINUTE);
      await tickBy(shop, 65 * MINUTE, 5 * MINUTE);
    }
    // Jitter decides whether all alerts are in one group: its reminder is a reply then, and a list of links otherwise.
    const reminders = alertsSeen(shop).filter(({ text }) => text.includes("Still not fixed"));
    expect(reminders).toHaveLength(2);
    const isOneGroup = messagesSeen(shop).length === 1;
    for (const { text, broadcast } of reminders) {
      expect(text).toMatch(
        isOneGroup
          ? /^<@\w+> <@\w+> Still not fixed: .* \(12\)\./
          : /^🔴 \*Still not fixed: 12 alerts\*\n<@\w+> <@\w+>\n/,
      );
      expect(namedIn(text, TWELVE)).toEqual(TWELVE);
      expect(text.match(/<https:[^|]*\/archives\/\w+\/p\d+\|Open the alert>/g)).toHaveLength(isOneGroup ? 1 : 12);
      expect(broadcast).toBe(isOneGroup);
    }
  });

  it("moves an alert with a new cause to its own message, and says once that all others are fixed", async () => {
    const shop = await aShop();
    const secret = "sandbox-app-secret";
    shop.graph.resetAppSecret();
    await later(shop, ROUND);
    await later(shop, ROUND);
    const group = theAlert(shop);
    expect(group.text).toMatch(
      /^🟠 \*7 tokens could not be checked: Meta refuses a setting of this bot \(app 100000000000042\)\*/,
    );
    expect(group.text).toContain("(code 190: Invalid OAuth access token signature).");
    expect(group.text).toContain("1. Correct the ID and secret of the Meta app in the bot's configuration.");
    expect(group.text).not.toContain("<@");

    shop.graph.resetAppSecret(undefined, secret);
    shop.revoke("crm");
    await later(shop, ROUND);
    const [over, own, ...more] = messagesSeen(shop);
    expect(more).toEqual([]);
    expect(over?.text).toMatch(/^✅ \*Fixed: all 6 tokens of the app .* work\*\nTokens: \*billing\*, \*loyalty\*/);
    expect(wordsOf(over?.attachments)).not.toContain("Acknowledge");
    expect(own?.text).toMatch(new RegExp(`^🔴 \\*crm: token revoked\\*\n.* <@${shop.sam.id}>\n`));
    expect(repliesTo(shop, group).map(({ text }) => text)).toEqual([
      "Fixed: *billing*, *loyalty*, *news*, *orders*, *returns* and *support* (6).\nMoved to another message, because the cause changed: *crm*.",
    ]);
    shop.deploy("crm");
    await later(shop, ROUND);
    expect(messagesSeen(shop)[1]?.text).toMatch(/^✅ \*crm: fixed\*\nThe token was replaced\./);
  });

  it("counts those that are fixed, until none is left", async () => {
    const shop = await revokedShop();
    const group = theAlert(shop);
    for (const name of ["crm", "news"]) shop.deploy(name);
    await later(shop, ROUND);
    expect(theAlert(shop).text).toMatch(/^🔴 \*4 tokens/);
    expect(theAlert(shop).text).toContain("Fixed so far: 2 of 6.");
    for (const name of shop.names) shop.deploy(name);
    await later(shop, ROUND);
    expect(theAlert(shop)).toMatchObject({ ts: group.ts, text: expect.stringMatching(/^✅ \*Fixed: all 6 tokens/) });
    expect(theAlert(shop).text).toMatch(/Open from .* to .* \(34 minutes\)\./);
    expect(repliesTo(shop, group).map(({ text }) => text)).toEqual([
      "Fixed, token replaced: *crm* and *news* (2).",
      "Fixed, token replaced: *billing*, *loyalty*, *orders* and *returns* (4).",
    ]);
    // What comes after it is over is a new problem, with messages of its own.
    shop.revoke("news");
    await later(shop, ROUND);
    expect(alertsSeen(shop).at(-1)?.text).toMatch(/^🔴 \*news: token revoked\*/);
  });
});
