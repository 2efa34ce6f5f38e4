import type { Locator, Page } from "playwright-core";

/** Types a command into the composer and sends it with Enter. */
export async function command(page: Page, text: string): Promise<void> {
  const composer = page.getByRole("combobox", { name: /^Command line/ });
  await composer.fill(`/wa-token ${text}`);
  await composer.press("Enter");
}

/** The newest message of the conversation. */
export const newestMessage = (page: Page): Locator => page.getByRole("main").getByRole("article").last();

export const dialog = (page: Page, title: string): Locator => page.getByRole("dialog", { name: title });

/** Chooses an option in one of the page's own selects. */
export async function choose(page: Page, within: Locator, label: string | RegExp, option: string): Promise<void> {
  await within.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Opens a channel, or a page of the bot. */
export const goTo = (page: Page, place: string): Promise<void> =>
  page.getByRole("navigation").getByRole("button", { name: place }).click();

/** Messages of the conversation that contain this text. */
export const messageWith = (page: Page, words: string | RegExp): Locator =>
  page.getByRole("main").getByRole("article").filter({ hasText: words });
