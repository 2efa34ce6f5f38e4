import { describe, expect, it } from "vitest";
import { acked, ask, DAY, type Flow, HOUR, MINUTE, withPeople, wordsOf } from "../flow.ts";
import { fillInSnooze } from "./many.ts";
import { later, theAlert, watching } from "../watched.ts";

const press = async (person: Flow["robin"], text: string, flow: Flow): Promise<void> => {
  expect(await person.click({ text }, { in: theAlert(flow) })).toEqual(acked);
};

/** The history of `status orders-prod`, newest first, a line each. */
const historyOf = async (flow: Flow): Promise<readonly string[]> => {
  const { text } = await ask(flow, flow.robin, "status orders-prod");
  const [, history = ""] = text.split("*History, newest first*\n");
  return history.split("\n");
};

/** The Home of somebody who opened it once, as soon as it says this. */
const homeSays = ({ slack, sam }: Flow, words: RegExp): Promise<string> =>
  slack.waitFor(() => {
    const text = wordsOf(sam.home()?.blocks);
    return words.test(text) && text;
  });

/** Acknowledged, undone, snoozed for a reason, worse, fixed; each a minute or more after the other. */
const aStory = async (flow: Flow, seen: (words: RegExp) => Promise<unknown>): Promise<void> => {
  const { robin, sam, clock, slack } = flow;
  clock.advance(MINUTE);
  await press(robin, "Acknowledge", flow);
  await slack.waitFor(() => theAlert(flow).text.includes("Taken by"));
  await seen(new RegExp(`Acknowledged by <@${robin.id}>[^]*Acknowledged by <@${robin.id}>`));
  clock.advance(MINUTE);
  await press(sam, "Undo acknowledgement", flow);
  await slack.waitFor(() => !theAlert(flow).text.includes("Taken by"));
  await seen(new RegExp(`Acknowledgement undone by <@${sam.id}>`));
  clock.advance(MINUTE);
  await press(robin, "Snooze…", flow);
  await fillInSnooze(flow, robin, "3d", "the new one comes on Monday!");
  await robin.submit();
  await slack.waitFor(() => theAlert(flow).text.includes("Snoozed by"));
  await seen(/Snoozed by <@\w+> until .*\. Reason: “the new one comes on Monday!”/);
  flow.graph.revoke(flow.tokens.noMessaging);
  await later(flow, HOUR);
  await seen(/orders-prod\*: ⛔ Revoked/);
  flow.tokenFile("orders").write(flow.tokens.never);
  await later(flow, HOUR);
  await seen(/The token works/);
};

describe("what happened to a watch", () => {
  const mode = "socket";

  it("is in its status: each change with cause and evidence, each action with person and reason", async () => {
    const flow = await watching("noMessaging", { mode });
    const { robin, sam } = flow;
    await aStory(flow, () => Promise.resolve());
    const lines = [
      /^22 Nov 2026, 10:03 UTC · Fixed, token replaced: Revoked → Healthy\. \(GET \/debug_token, HTTP 200\)$/,
      /^22 Nov 2026, 09:03 UTC · Got worse: Degraded → Revoked\. The token was revoked: .* \(GET \/debug_token, HTTP 200, code 190\/466\)$/,
      new RegExp(
        `^22 Nov 2026, 08:03 UTC · Snoozed by <@${robin.id}> until 25 Nov 2026, 08:03 UTC\\. Reason: “the new one comes on Monday!”$`,
      ),
      new RegExp(`^22 Nov 2026, 08:02 UTC · Acknowledgement undone by <@${sam.id}>\\.$`),
      new RegExp(`^22 Nov 2026, 08:01 UTC · Acknowledged by <@${robin.id}>\\.$`),
      /^22 Nov 2026, 08:00 UTC · New problem: Unknown → Degraded\. The token lacks the permission .*HTTP 200\)$/,
    ].map((line) => expect.stringMatching(line));
    expect(await historyOf(flow)).toEqual(lines);
    await flow.bot.stop();
    const again = withPeople(flow, await flow.startBot());
    await again.slack.waitFor(() => again.slack.sockets.open() === 1);
    expect(await historyOf(again)).toEqual(lines);
    expect(flow.slack.rejections()).toEqual([]);
  });

  it("is in the Home of each viewer after each change", async () => {
    const flow = await watching("noMessaging", { mode });
    await flow.sam.homeOpened();
    await homeSays(flow, /The token needs attention/);
    await aStory(flow, (words) => homeSays(flow, words));
    const home = await homeSays(flow, /Revoked → Healthy/);
    expect(home.match(/\u00A0· \*orders-prod\*\u00A0· /g)).toHaveLength(6);
    expect(flow.slack.rejections()).toEqual([]);
  });
});

describe("a long history", () => {
  it("shows the last 20 changes in the Home and in status, which says that there are older ones", async () => {
    const flow = await watching("noMessaging");
    const { graph, tokens } = flow;
    for (let day = 0; day < 12; day += 1) {
      graph.addScope(tokens.noMessaging, "whatsapp_business_messaging");
      await later(flow, DAY / 2);
      graph.removeScope(tokens.noMessaging, "whatsapp_business_messaging");
      await later(flow, DAY / 2);
    }
    await flow.sam.homeOpened();
    const home = await homeSays(flow, /History, newest first/);
    expect(home.match(/\u00A0· \*orders-prod\*\u00A0· /g)).toHaveLength(20);
    const told = await historyOf(flow);
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toBe("Older entries are not shown");
    expect(flow.slack.rejections()).toEqual([]);
  });
});
