import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { dialog, messageWith } from "./slack-page.ts";
import { openPanel, pass } from "./world-page.ts";

const WATCH = "orders-prod";

it("one message follows an alert from the revoked token to the new one, with every action of a person", async (context) => {
  const { page, playground } = await openTab(context, {}, { deployment: "healthy" });
  await page.getByRole("heading", { name: "# wa-alerts" }).waitFor();
  expect(await page.getByRole("article").count()).toBe(0);
  const world = await openPanel(page, "World");
  const card = world.getByRole("article", { name: WATCH });
  await card.getByText("The bot reports healthy").waitFor();
  await world.getByRole("button", { name: `Revoke: ${WATCH}` }).click();
  await pass(page, "+1 hour");
  await card.getByText("The bot reports revoked").waitFor();
  const alert = messageWith(page, `${WATCH}: token revoked`);
  const press = (name: RegExp): Promise<void> => alert.getByRole("button", { name }).click();

  await press(/^Acknowledge/);
  await alert.filter({ hasText: "Taken by @robin" }).waitFor();
  await press(/^Undo acknowledgement/);
  await press(/^Acknowledge/);
  // Each edit replaces the buttons, and the earlier ones can no longer be pressed.
  await alert.getByRole("button", { name: /^Undo acknowledgement/ }).waitFor();

  await press(/^Snooze: /);
  const form = dialog(page, "Snooze this alert");
  await form.getByRole("radio").first().check();
  await form.getByRole("button", { name: "Snooze", exact: true }).click();
  await form
    .getByText(/required|fill/i)
    .first()
    .waitFor();
  await form.getByRole("textbox", { name: "Reason" }).fill("a new token is on its way");
  await form.getByRole("button", { name: "Snooze", exact: true }).click();
  await form.waitFor({ state: "detached" });
  await alert.filter({ hasText: "a new token is on its way" }).waitFor();
  await press(/^End snooze/);

  await world.getByRole("button", { name: `Deploy a new token: ${WATCH}` }).click();
  await press(/^Check now/);
  const fixed = messageWith(page, `${WATCH}: fixed`).filter({ hasText: "The token was replaced." });
  await fixed.getByText("(edited)").waitFor();
  await messageWith(page, `${WATCH}: Healthy`).getByText("Only visible to you").waitFor();
  expect(await fixed.getByRole("button", { name: /^Acknowledge/ }).count()).toBe(0);

  await fixed.getByRole("button", { name: /replies/ }).click();
  const thread = page.getByRole("region", { name: "Thread" });
  for (const words of ["Taken by @robin", "Snoozed by @robin", "Snooze ended by @robin", "The token was replaced"])
    await thread.getByRole("article").filter({ hasText: words }).first().waitFor();
  expect(playground.world.slack.rejections()).toEqual([]);
});
