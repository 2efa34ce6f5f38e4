import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { openChannel, openPanel, timeBar } from "./world-page.ts";

it("a fault is on while its switch is, the bot says that it cannot check, and gets over it", async (context) => {
  const { page } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const graph = world.getByRole("group", { name: /^Meta’s Graph API/ });
  const broken = graph.getByRole("switch", { name: "Broken (500)" });
  await broken.click();
  await graph.getByRole("switch", { name: "Broken (500)", checked: true }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  const main = page.getByRole("main");
  // It stays quiet for an hour and three tries.
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
    .getByText(/^Fixed: .*orders-prod/)
    .first()
    .waitFor();
});

it("a token is revoked, the bot finds it within the hour, and it can be undone", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const card = world.getByRole("article", { name: "orders-prod" });
  await card.getByText("Alive, never ends").waitFor();
  await card.getByText("The bot says healthy").waitFor();
  await card.getByRole("button", { name: "Revoke: orders-prod" }).click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  expect(await card.getByRole("button", { name: "Revoke: orders-prod" }).isDisabled()).toBe(true);

  await timeBar(page).getByRole("button", { name: "+1 hour" }).click();
  const alert = page.getByRole("main").getByRole("article").filter({ hasText: "orders-prod is revoked" });
  await alert.waitFor();
  await card.getByText("The bot says revoked").waitFor();

  await card.getByRole("button", { name: /^Undo “Revoke”/ }).click();
  await card.getByText("Alive, never ends").waitFor();
  await alert.getByRole("button", { name: /^Check now/ }).click();
  await page
    .getByRole("main")
    .getByText(/^Fixed: .*orders-prod/)
    .first()
    .waitFor();
  expect(playground.world.slack.rejections()).toEqual([]);
});

it("a fresh start keeps the person and the channel one looks at", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  await world.getByRole("button", { name: "Revoke: orders-prod" }).click();
  await world.getByRole("button", { name: "Start afresh" }).click();
  await world.getByRole("article", { name: "orders-prod" }).getByText("Alive, never ends").waitFor();
  await page.getByRole("main").getByRole("heading", { name: "wa-alerts" }).waitFor();
  expect(await page.getByRole("radio", { checked: true }).getAttribute("aria-label")).toContain("Robin Operator");
  expect(playground.stage().epoch).toBe(2);
});
