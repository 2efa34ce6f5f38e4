import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { messageWith, newestMessage } from "./slack-page.ts";
import { openPanel, pass } from "./world-page.ts";

const card = (page: Page) => page.getByRole("region", { name: "Start here" });

const thing = (page: Page, title: string) => card(page).getByRole("button", { name: title });

const reset = async (page: Page): Promise<void> => {
  const world = await openPanel(page, "World");
  await world.getByRole("button", { name: "Reset the world" }).click();
  await card(page).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Close World" }).click();
};

it("the demo starts calm with three things to try; the card goes away when used, and a reset brings it back", async (context) => {
  const { page, playground } = await openTab(
    context,
    { viewport: { width: 390, height: 844 } },
    { deployment: "calm" },
  );
  await card(page).getByText("All of them are healthy.").waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
  expect(await card(page).getByRole("listitem").count()).toBe(3);
  expect(await seriousFindings(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);

  await thing(page, "Ask the bot").click();
  await newestMessage(page).getByText("Only visible to you").waitFor();
  await newestMessage(page)
    .getByText(/6 tokens/)
    .waitFor();
  expect(await card(page).count()).toBe(0);
  await page.reload();
  await newestMessage(page).waitFor();
  expect(await card(page).count()).toBe(0);

  await reset(page);
  await page.setViewportSize({ width: 1000, height: 844 });
  await thing(page, "Break a token").click();
  const alert = messageWith(page, "orders-prod: token revoked");
  await alert.waitFor();
  // A panel would cover the alert.
  expect(await page.getByRole("region", { name: "World", exact: true }).count()).toBe(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  expect(await card(page).count()).toBe(0);
  // On a phone, the thread covers the channel. It gives way to the answer.
  await alert.getByRole("button", { name: /reply/ }).click();
  const thread = page.getByRole("region", { name: "Thread" });
  await thread.getByRole("button", { name: /^Check now/ }).click();
  await thread.waitFor({ state: "detached" });
  await newestMessage(page).getByText("Only visible to you").waitFor();

  // News behind a panel of a phone is announced above the panel, and one press shows it.
  const world = await openPanel(page, "World");
  await world.getByRole("button", { name: "Revoke: bookings" }).click();
  await pass(page, "+1 hour");
  await page.getByRole("button", { name: "1 new message in #wa-alerts" }).click();
  await world.waitFor({ state: "detached" });
  await messageWith(page, "bookings: token revoked").waitFor();

  await reset(page);
  await thing(page, "Watch a 40-second story").click();
  const story = page.getByRole("region", { name: /^Story: / });
  await story.getByText("1 of 7").waitFor();
  await story.getByRole("button", { name: "Stop" }).click();
  expect(await card(page).count()).toBe(0);
  expect(playground.world.slack.rejections()).toEqual([]);
});
