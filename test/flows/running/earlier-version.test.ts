import { describe, expect, it } from "vitest";
import type { WorldOptions } from "../../../sandbox/world.ts";
import { leaveEarlierVersion } from "./earlier-version.ts";
import { acked, ask, aWorld, type Flow, HOUR, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { fillInSnooze, told } from "../alerts/many.ts";
import { later, ORDERS, repliesTo, theAlert } from "../watched.ts";

/** This version at work on what an earlier one left, half an hour later. */
const upgraded = async (options: Partial<WorldOptions> = {}, wasTold = true): Promise<Flow> => {
  const world = await aWorld({ watchlist: ORDERS, ...options });
  world.tokenFile("orders").write(world.tokens.noMessaging);
  await leaveEarlierVersion(world, wasTold);
  world.clock.advance(30 * MINUTE);
  return withPeople(world, await world.startBot());
};

const press = async (flow: Flow, text: string): Promise<void> => {
  expect(await flow.robin.click({ text }, { in: theAlert(flow) })).toEqual(acked);
};

const edited = (flow: Flow, words: RegExp) => flow.slack.waitFor(() => words.test(theAlert(flow).text));

describe("the message of an earlier version", () => {
  const mode = "socket";

  it("is edited into the current form when a person acknowledges it", async () => {
    const flow = await upgraded({ mode });
    const { ts } = theAlert(flow);
    await press(flow, "Acknowledge");
    await edited(flow, /Taken by/);
    const { text, ...seen } = theAlert(flow);
    expect(seen.ts).toBe(ts);
    expect(text).toMatch(
      /^🔴 \*orders-prod: permission missing\*\ncheckout may be unable to send WhatsApp messages\. <@\w+>\n[^]*\n1\. Generate/,
    );
    expect(wordsOf(seen.attachments)).toContain("Undo acknowledgement");
    const reply = await flow.slack.waitFor(() => repliesTo(flow, theAlert(flow))[0]);
    expect(reply.text).toMatch(/^Taken by/);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("can be snoozed and checked, and opens the guide, with its own buttons", async () => {
    const flow = await upgraded({ mode });
    const { robin, slack, clock, tokens, graph } = flow;
    await press(flow, "Open guide");
    await slack.waitFor(() => /permission/i.test(wordsOf(robin.ephemerals()[0]?.blocks)));
    await press(flow, "Snooze…");
    await fillInSnooze(flow, robin, "1h", "a new one comes");
    expect(await robin.submit()).toMatchObject({ kind: "acked" });
    await edited(flow, /Snoozed by <@\w+> until .*UTC>\. Reason: “a new one comes”/);
    clock.advance(MINUTE);
    graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
    await press(flow, "Check now");
    await told(flow, robin, /^\*orders-prod\*: Healthy/);
    await edited(flow, /^✅ \*orders-prod: fixed\*\nThe token works again\./);
    expect(slack.rejections()).toEqual([]);
  });
});

describe("an alert that an earlier version opened", () => {
  it("reminds, is escalated and is fixed like an alert of this version", async () => {
    const channels = [{ name: "wa-alerts" }, { name: "bosses" }];
    const env = ({ channelId }: Flow["slack"]) => ({ ESCALATE_TO: channelId("bosses") });
    const flow = await upgraded({ slack: { channels }, env });
    await later(flow, 31 * MINUTE);
    expect(flow.robin.channelMessages("bosses").map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^🔴 \*orders-prod: permission missing\*\n.* <@\w+>\nEscalated to on-call: nobody responded in <#\w+> \(.*\)( within 1 hour)?\. Please take over\.\n/,
      ),
    ]);
    await later(flow, 4 * HOUR);
    await later(flow, MINUTE);
    expect(repliesTo(flow, theAlert(flow)).at(-1)).toMatchObject({
      broadcast: true,
      text: expect.stringMatching(/^<@\w+> Still not fixed: \*orders-prod\*/),
    });
    flow.tokenFile("orders").write(flow.tokens.never);
    await later(flow, HOUR);
    expect(theAlert(flow).text).toMatch(/^✅ \*orders-prod: fixed\*\nThe token was replaced\./);
    expect((await ask(flow, flow.robin, "status orders-prod")).text).toMatch(
      /History, newest first\*\n.*Fixed, token replaced: Degraded → Healthy/,
    );
  });

  it("is posted when Slack had not accepted it yet", async () => {
    const flow = await upgraded({}, false);
    expect(theAlert(flow).text).toMatch(
      new RegExp(`^🔴 \\*orders-prod: permission missing\\*\n.* <@${flow.sam.id}>\n`),
    );
    expect(repliesTo(flow, theAlert(flow))).toEqual([]);
  });
});
