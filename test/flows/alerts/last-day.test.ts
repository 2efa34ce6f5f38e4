import { describe, expect, it } from "vitest";
import type { SeenMessage } from "../../../sandbox/slack/messages.ts";
import { acked, DAY, type Flow, HOUR, withPeople, aWorld } from "../flow.ts";
import { tickBy } from "./many.ts";
import { ORDERS, repliesTo, theAlert } from "../watched.ts";

/** The bot at work on a token of sixty days that ends in four. */
const endingIn4Days = async (env: Readonly<Record<string, string>>): Promise<Flow> => {
  const world = await aWorld({ watchlist: ORDERS, env });
  const days = (count: number): Date => new Date(world.clock.now().getTime() + count * DAY);
  world.tokenFile("orders").write(world.graph.issueToken({ issuedAt: days(-56), expiresAt: days(4) }));
  return withPeople(world, await world.startBot());
};

const openings = (replies: readonly SeenMessage[]): readonly string[] =>
  replies.map(({ text }) => text.replace(/^<@\w+> /, "").split(":")[0] ?? "");

describe("a token that is about to end", () => {
  it("is reported only at its thresholds and on the last day, even when it is critical", async () => {
    const flow = await endingIn4Days({ WARN_AT: "7d,3d" });
    const alert = theAlert(flow);
    expect(alert.text).toMatch(/^🟠 \*orders-prod: token expiring\*/);
    await tickBy(flow, 2 * DAY, HOUR);
    expect(openings(repliesTo(flow, alert))).toEqual(["*orders-prod*"]);
    expect(theAlert(flow).text).toMatch(new RegExp(`^🔴 \\*orders-prod: token expiring\\*\n.* <@${flow.sam.id}>\n`));
    await tickBy(flow, 2 * DAY - HOUR, HOUR);
    const replies = repliesTo(flow, alert);
    expect(openings(replies)).toEqual(["*orders-prod*", "Last day"]);
    expect(replies[1]).toMatchObject({ broadcast: true });
    expect(replies[1]?.text).toMatch(
      new RegExp(
        `^<@${flow.sam.id}> Last day: \\*orders-prod\\* expires .*26 Nov 2026, 08:00 UTC>\\. What to do: Generate a new`,
      ),
    );
    await tickBy(flow, 2 * HOUR, HOUR);
    expect(openings(repliesTo(flow, alert))).toEqual(["*orders-prod*", "Last day", "*orders-prod* got worse"]);
    expect(theAlert(flow).text).toMatch(/^🔴 \*orders-prod: token expired\*/);
    await tickBy(flow, 9 * HOUR, HOUR);
    expect(openings(repliesTo(flow, alert)).slice(3)).toEqual(["Still not fixed", "Still not fixed"]);
  });

  it("is reported on its last day although a person acknowledged it", async () => {
    const flow = await endingIn4Days({ WARN_AT: "7d" });
    const alert = theAlert(flow);
    expect(await flow.robin.click({ text: "Acknowledge" }, { in: alert })).toEqual(acked);
    await flow.slack.waitFor(() => theAlert(flow).text.includes("Taken by"));
    await tickBy(flow, 3 * DAY + HOUR, HOUR);
    expect(openings(repliesTo(flow, alert))).toEqual([`Taken by <@${flow.robin.id}>`, "Last day"]);
    expect(theAlert(flow).text).not.toContain("Taken by");
  });

  it("is reported once on that day when a threshold is one day", async () => {
    const flow = await endingIn4Days({ WARN_AT: "7d,1d" });
    await tickBy(flow, 3 * DAY + 12 * HOUR, HOUR);
    expect(openings(repliesTo(flow, theAlert(flow)))).toEqual(["*orders-prod*"]);
  });
});
