import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { WATCHES } from "../../sandbox/page/server/page-world.ts";
import { command, dialog, goTo, newestMessage } from "./slack-page.ts";

it("what is private to one person is not there for another, in the same channel or in Home", async (context) => {
  const { page, playground, another } = await openTab(context);
  const guest = await another();
  await guest.getByRole("radio", { name: /^Guest of Partner Org/ }).check();
  await guest.getByText("partner", { exact: true }).waitFor();

  await goTo(page, "general");
  await command(page, "status");
  await newestMessage(page)
    .getByText(/6 tokens/)
    .waitFor();
  await command(page, "check");
  const form = dialog(page, "Check a token");
  const token = playground.world.tokens.sixtyDay;
  await form.getByRole("textbox", { name: "Token" }).fill(token);
  await form.getByRole("button", { name: "Check", exact: true }).click();
  await dialog(page, "Check result").waitFor();

  const { slack } = playground.world;
  await guest.getByRole("heading", { name: "# general" }).waitFor();
  expect(await guest.getByRole("navigation").getByRole("button", { name: "wa-alerts" }).count()).toBe(0);
  expect(await guest.getByRole("article").count()).toBe(0);
  expect(await guest.getByRole("dialog").count()).toBe(0);
  await command(guest, "status");
  await guest.getByText("Only people of the workspace with the app can use its command.").waitFor();
  await goTo(guest, "wa-token Home");
  await guest.getByText("Only people of the workspace that installed this bot can use it.").waitFor();
  // The clock below Slack is the playground's, and the same for all.
  const seen = await guest.locator(".pg-page").innerHTML();
  for (const secret of [...WATCHES, token, token.slice(-8)]) expect(seen).not.toContain(secret);
  expect(slack.rejections()).toEqual([]);

  await page.keyboard.press("Escape");
  await goTo(page, "wa-token Home");
  await page
    .locator(".pg-home")
    .getByText(/6 tokens/)
    .waitFor();
});
