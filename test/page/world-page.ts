import type { Locator, Page } from "playwright-core";

export const timeBar = (page: Page): Locator => page.getByRole("region", { name: "Time machine" });

/** Opens a panel and returns it. On a phone the buttons are in the time bar. */
export async function openPanel(page: Page, name: "World" | "Timeline" | "Stories"): Promise<Locator> {
  await page.getByRole("button", { name, exact: true }).first().click();
  return page.getByRole("region", { name, exact: true });
}

export async function openChannel(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name }).click();
  await page.getByRole("main").getByRole("heading", { name }).waitFor();
}

/** Presses one of the clock's buttons and waits until the clock stands still again. */
export async function pass(page: Page, button: string | RegExp): Promise<void> {
  const clock = timeBar(page);
  const before = await clock.getByRole("time").first().getAttribute("datetime");
  await clock.getByRole("button", { name: button }).click();
  await page.waitForFunction((was) => document.querySelector(".tm-now time")?.getAttribute("datetime") !== was, before);
  await clock.getByRole("button", { name: "+1 hour" }).waitFor();
}
