import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { command, dialog } from "./slack-page.ts";
import { pass } from "./world-page.ts";

/** Every kind of token that is deployed in the playground, and the result of its check. */
const KINDS = [
  ["orders-prod", "Healthy", "never"],
  ["support-prod", "Expiring", "in 4 days"],
  ["shop-staging", "Expiring", "This is a temporary token"],
  ["newsletter", "Degraded", "Missing: whatsapp_business_messaging"],
  ["partner-bot", "Degraded", "another Meta app"],
  ["bookings", "Degraded", "WhatsApp account"],
] as const;

it("a check distinguishes each kind of token", async (context) => {
  const { page, playground } = await openTab(context);
  for (const [index, [watch, state, words]] of KINDS.entries()) {
    // The bot allows each person five checks per minute.
    if (index === 5) await pass(page, "+1 hour");
    await command(page, `check ${watch}`);
    await dialog(page, "Check a token").getByRole("button", { name: "Check", exact: true }).click();
    const result = dialog(page, "Check result");
    await result.getByRole("heading", { name: new RegExp(`^${state}`) }).waitFor();
    expect(await result.textContent()).toContain(words);
    await page.keyboard.press("Escape");
    await result.waitFor({ state: "detached" });
  }
  expect(playground.world.slack.rejections()).toEqual([]);
});
