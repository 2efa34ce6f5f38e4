import type { Locator, Page } from "playwright-core";

export const timeBar = (page: Page): Locator => page.getByRole("region", { name: "Time machine" });

/** Opens a panel and gives it. */
export async function openPanel(page: Page, name: "World" | "Timeline" | "Stories"): Promise<Locator> {
  await page.getByRole("banner").getByRole("button", { name, exact: true }).click();
  return page.getByRole("region", { name, exact: true });
}

export async function openChannel(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name }).click();
  await page.getByRole("main").getByRole("heading", { name }).waitFor();
}
