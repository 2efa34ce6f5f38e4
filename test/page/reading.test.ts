import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { goTo, messageWith, newestMessage } from "./slack-page.ts";
import { openPanel, pass } from "./world-page.ts";

const top = (page: Page): Promise<number> => page.getByRole("log").evaluate((list) => list.scrollTop);

const isInView = (element: Element): boolean => {
  const { x, y } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + 2, y + 2));
};

it("the channel follows new messages and never edits, and a button leads to messages out of view", async (context) => {
  const { page, playground } = await openTab(context, {}, { deployment: "healthy" });
  const { desk } = playground.stage();
  const revoke = async (...watches: readonly string[]): Promise<void> => {
    for (const watch of watches) desk.act(watch, "revoke");
    await pass(page, "+1 hour");
  };
  const alert = (watch: string) => messageWith(page, `${watch}: token revoked`).getByRole("heading").first();
  await revoke("orders-prod", "newsletter");
  await page.waitForFunction(() => (document.querySelector('[role="log"]')?.scrollTop ?? 0) > 0);

  // An edit, here the escalation, moves nothing.
  await page.getByRole("log").evaluate((list) => list.scrollTo({ top: 0 }));
  await revoke("bookings");
  const pill = page.getByRole("button", { name: "1 new message", exact: true });
  await pill.waitFor();
  expect(await top(page)).toBe(0);
  await messageWith(page, "orders-prod: token revoked").getByText("Escalated to on-call").waitFor();

  // The answer to a press comes into view: first the edited message itself, then a private message.
  await messageWith(page, "orders-prod: token revoked")
    .getByRole("button", { name: /^Check now/ })
    .click();
  const answer = newestMessage(page).filter({ hasText: "Only visible to you" });
  await answer.getByText(/Revoked.*Checked/).waitFor();
  await page.waitForFunction(() => {
    const [list, last] = [
      document.querySelector('[role="log"]'),
      [...document.querySelectorAll("main article")].at(-1),
    ];
    return (last?.getBoundingClientRect().bottom ?? Infinity) <= (list?.getBoundingClientRect().bottom ?? 0) + 1;
  });
  expect(await messageWith(page, "Checking").count()).toBe(0);
  // The end of the list is in view, so nothing is out of view below.
  await pill.waitFor({ state: "detached" });

  await page.getByRole("log").evaluate((list) => list.scrollTo({ top: 0 }));
  await revoke("shop-staging", "partner-bot");
  await pill.click();
  await pill.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "log");
  const seen = await alert("partner-bot").boundingBox();
  expect(seen?.y).toBeGreaterThan(100);

  // After a reload, a last message that is taller than the list still counts as followed.
  await page.setViewportSize({ width: 1280, height: 420 });
  await page.reload();
  await alert("partner-bot").waitFor();
  await revoke("support-prod");
  await expect.poll(() => alert("support-prod").evaluate(isInView)).toBe(true);
  expect(await pill.count()).toBe(0);
  expect(playground.world.slack.rejections()).toEqual([]);
});

it("channel, panel, thread and draft survive a reload; / focuses the composer, and Escape closes panels", async (context) => {
  const { page } = await openTab(context);
  const composer = page.getByRole("combobox", { name: "Command line of general" });
  const panel = page.getByRole("region", { name: "Timeline", exact: true });
  await goTo(page, "general");
  await composer.fill("/foo");
  await composer.press("Enter");
  await page.getByText("“/foo” is not a command here. Try “/wa-token help”.").waitFor();
  await composer.fill("");
  await composer.blur();
  await openPanel(page, "Timeline");
  await page.keyboard.press("/");
  await page.keyboard.type("wa-token stat");
  await page.getByRole("option", { name: /status/ }).waitFor();
  expect(await composer.inputValue()).toBe("/wa-token stat");

  // Escape closes the list of commands first, then the panel. The focus stays in the composer.
  await page.keyboard.press("Escape");
  await page.getByRole("listbox", { name: "Commands" }).waitFor({ state: "detached" });
  await panel.waitFor();
  await page.waitForURL(/#in=general&panel=timeline&draft=%2Fwa-token\+stat$/);
  await page.reload();
  await panel.waitFor();
  expect(await composer.inputValue()).toBe("/wa-token stat");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });

  // The key adds nothing to a draft.
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
  expect(await composer.inputValue()).toBe("/wa-token stat");

  await goTo(page, "wa-alerts");
  const alert = messageWith(page, "support-prod").first();
  await alert.getByRole("button", { name: /^Acknowledge/ }).click();
  await alert.getByRole("button", { name: /reply/ }).click();
  const thread = page.getByRole("region", { name: "Thread" });
  await thread.waitFor();
  await page.waitForURL(/#in=wa-alerts&thread=/);
  await page.reload();
  await thread.getByRole("button", { name: "Close the thread" }).press("Escape");
  await thread.waitFor({ state: "detached" });
  // The focus returns to the link that opens the thread.
  await page.waitForFunction(() => document.activeElement?.textContent.includes("1 reply"));
});
