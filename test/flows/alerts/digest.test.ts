import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { roundBeside } from "../running/beside.ts";
import { aWorld, DAY, type Flow, HOUR, MINUTE, withPeople } from "../flow.ts";
import { aShop } from "./many.ts";
import { later, watching } from "../watched.ts";

const MONDAYS = { DIGEST_SCHEDULE: "0 9 * * mon" };

/** It is Sunday 08:00 at the start: so long until the digest. */
const UNTIL_MONDAY = DAY + HOUR;

const digests = ({ robin }: Pick<Flow, "robin">, channel = "wa-alerts"): readonly SeenMessage[] =>
  robin.channelMessages(channel).filter(({ text }) => text.includes("\nDigest of "));

describe("the digest", () => {
  it("has a line for each watch, worst first: expiry, last answer, alert, cleanup", async () => {
    const shop = await aShop({ env: MONDAYS });
    const { graph, tokens, tokenFile, robin, slack } = shop;
    const needed = ["whatsapp_business_messaging", "whatsapp_business_management"];
    tokenFile("news").write(tokens.sixtyDay);
    tokenFile("orders").write(
      graph.issueToken({ issuedAt: new Date("2025-01-01"), scopes: [...needed, "ads_management"] }),
    );
    shop.revoke("crm");
    await later(shop, HOUR);
    const crm = robin.channelMessages("wa-alerts").find(({ text }) => text.includes("*crm: token revoked*"));
    if (crm === undefined) throw new Error("there is no alert of crm");
    await robin.click({ text: "Acknowledge" }, { in: crm });
    await later(shop, UNTIL_MONDAY - HOUR - MINUTE);
    expect(digests(shop)).toEqual([]);
    await later(shop, MINUTE);
    const [digest, ...more] = digests(shop);
    expect(more).toEqual([]);
    const lines = (digest?.text ?? "").replaceAll(/<!date[^|]*\|([^>]*)>/g, "$1").split("\n");
    expect(lines).toEqual([
      "⚠️ *2 of 7 tokens need attention*",
      "Digest of 23 Nov 2026, 09:00 UTC. 1 revoked, 1 expiring and 5 healthy. 2 open alerts: 1 acknowledged and 1 not acknowledged.",
      expect.stringMatching(
        /^• \*crm\*: ⛔ Revoked · had no expiry · last answer from Meta 23 Nov .* · critical alert open, acknowl/,
      ),
      expect.stringMatching(
        /^• \*news\*: ⏳ Expiring · 3 days left, expires 27 Nov 2026, 08:00 UTC · .* · warning alert open$/,
      ),
      expect.stringMatching(/does not need: `ads_management`\. .* · the token is over a year old: plan to replace it$/),
      expect.stringMatching(
        /^• \*billing\*: ✅ Healthy · never expires · last answer from Meta 23 Nov 2026, 08:59 UTC \(GET \/debug_token\)$/,
      ),
      expect.stringMatching(/^• \*loyalty\*: /),
      expect.stringMatching(/^• \*returns\*: /),
      expect.stringMatching(/^• \*support\*: /),
    ]);
    expect(digest?.text).not.toMatch(/<[@!](?!date)/);
    expect(slack.rejections()).toEqual([]);
  });

  it("is sent once for each time of its schedule, also with a single round next to the bot", async () => {
    const flow = await watching("never", { env: MONDAYS });
    flow.clock.advance(UNTIL_MONDAY);
    await Promise.all([roundBeside(flow), flow.bot.app.round("due"), roundBeside(flow)]);
    expect(digests(flow)).toHaveLength(1);
    await later(flow, 6 * DAY);
    expect(digests(flow)).toHaveLength(1);
    await later(flow, DAY);
    expect(digests(flow)).toHaveLength(2);
  });

  it("is sent late, and once, when the bot was down at its time", async () => {
    const flow = await watching("never", { env: MONDAYS });
    await flow.bot.stop();
    flow.clock.advance(17 * DAY);
    const again = withPeople(flow, await flow.startBot());
    expect(digests(again)).toHaveLength(1);
    await later(again, DAY);
    expect(digests(again)).toHaveLength(1);
  });

  it("follows TIMEZONE, and waits for the end of quiet hours", async () => {
    const env = { ...MONDAYS, TIMEZONE: "Asia/Tokyo", QUIET_HOURS: "20:00-10:00" };
    const flow = await watching("never", { env });
    await later(flow, 16 * HOUR);
    expect(digests(flow)).toEqual([]);
    await later(flow, 59 * MINUTE);
    expect(digests(flow)).toEqual([]);
    await later(flow, MINUTE);
    expect(digests(flow)[0]?.text).toContain("23 Nov 2026, 09:00 GMT+9");
  });

  it("is off when its schedule is empty", async () => {
    const flow = await watching("never", { env: { DIGEST_SCHEDULE: "" } });
    await later(flow, UNTIL_MONDAY);
    await later(flow, 7 * DAY);
    expect(digests(flow)).toEqual([]);
  });

  it("goes to each channel with the watches of that channel", async () => {
    const world = await aWorld({
      env: MONDAYS,
      slack: { channels: [{ name: "wa-alerts" }, { name: "shop" }] },
      watchlist: (source, slack) => `watches:
  - { name: orders, source: "${source("deployed")}", channel: ${slack.channelId("shop")} }
  - { name: crm, source: "${source("deployed")}" }`,
    });
    const flow = withPeople(world, await world.startBot());
    await later(flow, UNTIL_MONDAY);
    const seen = ["shop", "wa-alerts"].map((name) => digests(flow, name).map(({ text }) => text));
    expect(seen).toEqual([
      [expect.stringMatching(/^✅ \*The token works\*\nDigest of [^]*• \*orders\*: ✅ Healthy/)],
      [expect.stringMatching(/^✅ \*The token works\*\nDigest of [^]*• \*crm\*: ✅ Healthy/)],
    ]);
  });
});
