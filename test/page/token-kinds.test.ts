import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { command, dialog } from "./slack-page.ts";
import { pass } from "./world-page.ts";

/** Every kind of token that is deployed in the playground, and the header and a detail of its check. */
const KINDS = [
  ["orders-prod", "Healthy: works and never expires", "The token works and has every permission it needs."],
  ["support-prod", "Expiring: works, and ends in 4 days", "in 4 days"],
  ["shop-staging", "Expiring: works, and ends in 23 hours", "This is a temporary token"],
  ["newsletter", "Degraded: lacks 1 permission", "Missing: whatsapp_business_messaging"],
  ["partner-bot", "Degraded: belongs to another app", "another Meta app"],
  ["bookings", "Degraded: cannot use the phone number", "WhatsApp account"],
] as const;

it("a check distinguishes each kind of token", async (context) => {
  const { page, playground } = await openTab(context);
  for (const [index, [watch, header, words]] of KINDS.entries()) {
    // The bot allows each person five checks per minute.
    if (index === 5) await pass(page, "+1 hour");
    await command(page, `check ${watch}`);
    await dialog(page, "Check a token").getByRole("button", { name: "Check", exact: true }).click();
    const result = dialog(page, "Check result");
    await result.getByRole("heading", { name: header }).waitFor();
    expect(await result.textContent()).toContain(words);
    await page.keyboard.press("Escape");
    await result.waitFor({ state: "detached" });
  }
  expect(playground.world.slack.rejections()).toEqual([]);
});
