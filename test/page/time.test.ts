import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { messageWith } from "./slack-page.ts";
import { openPanel, pass } from "./world-page.ts";

it("the clock moves by a day and to the next threshold, and the alert gets a reply", async (context) => {
  const { page, playground } = await openTab(context, {}, { deployment: "five_days_left" });
  const clock = page.getByRole("region", { name: "Time machine" });
  const alert = messageWith(page, "support-prod: token expiring");
  await clock.getByText("Tue, 24 Nov", { exact: true }).waitFor();
  await alert.waitFor();
  expect(await alert.getByRole("button", { name: /repl/ }).count()).toBe(0);

  await alert.getByText("Alert open since today").waitFor();
  await pass(page, "+1 day");
  await alert.getByText("Alert open since yesterday").waitFor();
  await clock.getByText("Wed, 25 Nov", { exact: true }).waitFor();
  expect(await alert.getByRole("button", { name: /repl/ }).count()).toBe(0);

  await pass(page, /^To the next threshold. support-prod: 3 days left/);
  await clock.getByText("Thu, 26 Nov", { exact: true }).waitFor();
  await alert.getByRole("button", { name: /1 reply/ }).click();
  const thread = page.getByRole("region", { name: "Thread" });
  await thread
    .getByRole("article")
    .nth(1)
    .getByText(/The token expires/)
    .waitFor();

  const timeline = await openPanel(page, "Timeline");
  await timeline
    .getByRole("row", { name: /support-prod/ })
    .first()
    .waitFor();
  // Nobody acts, so the token expires and the bot repeats itself.
  const foretold = timeline.getByRole("table", { name: "Messages if nobody acts" });
  const reminded = foretold.getByRole("row", { name: /support-prod/ });
  await reminded.getByText(/Reminder sent; \d+ times until/).waitFor();
  await pass(page, /^To the next threshold. support-prod: 1 day left/);
  await alert.filter({ hasText: "Alert open since" }).waitFor();
  expect(playground.world.slack.rejections()).toEqual([]);
});
