import { describe, expect, it } from "vitest";
import { acked, aWorld, type Flow, HOUR, withPeople, wordsOf } from "../flow.ts";
import { fillInSnooze } from "./many.ts";
import { later, ORDERS, repliesTo, theAlert, watching } from "../watched.ts";

const plain = (text: string): string => text.replaceAll(/<!date[^|]*\|([^>]*)>/g, "$1");

type Trouble = (flow: Pick<Flow, "graph" | "tokens">) => string;

/** The owner is called where it is critical. */
const RED = "#d72b3f";

const CASES: readonly (readonly [string, Trouble, string, readonly RegExp[], RegExp])[] = [
  [
    "is expiring",
    ({ tokens }) => tokens.sixtyDay,
    "#daa038",
    [
      /^🟠 \*orders-prod: token expiring\*\ncheckout will be unable to send WhatsApp messages after 27 Nov 2026, 08:00 UTC\.\n/,
    ],
    /token/i,
  ],
  [
    "has expired",
    ({ graph, tokens }) => {
      graph.expire(tokens.sixtyDay);
      return tokens.sixtyDay;
    },
    RED,
    [
      /^🔴 \*orders-prod: token expired\*\ncheckout cannot send WhatsApp messages\. <@\w+>\nThe token expired 22 Nov 2026/,
      /, severity critical\. Seen /,
    ],
    /token/i,
  ],
  [
    "was revoked",
    ({ graph, tokens }) => {
      graph.revoke(tokens.never);
      return tokens.never;
    },
    RED,
    [
      /^🔴 \*orders-prod: token revoked\*\ncheckout cannot send WhatsApp messages\. <@\w+>\n/,
      /an API call ended its session/,
      /code 190\/466/,
      /, severity critical\. Seen /,
    ],
    /revoked|token/i,
  ],
  [
    "lacks a permission",
    ({ tokens }) => tokens.noMessaging,
    RED,
    [
      /^🔴 \*orders-prod: permission missing\*\ncheckout may be unable to send WhatsApp messages\. <@\w+>\n/,
      /\nThe token lacks the permission `whatsapp_business_messaging`\./,
      /, severity critical, token state degraded\. Seen /,
    ],
    /permission/i,
  ],
  [
    "does not reach its number",
    ({ tokens }) => tokens.unassigned,
    RED,
    [
      /^🔴 \*orders-prod: phone number not reachable\*\n.*checkout.* <@\w+>\n/,
      /, severity critical, token state degraded\. Seen /,
      /100000000002001/,
      /\n1\. Check the IDs of the phone number and the WhatsApp account: .+\n2\. Assign the WhatsApp account to the system user\.\n3\. Generate a new token /,
    ],
    /assign/i,
  ],
  [
    "is no token at all",
    () => "EAAnot-a-token",
    RED,
    [
      /^🔴 \*orders-prod: token invalid\*\ncheckout cannot send WhatsApp messages\. <@\w+>\n/,
      /Seen 22 Nov 2026, 08:00 UTC in the value itself\. No call was made\./,
      /, severity critical\. Seen /,
    ],
    /token/i,
  ],
];

describe("the message of a token that", () => {
  it.each(CASES)(
    "%s has every important fact in its text, with a colour and the guide's step",
    async (_name, trouble, colour, words, topic) => {
      const world = await aWorld({ watchlist: ORDERS });
      world.tokenFile("orders").write(trouble(world));
      const flow = withPeople(world, await world.startBot());
      const { robin, slack } = flow;
      const { text, attachments } = theAlert(flow);
      for (const expected of [
        ...words,
        /checkout/,
        /Phone number: .*ID 100000000002001/,
        /WhatsApp account: .*ID 100000000001001/,
        colour === RED ? /Owner: <@\w+> ·/ : /Owner: not notified for warnings, see `\/wa-token status orders-prod` ·/,
        /\n1\. .+\n2\. /,
        colour === RED
          ? /Alert open since 22 Nov 2026, 08:00 UTC, severity critical[.,] /
          : /Alert open since 22 Nov 2026, 08:00 UTC, severity warning\. /,
        /Seen 22 Nov 2026, 08:00 UTC (?:by|in) /,
      ])
        expect(plain(text)).toMatch(expected);
      expect(text.includes("<@")).toBe(colour === RED);
      expect(attachments).toMatchObject([{ color: colour }]);
      expect(await robin.click({ text: "Open guide" }, { in: theAlert(flow) })).toEqual(acked);
      const page = await slack.waitFor(() => robin.ephemerals()[0]);
      expect(wordsOf(page.blocks)).toMatch(topic);
      expect(slack.rejections()).toEqual([]);
    },
  );
});

describe("a snooze until tomorrow", () => {
  const mode = "http";

  it("ends at nine o'clock in TIMEZONE, as the form says", async () => {
    // Sunday 22:30 in Tokyo.
    const start = new Date("2026-11-22T13:30:00Z");
    const flow = await watching("noMessaging", { mode, start, env: { TIMEZONE: "Asia/Tokyo" } });
    const { robin, slack } = flow;
    expect(await robin.click({ text: "Snooze…" }, { in: theAlert(flow) })).toEqual(acked);
    await fillInSnooze(flow, robin, "2026-11-23T00:00:00.000Z", "tomorrow is soon enough");
    const offered = wordsOf(robin.modal()?.blocks).split("\n");
    expect(offered).toEqual(
      expect.arrayContaining(["1 hour", "Until tomorrow, 23 Nov 2026, 09:00 GMT+9", "3 days", "7 days"]),
    );
    await robin.submit();
    await slack.waitFor(() =>
      plain(theAlert(flow).text).includes("until 23 Nov 2026, 09:00 GMT+9. Reason: “tomorrow is soon enough”"),
    );
    const reminders = () =>
      repliesTo(flow, theAlert(flow)).filter(({ text }) =>
        text.includes("The snooze ended. *orders-prod* is still not fixed: degraded"),
      );
    await later(flow, 10 * HOUR);
    expect(reminders()).toEqual([]);
    await later(flow, HOUR);
    expect(reminders()).toHaveLength(1);
    expect(slack.rejections()).toEqual([]);
  });
});
