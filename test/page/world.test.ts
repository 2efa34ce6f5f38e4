import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { openChannel, openPanel, timeBar } from "./world-page.ts";

it("a fault lasts while its switch is on; the bot reports that it cannot check, and recovers", async (context) => {
  const { page } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const graph = world.getByRole("group", { name: /^Meta’s Graph API/ });
  const broken = graph.getByRole("switch", { name: "Broken (500)" });
  await broken.click();
  await graph.getByRole("switch", { name: "Broken (500)", checked: true }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  const main = page.getByRole("main");
  // The bot reports a failed check only after an hour and three tries.
  for (let hours = 0; hours < 3; hours += 1) {
    await timeBar(page).getByRole("button", { name: "+1 hour" }).click();
    await timeBar(page)
      .getByText(`${String(9 + hours).padStart(2, "0")}:00`, { exact: true })
      .waitFor();
  }
  await main
    .getByText(/orders-prod.*could not be checked/)
    .first()
    .waitFor();

  await broken.click();
  await graph.getByRole("switch", { checked: true }).waitFor({ state: "detached" });
  await timeBar(page).getByRole("button", { name: "+1 hour" }).click();
  await main
    .getByText(/orders-prod: fixed/)
    .first()
    .waitFor();
});

it("the bot finds a revoked token within the hour, and the revocation can be undone", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const card = world.getByRole("article", { name: "orders-prod" });
  await card.getByText("Valid, never expires").waitFor();
  await card.getByText("The bot reports healthy").waitFor();
  await card.getByRole("button", { name: "Revoke: orders-prod" }).click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  expect(await card.getByRole("button", { name: "Revoke: orders-prod" }).isDisabled()).toBe(true);

  await timeBar(page).getByRole("button", { name: "+1 hour" }).click();
  const alert = page.getByRole("main").getByRole("article").filter({ hasText: "orders-prod: token revoked" });
  await alert.waitFor();
  await card.getByText("The bot reports revoked").waitFor();

  await card.getByRole("button", { name: /^Undo “Revoke”/ }).click();
  await card.getByText("Valid, never expires").waitFor();
  await alert.getByRole("button", { name: /^Check now/ }).click();
  await page
    .getByRole("main")
    .getByText(/orders-prod: fixed/)
    .first()
    .waitFor();
  expect(playground.world.slack.rejections()).toEqual([]);
});

it("a reset keeps the current viewer and channel", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  await world.getByRole("button", { name: "Revoke: orders-prod" }).click();
  await world.getByRole("button", { name: "Reset the world" }).click();
  await world.getByRole("article", { name: "orders-prod" }).getByText("Valid, never expires").waitFor();
  await page.getByRole("main").getByRole("heading", { name: "wa-alerts" }).waitFor();
  expect(await page.getByRole("radio", { checked: true }).getAttribute("aria-label")).toContain("Robin Operator");
  expect(playground.stage().epoch).toBe(2);
});
