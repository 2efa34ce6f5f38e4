import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { seriousFindings } from "./accessibility.ts";
import { openTab } from "./browser.ts";
import { command, dialog, goTo, messageWith } from "./slack-page.ts";
import { openPanel } from "./world-page.ts";

const PHONE = { width: 390, height: 844 };

const SIZES: readonly (readonly [string, BrowserContextOptions])[] = [
  ["on a desktop", {}],
  ["on a phone", { viewport: PHONE }],
];

/** Each step shows one more surface. */
const SURFACES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ["channel", (page) => messageWith(page, "newsletter").first().waitFor()],
  ["World", (page) => openPanel(page, "World")],
  ["Timeline", (page) => openPanel(page, "Timeline")],
  ["Stories", (page) => openPanel(page, "Stories")],
  [
    "thread",
    async (page) => {
      await page.getByRole("button", { name: "Close Stories" }).click();
      await messageWith(page, "support-prod")
        .first()
        .getByRole("button", { name: /^Acknowledge/ })
        .click();
      await messageWith(page, "support-prod").first().getByRole("button", { name: /reply/ }).click();
      await page.getByRole("region", { name: "Thread" }).waitFor();
    },
  ],
  [
    "form",
    async (page) => {
      await page.getByRole("button", { name: "Close the thread" }).click();
      await command(page, "check");
      await dialog(page, "Check a token").waitFor();
    },
  ],
  [
    "Home",
    async (page) => {
      await page.keyboard.press("Escape");
      await dialog(page, "Check a token").waitFor({ state: "detached" });
      const menu = page.getByRole("button", { name: "Channels", exact: true });
      if (await menu.isVisible()) await menu.click();
      await goTo(page, "wa-token Home");
      await page
        .getByRole("main")
        .getByText(/6 tokens/)
        .waitFor();
    },
  ],
];

/** No content is wider than the screen. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [size, options] of SIZES)
  it(`axe-core finds nothing serious on any surface, ${size}, light and dark`, async (context) => {
    const { page } = await openTab(context, options);
    for (const [name, show] of SURFACES) {
      await page.emulateMedia({ colorScheme: "light" });
      await show(page);
      expect([name, await seriousFindings(page)]).toEqual([name, []]);
      expect([name, await overflow(page)]).toEqual([name, 0]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect([name, "dark", await seriousFindings(page)]).toEqual([name, "dark", []]);
    }
  });
