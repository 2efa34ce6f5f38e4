import { expect, it } from "vitest";
import type { MessageView, SlackSnapshot } from "../../../sandbox/page/protocol/slack-snapshot.ts";
import { ALERT } from "../../../src/slack/messages/alert/ids.ts";
import { asObjects, type JsonObject } from "../../../sandbox/slack/json.ts";
import { openPage } from "./open-page.ts";

const ownIn = ({ conversations }: SlackSnapshot, name: string): readonly MessageView[] =>
  conversations.find((one) => one.name === name)?.messages.filter(({ onlyYou }) => onlyYou) ?? [];

/** The actions block of an alert that contains its button “Check now”. */
function checkButton({ blocks, attachments }: MessageView): JsonObject | undefined {
  return [...blocks, ...attachments.flatMap((one) => asObjects(one["blocks"]))].find(({ elements }) =>
    asObjects(elements).some(({ action_id: id }) => id === ALERT.check),
  );
}

it("the bot's pauses end after as many real seconds as it says", { timeout: 60_000 }, async () => {
  let realMs = 0;
  const page = await openPage("each_kind", { realNow: () => realMs });
  const { robin, post, until } = page;
  const channel = page.world.slack.channelId("general");
  await post("/api/command", { as: robin, channel, text: "check orders-prod" });

  /** Submits the form; returns its field error, or undefined after a result. */
  const check = async (): Promise<string | undefined> => {
    const form = await until(robin, ({ modal }) => modal?.title === "Check a token" && modal);
    await post("/api/submit", { as: robin, viewId: form.id, fields: [] });
    const seen = await until(robin, ({ modal }) => {
      const [error] = Object.values(modal?.errors ?? {});
      return modal?.title === "Check result" ? { error: undefined } : error !== undefined && { error };
    });
    if (seen.error !== undefined) return seen.error;
    await post("/api/close", { as: robin, viewId: form.id, all: true });
    await post("/api/command", { as: robin, channel, text: "check orders-prod" });
    return undefined;
  };
  for (let count = 0; count < 5; count += 1) expect(await check()).toBeUndefined();
  const refused = await check();
  expect(refused).toMatch(/^You made five checks or renewals within a minute\. Try again in \d+ seconds\.$/);
  realMs += Number(/\d+/.exec(refused ?? "")?.[0]) * 1_000;
  expect(await check()).toBeUndefined();

  const alertNow = (slack: SlackSnapshot): MessageView | undefined =>
    slack.conversations
      .find(({ name }) => name === "wa-alerts")
      ?.messages.find(({ text, onlyYou }) => !onlyYou && text.includes("support-prod"));
  const press = async (): Promise<string> => {
    const before = ownIn(page.see(robin), "wa-alerts").length;
    const alert = await until(robin, alertNow);
    const block = checkButton(alert);
    const place = { kind: "message", channel: alert.channel, ts: alert.ts };
    const button = { blockId: String(block?.["block_id"]), actionId: ALERT.check };
    expect(await post("/api/action", { as: robin, place, ...button, fields: [] })).toMatchObject({
      result: { ok: true, problem: null },
    });
    const answer = await until(robin, (slack) => {
      const last = ownIn(slack, "wa-alerts").at(-1);
      return ownIn(slack, "wa-alerts").length > before && last?.text.includes("Checking") !== true && last;
    });
    return answer.text;
  };
  expect(await press()).not.toContain("seconds");
  const soon = await press();
  expect(soon).toMatch(/\d+ seconds/);
  realMs += Number(/(\d+) seconds/.exec(soon)?.[1]) * 1_000;
  expect(await press()).not.toMatch(/\d+ seconds/);
});
