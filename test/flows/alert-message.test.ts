import { describe, expect, it } from "vitest";
import { acked, aWorld, type Flow, HOUR, MODES, withPeople, wordsOf } from "./flow.ts";
import { fillInSnooze } from "./many.ts";
import { later, ORDERS, repliesTo, theAlert, watching } from "./watched.ts";

const plain = (text: string): string => text.replaceAll(/<!date[^|]*\|([^>]*)>/g, "$1");

type Trouble = (flow: Pick<Flow, "graph" | "tokens">) => string;

/** The owner is called, and named, where it is critical. */
const RED = "#d72b3f";

const CASES: readonly (readonly [string, Trouble, string, readonly RegExp[], RegExp])[] = [
  [
    "is expiring",
    ({ tokens }) => tokens.sixtyDay,
    "#daa038",
    [
      /^Warning: \*orders-prod\* is expiring\.\nThe token ends 27 Nov 2026, 08:00 UTC/,
      /Stops working then: checkout\./,
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
    [/Critical: \*orders-prod\* is expired\.\nThe token expired 22 Nov 2026/, /Stops working: checkout\./],
    /token/i,
  ],
  [
    "was revoked",
    ({ graph, tokens }) => {
      graph.revoke(tokens.never);
      return tokens.never;
    },
    RED,
    [/Critical: \*orders-prod\* is revoked\./, /somebody revoked it/, /code 190\/466/],
    /revoked|token/i,
  ],
  [
    "lacks a permission",
    ({ tokens }) => tokens.noMessaging,
    RED,
    [
      /Critical: \*orders-prod\* is degraded\.\nThe token lacks the permission whatsapp_business_messaging\./,
      /Affected: /,
    ],
    /permission/i,
  ],
  [
    "does not reach its number",
    ({ tokens }) => tokens.unassigned,
    RED,
    [/Critical: \*orders-prod\* is degraded\./, /100000000002001/, /1\. .*[Aa]ssign/],
    /assign/i,
  ],
  [
    "is no token at all",
    () => "EAAnot-a-token",
    RED,
    [/Critical: \*orders-prod\* is invalid\./, /by the shape of the value; no call was made/],
    /token/i,
  ],
];

describe("the message of a token that", () => {
  it.each(CASES)(
    "%s says all that matters in its text, with a colour and the guide's step",
    async (_name, trouble, colour, words, topic) => {
      const world = await aWorld({ watchlist: ORDERS });
      world.tokenFile("orders").write(trouble(world));
      const flow = withPeople(world, await world.startBot());
      const { robin, slack } = flow;
      const { text, attachments } = theAlert(flow);
      for (const expected of [
        ...words,
        /checkout/,
        /Phone number: .*100000000002001/,
        /WhatsApp account: .*100000000001001/,
        ...(colour === RED ? [/Owner: <@\w+>\./] : []),
        /What to do:\n1\. /,
        /Open since 22 Nov 2026, 08:00 UTC\./,
        /Seen 22 Nov 2026, 08:00 UTC by /,
      ])
        expect(plain(text)).toMatch(expected);
      expect(attachments).toMatchObject([{ color: colour }]);
      expect(await robin.click({ text: "Open guide" }, { in: theAlert(flow) })).toEqual(acked);
      const page = await slack.waitFor(() => robin.ephemerals()[0]);
      expect(wordsOf(page.blocks)).toMatch(topic);
      expect(slack.rejections()).toEqual([]);
    },
  );
});

describe.each(MODES)("a snooze until tomorrow, bot on %s", (mode) => {
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
    await slack.waitFor(() => plain(theAlert(flow).text).includes("until 23 Nov 2026, 09:00 GMT+9: tomorrow is soon"));
    const reminders = () =>
      repliesTo(flow, theAlert(flow)).filter(({ text }) =>
        text.includes("The snooze is over: *orders-prod* is degraded"),
      );
    await later(flow, 10 * HOUR);
    expect(reminders()).toEqual([]);
    await later(flow, HOUR);
    expect(reminders()).toHaveLength(1);
    expect(slack.rejections()).toEqual([]);
  });
});
