import { expect, it } from "vitest";
import { openTab } from "./browser.ts";
import { openChannel, openPanel } from "./world-page.ts";

it("a revocation can be undone, and a reset keeps the current viewer and channel", async (context) => {
  const { page, playground } = await openTab(context);
  await openChannel(page, "wa-alerts");
  const world = await openPanel(page, "World");
  const card = world.getByRole("article", { name: "orders-prod" });
  const revoke = card.getByRole("button", { name: "Revoke: orders-prod" });
  await revoke.click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  expect(await revoke.isDisabled()).toBe(true);
  await card.getByRole("button", { name: /^Undo “Revoke”/ }).click();
  await card.getByText("Valid, never expires").waitFor();

  await revoke.click();
  await card.getByText("Revoked", { exact: true }).waitFor();
  await world.getByRole("button", { name: "Reset the world" }).click();
  await card.getByText("Valid, never expires").waitFor();
  await page.getByRole("main").getByRole("heading", { name: "wa-alerts" }).waitFor();
  expect(await page.getByRole("radio", { checked: true }).getAttribute("aria-label")).toContain("Robin Operator");
  expect(playground.stage().epoch).toBe(2);
});
