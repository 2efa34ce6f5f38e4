import { expect, it } from "vitest";
import { clientOf } from "../sandbox/slack/open-workspace.ts";
import type { Playground } from "../../sandbox/page/server/playground.ts";
import { sharedTab } from "./browser.ts";
import { goTo, messageWith } from "./slack-page.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const options = ["one", "two"].map((value) => ({ text: plain(value), value }));

const confirm = {
  title: plain("Delete it?"),
  text: { type: "mrkdwn" as const, text: "*All* of it" },
  confirm: plain("Delete"),
  deny: plain("Keep"),
  style: "danger" as const,
};

const actionsSent = ({ world }: Playground): readonly unknown[] =>
  world.slack
    .deliveries()
    .filter(({ payload }) => payload["type"] === "block_actions")
    .map(({ payload }) => payload["actions"]);

const post = async ({ world }: Playground, blocks: Parameters<ReturnType<typeof clientOf>["chat"]["postMessage"]>[0]) =>
  clientOf(world.slack).chat.postMessage(blocks);

/** Far from UTC, so that a time of the wrong zone is seen. */
const openShared = sharedTab({ timezoneId: "Asia/Tokyo" });

it("elements that the bot does not send yet work as in Slack: confirm dialog, overflow, checkboxes", async (context) => {
  const { page, playground } = await openShared(context);
  const elements = [
    { type: "button" as const, action_id: "t.delete", text: plain("Delete…"), style: "danger" as const, confirm },
    { type: "overflow" as const, action_id: "t.more", options },
    { type: "checkboxes" as const, action_id: "t.many", options },
  ];
  const channel = playground.world.slack.channelId("general");
  await goTo(page, "general");
  await post(playground, { channel, text: "all", blocks: [{ type: "actions", elements }] });

  const message = messageWith(page, "Delete…");
  const ask = page.getByRole("dialog", { name: "Delete it?" });
  await message.getByRole("button", { name: "Delete…" }).click();
  await ask.getByRole("button", { name: "Keep" }).click();
  await ask.waitFor({ state: "detached" });
  expect(actionsSent(playground)).toEqual([]);

  await message.getByRole("button", { name: "Delete…" }).click();
  await ask.getByRole("button", { name: "Delete", exact: true }).click();
  await playground.world.slack.waitFor(() => actionsSent(playground).length === 1);
  await message.getByRole("button", { name: "More actions" }).click();
  await message.getByRole("button", { name: "two" }).click();
  await playground.world.slack.waitFor(() => actionsSent(playground).length === 2);
  await message.getByRole("checkbox", { name: "one" }).check();
  await playground.world.slack.waitFor(() => actionsSent(playground).length === 3);
  expect(actionsSent(playground)).toMatchObject([
    [{ action_id: "t.delete", confirm: { style: "danger" } }],
    [{ action_id: "t.more", selected_option: { value: "two" } }],
    [{ action_id: "t.many", selected_options: [{ value: "one" }] }],
  ]);
});

it("texts are drawn for the viewer, with names, the viewer's time zone and emoji, and only mrkdwn is formatted", async (context) => {
  const { page, playground } = await openShared(context);
  const { slack, clock } = playground.world;
  const channel = slack.channelId("general");
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const text = [
    `<@${slack.person("robin").id}> in <#${channel}> at <!date^${seconds}^{date_short_pretty} {time}|never>`,
    ":tada: :no_such_emoji: # 2 * 3 [no](link) a_b_c &lt;b&gt; &amp;amp;",
  ].join("\n");
  await goTo(page, "general");
  await post(playground, { channel, text });
  const message = messageWith(page, "no_such_emoji");
  await message.getByText("@robin", { exact: true }).waitFor();
  const words = (await message.textContent())?.replaceAll(/\s/g, " ");
  expect(words).toContain("@robin in #general at today 5:00 PM");
  expect(words).toContain("🎉 :no_such_emoji: # 2 * 3 [no](link) a_b_c <b> &amp;");
});

it("a request that Slack refuses is shown at once, with its details", async (context) => {
  const { page, playground } = await openShared(context);
  await goTo(page, "general");
  const channel = playground.world.slack.channelId("general");
  const tooLong = { type: "header" as const, text: plain("x".repeat(151)) };
  await post(playground, { channel, text: "x", blocks: [tooLong] }).catch(() => undefined);
  await page.getByRole("status").getByText("chat.postMessage: invalid_blocks").waitFor();
  await page.getByRole("button", { name: "Slack refused 1" }).click();
  const refused = page.getByRole("dialog", { name: "Refused requests" });
  expect(await refused.textContent()).toContain("/blocks/0");
  await page.keyboard.press("Escape");
  await refused.waitFor({ state: "detached" });
});
