import { expect, it } from "vitest";
import { openPage } from "./open-page.ts";

/** Every kind of token that is deployed in the playground, and the header and a detail of its check. */
const KINDS = [
  ["orders-prod", "Healthy: works and never expires", "The token works and has every permission it needs."],
  ["support-prod", "Expiring: works, and ends in 4 days", "in 4 days"],
  ["shop-staging", "Expiring: works, and ends in 23 hours", "This is a temporary token"],
  ["newsletter", "Degraded: lacks 1 permission", "Missing: whatsapp_business_messaging"],
  ["partner-bot", "Degraded: belongs to another app", "another Meta app"],
  ["bookings", "Degraded: cannot use the phone number", "WhatsApp account"],
] as const;

it("a check distinguishes each kind of token", { timeout: 60_000 }, async () => {
  const page = await openPage();
  const { robin, post, until } = page;
  const channel = page.world.slack.channelId("general");
  for (const [index, [watch, header, words]] of KINDS.entries()) {
    // The bot allows each person five checks per minute.
    if (index === 5) {
      await post("/api/time/move", { to: "hour" });
      await page.stage().machine.arrived();
    }
    await post("/api/command", { as: robin, channel, text: `check ${watch}` });
    const form = await until(robin, ({ modal }) => modal?.title === "Check a token" && modal);
    await post("/api/submit", { as: robin, viewId: form.id, fields: [] });
    const shown = await until(robin, ({ modal }) => {
      const blocks = JSON.stringify(modal?.blocks ?? []);
      return modal?.title === "Check result" && blocks.includes(header) && blocks;
    });
    expect(shown.replaceAll("`", "")).toContain(words);
    await post("/api/close", { as: robin, viewId: form.id, all: true });
  }
  expect(page.world.slack.rejections()).toEqual([]);
});
