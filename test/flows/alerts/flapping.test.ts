import { describe, expect, it } from "vitest";
import { alertsSeen, aWorld, HOUR, MINUTE, type Flow, withPeople } from "../flow.ts";
import { later, ORDERS, repliesTo, theAlert, watching } from "../watched.ts";

/** A short interval, so that a round every few minutes looks at the watch. */
const OFTEN = { env: { CHECK_INTERVAL: "1m", ESCALATE_TO: "" } };

const breakAndHeal = async (flow: Flow, minutes: number): Promise<void> => {
  flow.graph.unassign("100000000001001");
  await later(flow, minutes * MINUTE);
  flow.graph.assign("100000000001001", "100000000000777");
  await later(flow, minutes * MINUTE);
};
const mentions = (flow: Flow): number =>
  flow.slack.calls("chat.postMessage").filter((call) => JSON.stringify(call).includes(`<@${flow.sam.id}>`)).length;

describe("a token that works and fails in turn", () => {
  it("is one message, edited, with one mention", async () => {
    const flow = await watching("never", OFTEN);
    for (let turn = 0; turn < 10; turn++) await breakAndHeal(flow, 5);
    const alert = theAlert(flow);
    expect(alert.text).toMatch(/^✅ \*orders-prod: fixed\*/);
    expect(alert.text).toContain("came back 9 times");
    expect(mentions(flow)).toBe(1);
    expect(repliesTo(flow, alert)).toMatchObject([
      { broadcast: false, text: expect.stringMatching(/^\*orders-prod\*: fixed\. The token works again\./) },
    ]);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("notifies people again after a quarter of an hour of failure, also after a restart", async () => {
    const world = await aWorld({ watchlist: ORDERS, ...OFTEN });
    world.tokenFile("orders").write(world.tokens.never);
    const flow = withPeople(world, await world.startBot());
    await breakAndHeal(flow, 5);
    await flow.bot.stop();
    flow.graph.unassign("100000000001001");
    flow.clock.advance(5 * MINUTE);
    const again = withPeople(flow, await flow.startBot());
    const alert = theAlert(again);
    expect(alert.text).toContain("This problem was fixed and came back once since");
    expect(mentions(again)).toBe(1);
    await later(again, 14 * MINUTE);
    expect(mentions(again)).toBe(1);
    await later(again, MINUTE);
    expect(mentions(again)).toBe(2);
    expect(repliesTo(again, alert).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(
        /^<@\w+> \*orders-prod\*: the problem came back and is still not fixed \(degraded\)\./,
      ),
    });
    await later(again, HOUR);
    expect(mentions(again)).toBe(2);
  });

  it("is a new alert when it fails again after a longer time", async () => {
    const flow = await watching("never", OFTEN);
    await breakAndHeal(flow, 5);
    await later(flow, 16 * MINUTE);
    await breakAndHeal(flow, 5);
    expect(alertsSeen(flow).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(2);
  });
});

describe("many tokens that fail and work in turn", () => {
  it("keep their group's message, and notify people once for all", async () => {
    const names = Array.from({ length: 6 }, (_, index) => `shop-${index}`);
    const watchlist = (source: (name: string) => string): string =>
      `watches:\n${names
        .map(
          (name) =>
            `  - { name: ${name}, source: "${source("shop")}", whatsappBusinessAccountId: "100000000001001", owner: U0000000001 }`,
        )
        .join("\n")}`;
    const world = await aWorld({ watchlist, ...OFTEN });
    world.tokenFile("shop").write(world.tokens.never);
    const flow = withPeople(world, await world.startBot());
    for (let turn = 0; turn < 3; turn++) await breakAndHeal(flow, 5);
    flow.graph.unassign("100000000001001");
    await later(flow, 5 * MINUTE);
    const group = theAlert(flow);
    expect(group.text).toMatch(
      /^🔴 \*6 tokens .*: degraded\*\nApps that use these tokens may be unable to send WhatsApp messages\. <@U0000000001>\n/,
    );
    expect(group.text).toContain("degraded, came back 3 times");
    const broadcasts = (): number => repliesTo(flow, group).filter(({ broadcast }) => broadcast).length;
    expect(broadcasts()).toBe(0);
    await later(flow, 15 * MINUTE);
    expect(broadcasts()).toBe(1);
    expect(theAlert(flow).ts).toBe(group.ts);
  });
});
