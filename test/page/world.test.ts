import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { openChannel, openPanel } from "./world-page.ts";

/** The real state of a token, the state that the bot reports, and whether both have the same colour. */
const colours = (card: Locator): Promise<readonly unknown[]> =>
  card.evaluate((element: HTMLElement) => {
    const known = element.querySelector<HTMLElement>("b[data-state]");
    if (known === null) return [];
    const same = getComputedStyle(element).borderLeftColor === getComputedStyle(known).color;
    return [element.dataset["state"], known.dataset["state"], same];
  });

it("a revocation can be undone, an app can be restarted, and a reset keeps the current viewer and channel", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const card = world.getByRole("article", { name: "orders-prod" });
  const revoke = card.getByRole("button", { name: "Revoke: orders-prod" });
  await revoke.click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  expect(await revoke.isDisabled()).toBe(true);
  expect(await colours(card)).toEqual(["revoked", "healthy", false]);
  await card.getByRole("button", { name: /^Undo “Revoke”/ }).click();
  await card.getByText("Valid, never expires").waitFor();
  expect(await colours(card)).toEqual(["healthy", "healthy", true]);
  expect(await colours(world.getByRole("article", { name: "support-prod" }))).toEqual(["expiring", "expiring", true]);

  // As a renewal does it: the file changes, and nothing restarts the app. The press on "Revoke" refreshes the page.
  const { desk, world: outside } = playground.stage();
  outside.tokenFile("support-prod").write(desk.make("support-prod"));
  const used = world.getByRole("article", { name: "support-prod" }).locator(".wd-app");
  await revoke.click();
  await used.getByText("old", { exact: true }).waitFor();
  await world.getByRole("button", { name: "Restart the app: support-prod" }).click();
  await used.getByText(/uses the deployed token/).waitFor();

  await card.getByText("Revoked", { exact: true }).waitFor();
  await world.getByRole("button", { name: "Reset the world" }).click();
  await card.getByText("Valid, never expires").waitFor();
  await page.getByRole("main").getByRole("heading", { name: "wa-alerts" }).waitFor();
  expect(await page.getByRole("radio", { checked: true }).getAttribute("aria-label")).toContain("Robin Operator");
  expect(playground.stage().epoch).toBe(2);
});
